// Parts of a mapped text, with the way back to the file kept.
import { fileOffset, type MappedText, type Segment, segmentIndex } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';

/** A part of the text; an empty one still has its place. */
export function mappedPart(source: MappedText, part: Span): MappedText {
  const text = source.text.slice(part.start, part.end);
  const at = fileOffset(source, part.start);
  // Most instructions stand on one line.
  if (source.segments.length === 1) return { text, segments: [{ from: 0, at, length: text.length }] };
  const segments: Segment[] = [];
  addSegments(segments, 0, source, part);
  if (segments.length === 0) segments.push({ from: 0, at, length: 0 });
  return { text, segments };
}

/** Several parts of the text, in order, put one behind the other. */
export function mappedParts(source: MappedText, parts: readonly Span[]): MappedText {
  const segments: Segment[] = [];
  let text = '';
  for (const part of parts) {
    addSegments(segments, text.length, source, part);
    text += source.text.slice(part.start, part.end);
  }
  return { text, segments };
}

/** Adds the segments of a part that comes to stand at `to`. */
function addSegments(segments: Segment[], to: number, source: MappedText, { start, end }: Span): void {
  for (let index = segmentIndex(source, start); index < source.segments.length; index++) {
    const { from, at, length } = source.segments[index] ?? nowhere;
    if (from >= end) break;
    const first = Math.max(start, from);
    const last = Math.min(end, from + length);
    if (first < last)
      segments.push({ from: to + first - start, at: at + first - from, length: last - first });
  }
}

const nowhere: Segment = { from: 0, at: 0, length: 0 };

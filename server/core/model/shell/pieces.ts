// Pieces: a text made out of parts of another mapped text, with the way back to the file kept.
import { fileSpan, type MappedText, type Segment, segmentIndex } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';

/** A part of the source text, and the text that it stands for: its own, or what an escape means. */
export interface Piece extends Span {
  readonly text: string;
  /** The part of the source that it belongs to. */
  readonly within?: Span | undefined;
}

/** Pieces in order of position, put one behind the other. */
export function joinPieces(source: MappedText, pieces: Iterable<Piece>): MappedText {
  let text = '';
  const segments: Segment[] = [];
  for (const piece of pieces) {
    const from = text.length;
    const { length } = piece.text;
    text += piece.text;
    const whole = piece.within && { within: fileSpan(source, piece.within) };
    if (length === piece.end - piece.start) {
      for (const part of segmentsOf(source, piece))
        segments.push({ ...part, from: from + part.from, ...whole });
    } else if (length > 0) {
      const { start, end } = fileSpan(source, piece);
      segments.push({ from, at: start, length, fileLength: end - start, ...whole });
    }
  }
  return { text, segments };
}

/** The segments of a part of the source, counted from the start of the part. */
function segmentsOf(source: MappedText, { start, end }: Span): Segment[] {
  const parts: Segment[] = [];
  for (let index = segmentIndex(source, start); index < source.segments.length; index++) {
    const segment = source.segments[index];
    if (segment === undefined || segment.from >= end) break;
    const first = Math.max(start, segment.from);
    const length = Math.min(end, segment.from + segment.length) - first;
    if (length <= 0) continue;
    const from = first - start;
    if (segment.fileLength === undefined) parts.push({ from, at: segment.at + first - segment.from, length });
    else parts.push({ ...segment, from, length });
  }
  return parts;
}

/** How a quoted text writes characters: what an escape looks like, and what it stands for. */
export interface Escapes {
  readonly pattern: RegExp;
  readonly decode: (sequence: string) => string;
}

/** The pieces of `text`, which stands at `at` of the source. */
export function* unescaped(text: string, at: number, { pattern, decode }: Escapes): Generator<Piece> {
  let done = 0;
  for (const { 0: sequence, index } of text.matchAll(pattern)) {
    if (index > done) yield { start: at + done, end: at + index, text: text.slice(done, index) };
    done = index + sequence.length;
    yield { start: at + index, end: at + done, text: decode(sequence) };
  }
  if (done < text.length) yield { start: at + done, end: at + text.length, text: text.slice(done) };
}

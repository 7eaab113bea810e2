// Mapped text: text taken out of a file in pieces (continuations joined, escapes decoded), with the way back to the file.
import { type Span, span } from './span.ts';

/** Characters `[from, from + length)` of the text stand at `[at, at + length)` of the file. */
export interface Segment {
  readonly from: number;
  readonly at: number;
  readonly length: number;
  /** The characters it takes in the file, where that is another number: an escape. */
  readonly fileLength?: number;
  /** What it is a part of in the file, and cannot be told apart from by whoever takes more than it: a variable with its default. */
  readonly within?: Span;
}

export interface MappedText {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** Text that stands in the file as it is. */
export const verbatim = (file: string, where: Span): MappedText => ({
  text: file.slice(where.start, where.end),
  segments: [{ from: 0, at: where.start, length: where.end - where.start }],
});

/** The index of the last segment that begins at or before a character; 0 where none does. */
export function segmentIndex({ segments }: MappedText, offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The file offset behind the first `count` characters of a segment; an escape counts as a whole. */
function offsetBehind({ at, length, fileLength }: Segment, count: number): number {
  if (count >= length) return at + (fileLength ?? length);
  return at + Math.max(count, 0);
}

/**
 * The file offset of a character of the text. A character that stands nowhere in the file (inserted by joining
 * lines) maps to the end of the piece before it.
 */
export function fileOffset(mapped: MappedText, offset: number): number {
  const segment = mapped.segments[segmentIndex(mapped, offset)];
  return segment === undefined ? 0 : offsetBehind(segment, offset - segment.from);
}

/** The smallest file span that covers a span of the text. */
export function fileSpan(mapped: MappedText, { start, end }: Span): Span {
  const offset = fileOffset(mapped, start);
  const first = mapped.segments[segmentIndex(mapped, start)];
  const last = mapped.segments[segmentIndex(mapped, end - 1)];
  if (end <= start || last === undefined) return span(offset, offset);
  const behind = offsetBehind(last, end - last.from);
  if (first?.within?.start === last.within?.start) return span(offset, behind);
  return span(first?.within?.start ?? offset, last.within?.end ?? behind);
}

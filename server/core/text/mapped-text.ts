// Mapped text: text taken out of a file in pieces (continuations joined, escapes decoded), with the way back to the file.
import { type Span, span } from './span.ts';

/** Characters `[from, from + length)` of the text stand at `[at, at + length)` of the file. */
export interface Segment {
  readonly from: number;
  readonly at: number;
  readonly length: number;
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

/**
 * The file offset of a character of the text. A character that stands nowhere in the file (inserted by joining
 * lines) maps to the end of the piece before it.
 */
export function fileOffset({ segments }: MappedText, offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const segment = segments[low];
  if (segment === undefined) return 0;
  return segment.at + Math.min(Math.max(offset - segment.from, 0), segment.length);
}

/** The smallest file span that covers a span of the text. */
export function fileSpan(mapped: MappedText, { start, end }: Span): Span {
  const first = fileOffset(mapped, start);
  if (end <= start) return span(first, first);
  return span(first, fileOffset(mapped, end - 1) + 1);
}

// Drafts: mapped text while a scalar is being decoded, and the characters that decoding looks for.
import type { MappedText, Segment } from '../../text/mapped-text.ts';

export interface Draft {
  readonly file: string;
  readonly segments: Segment[];
  text: string;
}

export const startDraft = (file: string): Draft => ({ file, segments: [], text: '' });

/** Appends a piece of the file as it is. */
export function copy(to: Draft, start: number, end: number): void {
  if (end <= start) return;
  to.segments.push({ from: to.text.length, at: start, length: end - start });
  to.text += to.file.slice(start, end);
}

/** Appends what the file spells otherwise. */
export function putEscape(to: Draft, decoded: string, start: number, end: number): void {
  to.segments.push({ from: to.text.length, at: start, length: decoded.length, fileLength: end - start });
  to.text += decoded;
}

/** An empty text stands at `at`. */
export function finishDraft({ text, segments }: Draft, at: number): MappedText {
  return { text, segments: segments.length > 0 ? segments : [{ from: 0, at, length: 0 }] };
}

export const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';

/** The length of the line end at an offset; 0 where there is none. */
export function lineEndAt(file: string, offset: number): 0 | 1 | 2 {
  if (file[offset] === '\n') return 1;
  return file[offset] === '\r' && file[offset + 1] === '\n' ? 2 : 0;
}

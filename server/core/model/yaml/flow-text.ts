// Flow text: decoding plain and quoted scalars, over one line or several, with every character's place in the file.
import type { MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';

import { copy, type Draft, finishDraft, isBlank, lineEndAt, putEscape, startDraft } from './draft.ts';
import { note, type ProblemList } from './problems.ts';

export type FlowStyle = 'plain' | 'single' | 'double';

const escapes = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['\t', '\t'],
]);

const codeLengths = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function afterBlanks(file: string, from: number, end: number): number {
  let offset = from;
  while (offset < end && isBlank(file[offset])) offset++;
  return offset;
}

/** The character of a numeric escape whose digits these are, or undefined. */
function codePoint(digits: string, length: number): string | undefined {
  if (digits.length !== length || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
  const code = Number.parseInt(digits, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** Decodes the escape at `start`, an escaped line end included; gives the offset behind it. */
function decodeEscape(to: Draft, start: number, end: number, problems: ProblemList): number {
  const { file } = to;
  const lineEnd = lineEndAt(file, start + 1);
  if (lineEnd > 0) return afterBlanks(file, start + 1 + lineEnd, end);

  const letter = file[start + 1] ?? '';
  const length = codeLengths.get(letter) ?? 0;
  const behind = Math.min(start + 2 + length, end);
  const decoded = escapes.get(letter) ?? codePoint(file.slice(start + 2, behind), length);
  if (decoded !== undefined) {
    putEscape(to, decoded, start, behind);
    return behind;
  }
  const behindLetter = Math.min(start + 2, end);
  note(problems, span(start, behindLetter), 'YAML has no such escape.');
  copy(to, start, behindLetter);
  return behindLetter;
}

/** Folds the line ends and blanks from `start`: one line end is a blank, each empty line a line end. */
function foldLines(to: Draft, start: number, end: number): number {
  let lineEnds = 0;
  let offset = start;
  for (let length = lineEndAt(to.file, offset); length > 0 && offset < end; ) {
    lineEnds++;
    offset = afterBlanks(to.file, offset + length, end);
    length = lineEndAt(to.file, offset);
  }
  to.text += lineEnds === 1 ? ' ' : '\n'.repeat(lineEnds - 1);
  return offset;
}

function trimmedEnd(file: string, start: number, end: number): number {
  let offset = end;
  while (offset > start && isBlank(file[offset - 1])) offset--;
  return offset;
}

const quotes = { plain: '', single: "'", double: '"' } as const;

/** The text of a plain or quoted scalar, whose span includes its quotes. */
export function decodeFlow(file: string, where: Span, style: FlowStyle, problems: ProblemList): MappedText {
  const quote = quotes[style];
  const to = startDraft(file);
  const first = where.start + quote.length;
  let run = first;
  let offset = first;
  while (offset < where.end) {
    const char = file[offset];
    if (lineEndAt(file, offset) > 0) {
      copy(to, run, trimmedEnd(file, run, offset));
      offset = run = foldLines(to, offset, where.end);
    } else if (style === 'double' && char === '\\') {
      copy(to, run, offset);
      offset = run = decodeEscape(to, offset, where.end, problems);
    } else if (style === 'single' && char === quote && file[offset + 1] === quote) {
      copy(to, run, offset);
      putEscape(to, quote, offset, offset + 2);
      offset = run = offset + 2;
    } else if (char === quote) {
      copy(to, run, offset);
      return finishDraft(to, first);
    } else {
      offset++;
    }
  }
  copy(to, run, where.end);
  if (quote !== '') note(problems, span(where.start, first), 'This quote is never closed.');
  return finishDraft(to, first);
}

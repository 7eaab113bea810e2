// What was most likely meant by arguments that BuildKit cannot split.
import { type Edit, insert } from '../../text/edit.ts';
import { fileOffset, fileSpan } from '../../text/mapped-text.ts';
import { type Span, spanText } from '../../text/span.ts';
import { listMeant } from './loose-list.ts';
import type { ParsedInstruction } from './parsed.ts';
import type { Refusal } from './report.ts';

export function splitMeant(instruction: ParsedInstruction, { code, at }: Refusal): Edit[] {
  if (code === 'mixed-json') return listMeant(instruction.body);
  return code === 'missing-equals' ? quotedValue(instruction, at) : [];
}

/** `name=some words`: quotes around the value, up to the next pair. */
function quotedValue({ body, split: { words } }: ParsedInstruction, bare: Span): Edit[] {
  const { text } = body;
  const first = words.findIndex(({ start }) => start === bare.start);
  const behind = words.findIndex((word, index) => index > first && spanText(text, word).includes('='));
  const pair = words[first - 1];
  const last = words[(behind < 0 ? words.length : behind) - 1];
  if (pair === undefined || last === undefined) return [];
  const whole = { start: pair.start, end: last.end };
  const at = fileSpan(body, whole);
  if (at.end - at.start !== last.end - pair.start || /["'\\`]/.test(spanText(text, whole))) return [];
  const value = text.indexOf('=', pair.start) + 1;
  return [insert(fileOffset(body, value), '"'), insert(at.end, '"')];
}

// Removing instructions, and single items of those that list several. Comments stay.
import type {
  CopyInstruction,
  DockerfileModel,
  ExposeInstruction,
  Instruction,
  KeyValue,
  VariablesInstruction,
  Word,
} from '../model/dockerfile/model.ts';
import { type Edit, remove, replace } from '../text/edit.ts';
import { wholeLines } from '../text/layout.ts';
import { hull, type Span, span } from '../text/span.ts';

const blankLine = /^[ \t]*\r?\n/;
/** Lines behind the last word that do nothing but ask to be continued. */
const openLines = /^(?:[ \t]*[\\`][ \t]*(?:\r?\n|$))+/;

/** With its lines, and with one of two blank lines that would meet. */
export function removeInstruction({ text }: DockerfileModel, { extent, span: own }: Instruction): Edit {
  const { start, end: last } = wholeLines(text, hull(extent, own));
  const end = last + (openLines.exec(text.slice(last, wholeLines(text, extent).end))?.[0].length ?? 0);
  const [blank = ''] = blankLine.exec(text.slice(end, end + 200)) ?? [];
  const isBehindBlank = start === 0 || /\n[ \t]*\r?\n$/.test(text.slice(Math.max(0, start - 200), start));
  return remove(span(start, end + (isBehindBlank ? blank.length : 0)));
}

/** What is left of the line behind an item: nothing but blanks and the sign that it goes on. */
function restOfLine({ text, escape: escapeChar }: DockerfileModel, from: number): string | null {
  const newline = text.indexOf('\n', from);
  const rest = text.slice(from, newline < 0 ? undefined : newline).replace(/\r$/, '');
  return rest.trim() === '' || rest.trim() === escapeChar ? rest : null;
}

const hasComment = (between: string): boolean => /^[ \t]*#/m.test(between);

/** One of several items: with the blanks, or the continuation, that part it from its neighbour. */
function removeItem(model: DockerfileModel, items: readonly { readonly span: Span }[], at: number): Edit {
  const { text } = model;
  const { start, end } = items[at]?.span ?? span(0, 0);
  const previous = items[at - 1]?.span;
  const next = items[at + 1]?.span;
  const line = wholeLines(text, span(start, end));
  const isAlone = text.slice(line.start, start).trim() === '' && restOfLine(model, end) !== null;
  if (next) {
    if (isAlone) return remove(line);
    const between = text.slice(end, next.start);
    if (previous && previous.end > line.start && between.includes('\n'))
      return remove(span(previous.end, end));
    const blanks = /^[ \t]*/.exec(between)?.[0].length ?? 0;
    return remove(span(start, hasComment(between) ? end + blanks : next.start));
  }
  if (!previous) return remove(span(start, end));
  const before = text.slice(previous.end, start);
  const continuation = restOfLine(model, previous.end) ?? '';
  const comments = isAlone && hasComment(before) ? before.slice(continuation.length).trimEnd() : '';
  // At the end of a line an escaped blank would continue it: nothing, in quotes, keeps the two apart.
  const apart = text.endsWith(`${model.escape} `, previous.end) ? '""' : '';
  return replace(span(previous.end, end), `${apart}${comments}`);
}

export function removePair(model: DockerfileModel, instruction: VariablesInstruction, pair: KeyValue): Edit {
  const { pairs } = instruction;
  if (pairs.length === 1) return removeInstruction(model, instruction);
  return removeItem(model, pairs, pairs.indexOf(pair));
}

export function removeSource(model: DockerfileModel, copy: CopyInstruction, source: Word): Edit {
  const { sources, heredocs, words } = copy;
  if (sources.length + heredocs.length === 1) return removeInstruction(model, copy);
  return removeItem(model, words, words.indexOf(source));
}

/** Null where a stray escape character, the last word then, would come to continue the line. */
export function removePort(model: DockerfileModel, expose: ExposeInstruction, port: Word): Edit | null {
  const { words } = expose;
  if (words.length === 1) return removeInstruction(model, expose);
  if (words.some(({ raw }) => raw.endsWith(model.escape))) return null;
  return removeItem(model, words, words.indexOf(port));
}

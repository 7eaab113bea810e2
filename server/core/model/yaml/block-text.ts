// Block text: decoding literal (`|`) and folded (`>`) scalars, with every character's place in the file.
import type { MappedText } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';
import { copy, type Draft, finishDraft, lineEndAt, startDraft } from './draft.ts';

export interface BlockText extends MappedText {
  /** Columns that every line loses. */
  readonly indent: number;
  /** Offset behind the last line that counts, before its line end. */
  readonly end: number;
}

/** A line without its leading spaces and its line end. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly spaces: number;
}

function linesBetween(file: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  let lineStart = start;
  while (lineStart < end) {
    const newline = file.indexOf('\n', lineStart);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    let textStart = lineStart;
    while (textStart < next && file[textStart] === ' ') textStart++;
    let textEnd = next;
    while (textEnd > textStart && lineEndAt(file, textEnd - 1) > 0) textEnd--;
    lines.push({ start: textStart, end: textEnd, spaces: textStart - lineStart });
    lineStart = next;
  }
  return lines;
}

const isEmpty = (line: Line): boolean => line.start === line.end;

/** The number of lines without the empty ones at the end. */
function contentCount(lines: readonly Line[], indent: number): number {
  let count = lines.length;
  for (; count > 0; count--) {
    const line = lines[count - 1];
    if (line !== undefined && !(isEmpty(line) && line.spaces <= indent)) break;
  }
  return count;
}

/** Appends the lines as `|` keeps them. */
function copyLiteral(to: Draft, lines: readonly Line[], indent: number): void {
  for (const [index, line] of lines.entries()) {
    if (index > 0) to.text += '\n';
    copy(to, line.start - Math.max(0, line.spaces - indent), line.end);
  }
}

/** Appends the lines as `>` joins them: by a blank, but not around empty and more indented ones. */
function copyFolded(to: Draft, lines: readonly Line[], indent: number): void {
  let join = '';
  let afterIndented = false;
  let leading = true;
  for (const line of lines) {
    const extra = Math.max(0, line.spaces - indent);
    if (isEmpty(line) && extra === 0) {
      if (leading || join === '\n') to.text += '\n';
      else join = '\n';
      continue;
    }
    const indented = extra > 0 || to.file[line.start] === '\t';
    if (indented && join === ' ') join = '\n';
    else if (indented && join === '\n' && !afterIndented) join = '\n\n';
    to.text += join;
    copy(to, line.start - extra, line.end);
    join = indented ? '\n' : ' ';
    afterIndented = indented;
    leading = false;
  }
}

/**
 * The text of a block scalar from its `|` or `>` to the last line end that may belong to it. `indent` is the one that
 * its header asks for, null where the first line with text gives it.
 */
export function decodeBlock(file: string, where: Span, indent: number | null): BlockText {
  const headerEnd = file.indexOf('\n', where.start);
  const start = headerEnd < 0 ? where.end : headerEnd + 1;
  const header = /^[|>][-+0-9]*/.exec(file.slice(where.start, where.start + 4))?.[0] ?? '';
  const lines = linesBetween(file, start, where.end);
  const columns = indent ?? lines.find(line => !isEmpty(line))?.spaces ?? 0;
  const count = contentCount(lines, columns);
  const content = lines.slice(0, count);

  const to = startDraft(file);
  if (header.startsWith('>')) copyFolded(to, content, columns);
  else copyLiteral(to, content, columns);
  const keep = header.includes('+');
  if (keep) to.text += '\n'.repeat(lines.length - count + (count > 0 ? 1 : 0));
  else if (count > 0 && !header.includes('-')) to.text += '\n';
  const last = keep ? lines.at(-1) : content.at(-1);
  return { ...finishDraft(to, start), indent: columns, end: last?.end ?? where.start + header.length };
}

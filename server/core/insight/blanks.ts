// Blanks that mean nothing to the build: where they end lines, fill up empty ones, or stand between words by the dozen.
import type { DockerfileModel, Instruction, Keyword } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { bySpan, hull, type Span, span, spanText } from '../text/span.ts';

/** Blanks at the ends of lines, those within heredocs left out: they are part of a file. */
export function trailingBlanks({ text, instructions }: DockerfileModel): Span[] {
  const contents = instructions.flatMap(({ heredocs }) => heredocs.map(({ contentSpan }) => contentSpan));
  const found: Span[] = [];
  let content = 0;
  for (let line = 0; line < text.length; ) {
    const newline = text.indexOf('\n', line);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? text.length : newline;
    if (text[end - 1] === '\r') end--;
    let start = end;
    while (start > line && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
    while ((contents[content]?.end ?? next) <= line) content++;
    const isContent = (contents[content]?.start ?? next) <= line;
    if (start < end && !isContent) found.push(span(start, end));
    line = next;
  }
  return found;
}

/** A heredoc that is not closed goes on to the end of the text. */
const linesOf =
  (text: string) =>
  ({ extent, heredocs }: Instruction): Span =>
    heredocs.some(({ endSpan }) => endSpan === null) ? span(extent.start, text.length) : extent;

/** Lines of nothing but blanks; the rest of the line that something stands on is none. */
function emptyLines(text: string, gap: Span): Span[] {
  const lines = [...spanText(text, gap).matchAll(/^[ \t]*\r?\n/gm)].map(({ index, 0: line }) =>
    span(gap.start + index, gap.start + index + line.length),
  );
  return text[gap.start - 1] === '\n' ? lines : lines.slice(1);
}

/** From one instruction or comment to the next: more than so many empty lines, at the end of the file any. */
export function surplusLines(
  { text, instructions, comments, bodyStart }: DockerfileModel,
  most: number,
): Span[] {
  const taken = [...instructions.map(linesOf(text)), ...comments.map(comment => comment.span)];
  const found: Span[] = [];
  let end = bodyStart;
  for (const next of [...taken.sort(bySpan), span(text.length, text.length)]) {
    const allowed = next.start === text.length ? 0 : most;
    // One more empty line takes at least one more character.
    if (end > 0 && next.start - end > allowed) {
      const lines = emptyLines(text, span(end, next.start));
      const surplus = lines[allowed];
      const last = lines.at(-1);
      if (surplus && last) found.push(hull(surplus, last));
    }
    end = Math.max(end, next.end);
  }
  return found;
}

/** Their arguments are one text, blanks included. */
const verbatim = new Set<Keyword>(['WORKDIR', 'USER', 'STOPSIGNAL', 'MAINTAINER', 'ONBUILD', 'UNKNOWN']);

const wordsOf = ({ assignments, nameWord, args, redirects }: ShellCommand): Span[] =>
  [...assignments, ...(nameWord === null ? [] : [nameWord]), ...args, ...redirects].map(word => word.span);

/** The keyword, flags and where the arguments begin. */
function headOf({ keywordSpan, flags, body }: Instruction): Span[] {
  const start = body.segments[0]?.at;
  return [keywordSpan, ...flags.map(flag => flag.span), ...(start === undefined ? [] : [span(start, start)])];
}

/** Arguments of which each two neighbours are parted by blanks alone, wherever nothing else stands between them. */
function rowsOf(instruction: Instruction): Span[][] {
  if (!('script' in instruction)) {
    return verbatim.has(instruction.keyword) ? [] : [instruction.words.map(word => word.span)];
  }
  const { kind, commands } = instruction.script;
  if (kind !== 'posix' || instruction.heredocs.length > 0) return [];
  // What a wrapper such as sudo starts is among its own arguments.
  return commands.filter(({ wrappers }) => wrappers.length === 0).map(wordsOf);
}

function widerThanOne(text: string, row: Span[]): Span[] {
  return row.sort(bySpan).flatMap((word, index) => {
    const gap = span(row[index - 1]?.end ?? word.start, word.start);
    return /^[ \t]{2,}$/.test(spanText(text, gap)) ? [gap] : [];
  });
}

/** The line above or below that is no comment, without its line end. */
function neighbour(text: string, at: number, isBelow: boolean): string {
  let line = at;
  for (;;) {
    const newline = isBelow ? text.indexOf('\n', line) : text.lastIndexOf('\n', line - 1);
    if (newline < 0) return '';
    line = isBelow ? newline + 1 : text.lastIndexOf('\n', newline - 1) + 1;
    const end = text.indexOf('\n', line);
    const content = text.slice(line, end < 0 ? text.length : end);
    if (!content.startsWith('#')) return content;
  }
}

/** A word begins in the same column on the line above or below: somebody has set them in columns. */
function isInColumn(text: string, at: number): boolean {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const column = at - line;
  return [neighbour(text, line, false), neighbour(text, at, true)].some(other =>
    /^[ \t][^ \t]$/.test(other.slice(column - 1, column + 1)),
  );
}

/** More than one blank behind a keyword or a flag, or between arguments that stand in no column. */
export function doubledBlanks({ text }: DockerfileModel, instruction: Instruction): Span[] {
  if (!/\S[ \t]{2,}\S/.test(spanText(text, instruction.extent))) return [];
  const gaps = rowsOf(instruction).flatMap(row => widerThanOne(text, row));
  return [...widerThanOne(text, headOf(instruction)), ...gaps.filter(({ end }) => !isInColumn(text, end))];
}

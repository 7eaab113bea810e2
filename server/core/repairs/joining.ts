// Making one instruction of several that follow one another: RUN with `&&`, COPY with several sources.
import type {
  CopyInstruction,
  DockerfileModel,
  Instruction,
  RunInstruction,
} from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { type Edit, insert, replace } from '../text/edit.ts';
import { indentationAt } from '../text/layout.ts';
import { fileSpan } from '../text/mapped-text.ts';
import { span, spanText } from '../text/span.ts';
import { removeInstruction } from './removal.ts';

/** Their effect lasts to the end of the shell, so that commands behind them would see it. */
const lasting = new Set(
  '. alias cd declare eval exec exit export hash local popd pushd read readonly return set shift shopt source trap typeset ulimit umask unalias unset'.split(
    ' ',
  ),
);

const isJoinable = ({ name, nameWord, after, redirects }: ShellCommand): boolean =>
  nameWord !== null &&
  name !== null &&
  !lasting.has(name) &&
  (after === '&&' || after === '|' || after === null) &&
  redirects.every(({ operator }) => !operator.startsWith('<<'));

/** A list of commands that stops at the first failure, and leaves no trace in its shell. */
const isPlainList = ({ script, body, json, heredocs, onbuild }: RunInstruction): boolean =>
  script.kind === 'posix' &&
  script.complete &&
  !json &&
  onbuild === null &&
  heredocs.length === 0 &&
  script.commands.length > 0 &&
  !/(?:^|\s)#|[;&|\\`]\s*$|^[({!]/.test(body.text) &&
  script.commands.every(isJoinable);

/** The comment lines between two instructions; null where something else stands there. */
function commentsBetween(
  { text }: DockerfileModel,
  first: Instruction,
  second: Instruction,
): string[] | null {
  const lines = text.slice(first.span.end, second.span.start).split(/\r?\n/).slice(1, -1);
  const comments = lines.filter(line => line.trim() !== '');
  return comments.every(line => line.trimStart().startsWith('#')) ? comments : null;
}

/** What parts the commands of one RUN from those of the next, in the way that the RUNs part their own. */
function separatorLike(
  { text, escape: escapeChar, layout }: DockerfileModel,
  runs: readonly RunInstruction[],
) {
  const written = runs.map(run => spanText(text, run.span));
  const continued = written
    .flatMap(lines => lines.split(/\r?\n/).slice(1))
    .find(line => line.trim() !== '' && !line.trimStart().startsWith('#'));
  const base = indentationAt(text, runs[0]?.span.start ?? 0);
  const indentation = continued === undefined ? `${base}    ` : (/^[ \t]*/.exec(continued)?.[0] ?? '');
  const isTrailing = written.some(lines => /&&[ \t]*[\\`][ \t]*\r?\n/.test(lines));
  const [before, behind] = isTrailing ? [' &&', ''] : ['', '&& '];
  return (comments: readonly string[]): string =>
    [`${before} ${escapeChar}`, ...comments, `${indentation}${behind}`].join(layout.eol);
}

/** RUNs with the same flags as one; null where the commands would not do the same. */
export function joinRuns(model: DockerfileModel, runs: readonly RunInstruction[]): Edit[] | null {
  if (!runs.every(isPlainList)) return null;
  const separator = separatorLike(model, runs);
  const edits: Edit[] = [];
  for (const [index, run] of runs.entries()) {
    const before = runs[index - 1];
    if (before === undefined) continue;
    const comments = commentsBetween(model, before, run);
    if (comments === null || before.extent.end > run.span.start) return null;
    const { start } = fileSpan(run.body, span(0, 1));
    edits.push(replace(span(before.span.end, start), separator(comments)));
  }
  return edits;
}

const isFolder = (path: string): boolean => /(?:^|\/)\.{0,2}$/.test(path);

/** A checksum is that of one source. */
const isPlainCopy = ({ json, heredocs, onbuild, flags }: CopyInstruction): boolean =>
  !json && heredocs.length === 0 && onbuild === null && flags.every(({ name }) => name !== 'checksum');

/** COPYs to the same folder as one; null where that cannot be written. */
export function joinCopies(model: DockerfileModel, copies: readonly CopyInstruction[]): Edit[] | null {
  const [first, ...others] = copies;
  const last = first?.sources.at(-1);
  const destination = first?.destination ?? null;
  if (last === undefined || destination === null || !isFolder(destination.value)) return null;
  if (!copies.every(isPlainCopy) || others.some(({ comments }) => comments.length > 0)) return null;
  const sources = others.flatMap(copy => copy.sources.map(({ raw }) => ` ${raw}`)).join('');
  const slash = destination.raw.endsWith('.') ? [insert(destination.span.end, '/')] : [];
  return [insert(last.span.end, sources), ...slash, ...others.map(copy => removeInstruction(model, copy))];
}

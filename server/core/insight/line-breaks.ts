// Where the lines of an instruction can be broken without a change: at `&&`, and between the words of a command.
import type { DockerfileModel, Instruction, RunInstruction } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { bySpan, type Span, span, spanText } from '../text/span.ts';

/** A script whose words are known, and which is not in a heredoc. */
const isPlain = ({ script, heredocs, json }: RunInstruction): boolean =>
  script.kind === 'posix' && script.complete && heredocs.length === 0 && !json;

/** Commands as they are written: what a wrapper starts is among its own arguments. */
const written = ({ script }: RunInstruction): readonly ShellCommand[] =>
  script.commands.filter(({ wrappers, substituted }) => wrappers.length === 0 && !substituted);

const endOf = ({ span: { end }, redirects }: ShellCommand): number =>
  Math.max(end, ...redirects.map(redirect => redirect.span.end));

const startOf = ({ span: { start }, assignments, redirects }: ShellCommand): number =>
  Math.min(start, ...[...assignments, ...redirects].map(part => part.span.start));

const blank = /^\s*$/;
/** With comment lines and continuations around it. */
const operator = /^(?:[\s\\]|#[^\n]*\n)*(?:&&|\|\|?|;)(?:[\s\\]|#[^\n]*\n)*$/;

/**
 * The `&&` with the blanks around it between two commands on one line, as far as the script is a plain list: not
 * within groups, conditions and loops.
 */
export function chainBreaks({ text }: DockerfileModel, run: RunInstruction): Span[] {
  if (!isPlain(run)) return [];
  const found: Span[] = [];
  let end = run.body.segments[0]?.at ?? 0;
  for (const [index, command] of written(run).entries()) {
    const gap = span(end, startOf(command));
    const between = spanText(text, gap);
    if (!(index === 0 ? blank : operator).test(between)) break;
    // Behind a blank it would announce a heredoc to the build.
    if (text.startsWith('<<', gap.end)) break;
    if (/^[ \t]*&&[ \t]*$/.test(between)) found.push(gap);
    end = endOf(command);
  }
  return found;
}

/** The blanks between parts that follow each other on one line. */
export const listBreaks = ({ text }: DockerfileModel, parts: readonly Span[]): Span[] =>
  parts.flatMap((part, index) => {
    const gap = span(parts[index - 1]?.end ?? part.start, part.start);
    return /^[ \t]+$/.test(spanText(text, gap)) ? [gap] : [];
  });

/** The blanks between two words of a command on one line. */
export function wordBreaks(model: DockerfileModel, run: RunInstruction): Span[] {
  if (!isPlain(run)) return [];
  return written(run).flatMap(({ nameWord, args, redirects }) => {
    const words = [...(nameWord === null ? [] : [nameWord]), ...args, ...redirects];
    return listBreaks(model, words.map(word => word.span).sort(bySpan));
  });
}

/** What the lines of an instruction behind the first one begin with. */
export function continuationIndentation({ text }: DockerfileModel, { extent }: Instruction): string {
  const [, next] = /\n([ \t]*)(?![ \t]*#)\S/.exec(spanText(text, extent)) ?? [];
  const line = text.lastIndexOf('\n', extent.start - 1) + 1;
  return next ?? `${text.slice(line, extent.start)}    `;
}

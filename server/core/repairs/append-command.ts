// Putting a command at the end of a RUN, in the way the RUN itself strings its commands together.
import type { DockerfileModel, RunInstruction } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { type Edit, insert } from '../text/edit.ts';
import { indentationAt } from '../text/layout.ts';
import { fileSpan } from '../text/mapped-text.ts';
import { span } from '../text/span.ts';

const stopsOnErrors = (words: readonly (string | null)[]): boolean =>
  words.some(word => /^-[a-z]*e/.test(word ?? '') || word === 'errexit');

/** A failing command ends the script, so that `;` is as good as `&&`. */
function stopsAtFailure({ script, before }: RunInstruction): boolean {
  if (before.shell.known && stopsOnErrors(before.shell.value.slice(1))) return true;
  return script.commands.some(
    ({ name, args }) => name === 'set' && stopsOnErrors(args.map(({ value }) => value)),
  );
}

/** The commands that a list strings together: neither parts of others nor run by them. */
const listed = ({ script }: RunInstruction): readonly ShellCommand[] =>
  script.commands.filter(({ wrappers, substituted }) => wrappers.length === 0 && !substituted);

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
const firstOnLine = (text: string, at: number): boolean => text.slice(lineStart(text, at), at).trim() === '';

/** Ends in a comment of the shell, or in the middle of something. */
const isOpenEnded = (script: string): boolean => /(?:^|[\s;])#[^'"\n]*$|(?:&&|\|\|?|[^&]&|\\)$/.test(script);

/** The line on which the last command starts, where it starts a line; else the last line. */
function indentation({ text }: DockerfileModel, run: RunInstruction, end: number): string {
  const last = listed(run).findLast(({ span: { start } }) => firstOnLine(text, start));
  const closing = /^\s*(?:fi|done|esac|[})&;])/.test(text.slice(lineStart(text, end), end));
  return indentationAt(text, closing || last === undefined ? end : last.span.start);
}

/** What joins a command to the one before it stands in here, comments and the words that open a branch left out. */
const textBefore = ({ text }: DockerfileModel, run: RunInstruction, start: number): string =>
  text
    .slice(Math.max(run.span.start, start - 400), start)
    .replace(/(?:[ \t]|\b(?:if|then|else|while|until|do)\b)*$/, '')
    .replace(/\n(?:[ \t]*#[^\n]*\n)+$/, '\n');

function appendInline(model: DockerfileModel, run: RunInstruction, command: string): Edit | null {
  const { text, escape: escapeChar } = model;
  const { eol } = model.layout;
  const end = fileSpan(run.body, span(0, run.body.text.length)).end;
  if (isOpenEnded(run.body.text)) return null;
  const ended = run.body.text.endsWith(';');
  if (!text.slice(run.span.start, end).includes('\n')) return insert(end, `${ended ? '' : ' &&'} ${command}`);
  if (run.heredocs.length > 0) return null;
  const next = `${escapeChar}${eol}${indentation(model, run, end)}`;
  if (ended) return insert(end, ` ${next}${command}`);
  const trailing = listed(run)
    .map(({ span: { start } }) => textBefore(model, run, start))
    .findLast(before => /(?:&&|;)[ \t]*[\\`][ \t]*\r?\n$/.test(before));
  if (trailing === undefined) return insert(end, ` ${next}&& ${command}`);
  const sequence = /;[ \t]*[\\`][ \t]*\r?\n$/.test(trailing) && stopsAtFailure(run);
  return insert(end, `${sequence ? ';' : ' &&'} ${next}${command}`);
}

/** A lone heredoc: on a line of its own where a failure ends the script, else behind what its last line runs. */
function appendToHeredoc(model: DockerfileModel, run: RunInstruction, command: string): Edit | null {
  const { text } = model;
  const [heredoc] = run.heredocs;
  if (!heredoc) return null;
  const { contentSpan } = heredoc;
  const content = text.slice(contentSpan.start, contentSpan.end).trimEnd();
  const end = contentSpan.start + content.length;
  if (isOpenEnded(content)) return null;
  if (!stopsAtFailure(run)) return insert(end, `${content.endsWith(';') ? '' : ' &&'} ${command}`);
  return insert(end, `${model.layout.eol}${indentation(model, run, end)}${command}`);
}

/** Null for lists without a shell, and where the end is not what it seems. */
export function appendCommand(model: DockerfileModel, run: RunInstruction, command: string): Edit | null {
  const { script, heredocs } = run;
  const [first] = script.commands;
  if (script.kind !== 'posix' || !script.complete || first === undefined) return null;
  const inHeredoc = heredocs.some(({ contentSpan }) => first.span.start >= contentSpan.start);
  return inHeredoc ? appendToHeredoc(model, run, command) : appendInline(model, run, command);
}

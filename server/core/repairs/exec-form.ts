// From the shell form to the exec form: word by word where no shell is needed, else the shell itself as a list.
import { shellBuiltins } from '../knowledge/shell-builtins.ts';
import type { Instruction } from '../model/dockerfile/model.ts';
import type { ShellCommand, ShellScript, ShellWord } from '../model/shell/script.ts';
import { type Edit, insert, replace } from '../text/edit.ts';
import { fileSpan, type MappedText } from '../text/mapped-text.ts';
import { span } from '../text/span.ts';

/** Words that mean the same without a shell: no variable, pattern or brace in them. */
const isLiteral = ({ value, raw }: ShellWord): boolean =>
  value !== null && (/^(["']).*\1$/s.test(raw) || !/[*?[\]{}~]/.test(value));

/** Program and arguments of a command that needs no shell; null where it needs one. */
export function literalWords({
  nameWord,
  args,
  assignments,
  redirects,
  name,
}: ShellCommand): ShellWord[] | null {
  if (nameWord === null || name === null || assignments.length + redirects.length > 0) return null;
  const words = [nameWord, ...args];
  return shellBuiltins.has(name) || !words.every(isLiteral) ? null : words;
}

/** The words of a script that is one program with its arguments, `exec` in front of it left out. */
export function onlyProgram({ kind, complete, commands }: ShellScript): ShellWord[] | null {
  const [first, second] = commands;
  if (kind !== 'posix' || !complete || !first || first.after !== null || first.pipeline !== null) return null;
  const program = first.name === 'exec' && first.redirects.length === 0 && second ? second : first;
  // What the program runs itself, as `timeout 5 app` does, are arguments of it.
  const isOnly = commands.every(command => command === first || command.wrappers.includes(first));
  return isOnly ? literalWords(program) : null;
}

/**
 * A list in place of words, and of what stands before them from `start` on. What stands between them stays:
 * continuations, and comments there.
 */
export function listOf(words: readonly ShellWord[], start: number): Edit[] {
  return words.map(({ value, span: at }, index) => {
    const json = JSON.stringify(value ?? '');
    const closing = index === words.length - 1 ? ']' : ',';
    return index === 0 ? replace(span(start, at.end), `[${json}${closing}`) : replace(at, json + closing);
  });
}

/** The command that a script ends with, where a shell that runs it has nothing left to do. */
export function lastCommand(script: ShellScript, end: number): ShellCommand | null {
  if (script.kind === 'other' || !script.complete) return null;
  const last = script.commands.findLast(
    ({ wrappers: [outer], substituted }) =>
      !substituted && (outer === undefined || isShell(outer.name ?? '')),
  );
  if (last === undefined || last.after !== null || last.pipeline !== null || last.nameWord === null)
    return null;
  const ends = Math.max(last.span.end, ...last.redirects.map(redirect => redirect.span.end));
  const isProgram = last.name === null || !shellBuiltins.has(last.name);
  return ends === end && isProgram && last.assignments.length === 0 ? last : null;
}

const isShell = (name: string): boolean => /^(?:ba|da|a|k|z)?sh$/.test(name);

export const execBefore = ({ span: { start } }: ShellCommand): Edit => insert(start, 'exec ');

/** The shell in effect, with its options, as a list around the text that it reads; null where that cannot be written. */
export function shellList({ before, onbuild }: Instruction, text: MappedText): Edit[] | null {
  if (!before.shell.known || onbuild !== null || /[\p{Cc}]/u.test(text.text)) return null;
  const at = fileSpan(text, span(0, text.text.length));
  const shell = before.shell.value.map(word => JSON.stringify(word)).join(', ');
  const escapes = [...text.text.matchAll(/["\\]/g)].map(({ index }) =>
    insert(fileSpan(text, span(index, index + 1)).start, '\\'),
  );
  return [insert(at.start, `[${shell}, "`), ...escapes, insert(at.end, '"]')];
}

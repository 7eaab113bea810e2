// Variables in the commands of RUN: those that the shell would have to find in its environment.
import type { RunInstruction } from '../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';
import { type Span, span } from '../text/span.ts';

export interface CommandUse {
  readonly name: string;
  /** The name alone, or the word where it cannot be told. */
  readonly span: Span;
}

const wordsOf = ({ nameWord, args, assignments, redirects }: ShellCommand): (ShellWord | null)[] => [
  ...assignments.map(({ value }) => value),
  nameWord,
  ...args,
  ...redirects.map(({ target }) => target),
];

/** The script gives it a value: by an assignment, a loop, or a command that is told its name. */
function isAssigned({ script, body }: RunInstruction, name: string): boolean {
  const assigns = (command: ShellCommand): boolean =>
    command.assignments.some(assignment => assignment.name === name) ||
    command.args.some(({ raw }) => raw === name || raw.startsWith(`${name}=`));
  return script.commands.some(assigns) || new RegExp(`\\b(?:for|select)\\s+${name}\\b`).test(body.text);
}

/** Where the name stands in a word; null where the word says what to do without a value. */
function placeOf({ raw, span: where }: ShellWord, name: string): Span | null {
  const found = new RegExp(`\\$\\{?[#!]?${name}(?!\\w)(:?[-+=?])?`).exec(raw);
  if (found === null || raw.length !== where.end - where.start) return where;
  if (found[1] !== undefined) return null;
  const start = where.start + found.index + found[0].length - name.length;
  return span(start, start + name.length);
}

/** Each variable of a word once, if `wanted`; a word that a wrapper and its command share counts once. */
export function* commandUses(run: RunInstruction, wanted: (name: string) => boolean): Generator<CommandUse> {
  if (!run.body.text.includes('$') && run.heredocs.length === 0) return;
  const seen = new Set<number>();
  for (const command of run.script.commands) {
    for (const word of wordsOf(command)) {
      if (word === null || word.variables.length === 0) continue;
      for (const name of new Set(word.variables)) {
        if (!wanted(name) || isAssigned(run, name)) continue;
        const place = placeOf(word, name);
        if (place === null || seen.has(place.start)) continue;
        seen.add(place.start);
        yield { name, span: place };
      }
    }
  }
}

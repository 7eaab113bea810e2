// Variables in the commands of RUN, CMD and the like: those that the shell would have to find in its environment.
import type {
  HealthcheckInstruction,
  ProcessInstruction,
  RunInstruction,
} from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';
import { type Span, span } from '../text/span.ts';

type Running = RunInstruction | ProcessInstruction | HealthcheckInstruction;

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

/** The names that the script gives a value: by an assignment, a loop, or a command that is told the name. */
const assignedNames = rememberFor(({ script, body }: Running): ReadonlySet<string> => {
  const { text } = script.source ?? body;
  const names = new Set(Array.from(text.matchAll(/\b(?:for|select)\s+(\w+)/g), ([, name = '']) => name));
  for (const { assignments, args } of script.commands) {
    for (const { name } of assignments) names.add(name);
    for (const { raw } of args) {
      const [name] = /^\w+(?==|$)/.exec(raw) ?? [];
      if (name !== undefined) names.add(name);
    }
  }
  return names;
});

/** Where the name stands in a word; null where the word says what to do without a value. */
function placeOf({ raw, span: where }: ShellWord, name: string): Span | null {
  for (const found of raw.matchAll(/\$\{?[#!]?(\w+)(:?[-+=?])?/g)) {
    if (found[1] !== name) continue;
    if (raw.length !== where.end - where.start) return where;
    if (found[2] !== undefined) return null;
    const start = where.start + found.index + found[0].length - name.length;
    return span(start, start + name.length);
  }
  return where;
}

/** Each variable of a word once, if `wanted`; a word that a wrapper and its command share counts once. */
export function* commandUses(run: Running, wanted: (name: string) => boolean): Generator<CommandUse> {
  if (!run.body.text.includes('$') && run.heredocs.length === 0) return;
  const seen = new Set<number>();
  for (const command of run.script.commands) {
    for (const word of wordsOf(command)) {
      if (word === null || word.variables.length === 0) continue;
      for (const name of new Set(word.variables)) {
        if (!wanted(name) || assignedNames(run).has(name)) continue;
        const place = placeOf(word, name);
        if (place === null || seen.has(place.start)) continue;
        seen.add(place.start);
        yield { name, span: place };
      }
    }
  }
}

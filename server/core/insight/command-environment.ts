// What a command of a RUN finds in its environment, by the instructions before it and by the script that it stands in.
import type { RunInstruction } from '../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';

const givenValue = (word: ShellWord | null): string | null => (word === null ? '' : word.value);

/** The values that a command gives the variable; null where nobody knows which. */
function given(command: ShellCommand, isAsked: boolean, name: string): readonly (string | null)[] {
  const own = isAsked || command.nameWord === null ? command.assignments : [];
  const exported = command.name === 'export' ? command.args : [];
  return [
    ...own.filter(assignment => assignment.name === name).map(({ value }) => givenValue(value)),
    ...exported
      .filter(({ raw }) => raw.startsWith(`${name}=`))
      .map(({ value }) => value?.slice(name.length + 1) ?? null),
  ];
}

/** Undefined where the file does not set the variable, null where it sets it to what nobody knows. */
export function environmentValue(
  { script, before }: RunInstruction,
  command: ShellCommand,
  name: string,
): string | null | undefined {
  const value = script.commands
    .filter(({ span }) => span.start <= command.span.start)
    .flatMap(other => given(other, other === command, name))
    .at(-1);
  if (value !== undefined) return value;
  const variable = before.variable(name);
  if (variable === undefined) return undefined;
  return variable.value.known ? variable.value.value : null;
}

/** Switched on, as programs read it: neither empty nor a word for no. */
export const isOn = (value: string | null | undefined): boolean =>
  value === null || (value !== undefined && !/^(?:|0|no|off|false|n|f)$/i.test(value));

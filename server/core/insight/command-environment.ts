// What a command of a RUN finds in its environment, by the instructions before it and by the script that it stands in.
import type { RunInstruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';

const givenValue = (word: ShellWord | null): string | null => (word === null ? '' : word.value);

interface Setting {
  readonly name: string;
  readonly value: string | null;
  /** The command that sees it; null where all behind it do. */
  readonly only: ShellCommand | null;
  readonly start: number;
}

function settingsBy(command: ShellCommand): readonly Setting[] {
  const { start } = command.span;
  const only = command.nameWord === null ? null : command;
  const own = command.assignments.map(({ name, value }) => ({ name, value: givenValue(value), only, start }));
  if (command.name !== 'export') return own;
  const exported = command.args.flatMap(({ raw, value }): Setting[] => {
    const equals = raw.indexOf('=');
    if (equals < 1) return [];
    const name = raw.slice(0, equals);
    return [{ name, value: value?.slice(equals + 1) ?? null, only: null, start }];
  });
  return [...own, ...exported];
}

/** By name, in order of position. */
const settingsOf = rememberFor(({ script }: RunInstruction): ReadonlyMap<string, readonly Setting[]> => {
  const settings = new Map<string, Setting[]>();
  for (const setting of script.commands.flatMap(settingsBy)) {
    const same = settings.get(setting.name);
    if (same) same.push(setting);
    else settings.set(setting.name, [setting]);
  }
  return settings;
});

/** Undefined where the file does not set the variable, null where it sets it to what nobody knows. */
export function environmentValue(
  run: RunInstruction,
  command: ShellCommand,
  name: string,
): string | null | undefined {
  const setting = settingsOf(run)
    .get(name)
    ?.findLast(({ only, start }) => only === command || (only === null && start < command.span.start));
  if (setting !== undefined) return setting.value;
  const variable = run.before.variable(name);
  if (variable === undefined) return undefined;
  return variable.value.known ? variable.value.value : null;
}

/** Switched on, as programs read it: neither empty nor a word for no. */
export const isOn = (value: string | null | undefined): boolean =>
  value === null || (value !== undefined && !/^(?:|0|no|off|false|n|f)$/i.test(value));

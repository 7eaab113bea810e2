// What the RUN and COPY instructions of a stage leave behind, as far as it can be read: accounts and programs.
import { installedPackages, packageChange } from '../knowledge/package-managers.ts';
import type { Instruction, Stage } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';

export interface Account {
  readonly name: string;
  /** Null where the tool chooses the number. */
  readonly uid: number | null;
  /** A group of that account that surely exists. */
  readonly group: string | null;
}

/** The instructions of a stage and of those it is made FROM, in the order of the build. */
export const builtFrom = (stage: Stage): readonly Instruction[] =>
  [...stage.chain].reverse().flatMap(({ instructions }) => instructions);

export const commandsOf = (instructions: readonly Instruction[]): readonly ShellCommand[] =>
  instructions.flatMap(instruction => (instruction.keyword === 'RUN' ? instruction.script.commands : []));

const values = (command: ShellCommand): readonly string[] => command.args.map(arg => arg.value ?? '');

/** Options of `useradd` and of both kinds of `adduser` that take the next word. */
const accountOptions = new Set(
  (
    '-b -c -d -e -f -g -G -h -k -K -p -P -R -s -u -Z --uid --gid --groups --home --home-dir --shell --comment ' +
    '--gecos --ingroup --base-dir --firstuid --lastuid --password --skel --expiredate --inactive'
  ).split(' '),
);

function createdAccount(command: ShellCommand, groups: ReadonlySet<string>): Account | null {
  if (command.name !== 'useradd' && command.name !== 'adduser') return null;
  const words = values(command);
  let uid: number | null = null;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const [option = '', attached] = word.split('=', 2);
    if (!word.startsWith('-')) {
      const group = groups.has(word) ? word : null;
      return /^[a-z_][\w.-]*$/i.test(word) ? { name: word, uid, group } : null;
    }
    const takesNext = attached === undefined && accountOptions.has(option);
    const value = takesNext ? words[++i] : attached;
    if ((option === '-u' || option === '--uid') && /^\d+$/.test(value ?? '')) uid = Number(value);
  }
  return null;
}

/** The accounts that a stage makes, the last one first. */
export function createdAccounts(stage: Stage): readonly Account[] {
  const commands = commandsOf(builtFrom(stage));
  const groups = new Set(
    commands
      .filter(({ name }) => name === 'groupadd' || name === 'addgroup')
      .map(command => values(command).at(-1) ?? ''),
  );
  return commands.flatMap(command => createdAccount(command, groups) ?? []).reverse();
}

/** Something that ends up in a folder for programs: `-o /usr/local/bin/gosu`. */
const isProgramPath = (word: string, name: string): boolean =>
  word.endsWith(`/bin/${name}`) || word.endsWith(`/sbin/${name}`);

const copies = (instruction: Instruction, name: string): boolean =>
  (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') &&
  [...instruction.sources, instruction.destination].some(word => word?.value.split('/').at(-1) === name);

/**
 * True or false where the stage installs, copies or downloads the program, or removes it; undefined where it says
 * nothing of it.
 */
export function providesProgram(stage: Stage, name: string): boolean | undefined {
  const instructions = builtFrom(stage);
  const commands = commandsOf(instructions);
  const brought =
    installedPackages(commands).has(name) ||
    commands.some(command => values(command).some(word => isProgramPath(word, name))) ||
    instructions.some(instruction => copies(instruction, name));
  if (brought) return true;
  return commands.some(command => packageChange(command)?.removes.includes(name)) ? false : undefined;
}

// What the RUN and COPY instructions of a stage leave behind, as far as it can be read: programs.
import { installedPackages, packageChange } from '../knowledge/package-calls.ts';
import type { Instruction, Stage } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';

/** The instructions of a stage and of those it is made FROM, in the order of the build. */
export const builtFrom = (stage: Stage): readonly Instruction[] =>
  [...stage.chain].reverse().flatMap(({ instructions }) => instructions);

export const commandsOf = (instructions: readonly Instruction[]): readonly ShellCommand[] =>
  instructions.flatMap(instruction => (instruction.keyword === 'RUN' ? instruction.script.commands : []));

const values = (command: ShellCommand): readonly string[] => command.args.map(arg => arg.value ?? '');

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
    commands.some(
      command => command.name !== 'rm' && values(command).some(word => isProgramPath(word, name)),
    ) ||
    instructions.some(instruction => copies(instruction, name));
  if (brought) return true;
  return commands.some(command => packageChange(command)?.removes.includes(name)) ? false : undefined;
}

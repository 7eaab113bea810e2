// What the RUN and COPY instructions of a stage leave behind, as far as it can be read: programs.
import { installedPackages, packageChange } from '../knowledge/package-calls.ts';
import type { Instruction, Stage } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand } from '../model/shell/script.ts';

/** The instructions of a stage and of those it is made FROM, in the order of the build. */
export const builtFrom = rememberFor((stage: Stage): readonly Instruction[] =>
  [...stage.chain].reverse().flatMap(({ instructions }) => instructions),
);

export const commandsOf = (instructions: readonly Instruction[]): readonly ShellCommand[] =>
  instructions.flatMap(instruction => (instruction.keyword === 'RUN' ? instruction.script.commands : []));

/** A first look: without such a word, an instruction need not be read as a script. */
export const mentions = ({ body, heredocs }: Instruction, word: RegExp): boolean =>
  word.test(body.text) || heredocs.some(({ content }) => word.test(content));

/** The commands of those RUNs that have such a word: mostly of none. */
export const commandsWith = (instructions: readonly Instruction[], word: RegExp): readonly ShellCommand[] =>
  commandsOf(instructions.filter(instruction => mentions(instruction, word)));

/** The program of a path in a folder for programs: `gosu` of `-o /usr/local/bin/gosu`. */
const programOfPath = (word: string): string | undefined => /\/s?bin\/([^/]+)$/.exec(word)?.[1];

const copies = (instruction: Instruction, name: string): boolean =>
  (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') &&
  [...instruction.sources, instruction.destination].some(word => word?.value.split('/').at(-1) === name);

/** As of `curl -o /usr/local/bin/gosu`. */
const writes = ({ name, args }: ShellCommand, program: string): boolean =>
  name !== 'rm' && args.some(({ value }) => programOfPath(value ?? '') === program);

/**
 * True or false where the stage installs, copies or downloads the program, or removes it; undefined where it says
 * nothing of it.
 */
export function providesProgram(stage: Stage, name: string): boolean | undefined {
  const all = builtFrom(stage);
  if (!all.some(instruction => isNamedIn(instruction, name))) return undefined;
  const instructions = all.filter(
    instruction => isNamedIn(instruction, name) || mentions(instruction, removesGroup),
  );
  const commands = commandsOf(instructions);
  const isBrought =
    installedPackages(commands).has(name) ||
    commands.some(command => writes(command, name)) ||
    instructions.some(instruction => copies(instruction, name));
  if (isBrought) return true;
  return commands.some(command => packageChange(command)?.removes.includes(name)) ? false : undefined;
}

const isNamedIn = ({ body, heredocs }: Instruction, name: string): boolean =>
  body.text.includes(name) || heredocs.some(({ content }) => content.includes(name));

/** `apk del .build` takes away packages that it does not name. */
const removesGroup = /\bdel\b/;

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

/** The programs that a stage brings, and those that it takes away. */
interface Programs {
  readonly brought: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

/** The program of a path in a folder for programs: `gosu` of `-o /usr/local/bin/gosu`. */
const programOfPath = (word: string): string | undefined => /\/s?bin\/([^/]+)$/.exec(word)?.[1];

function addCopied(instruction: Instruction, brought: Set<string>): void {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return;
  for (const word of [...instruction.sources, instruction.destination]) {
    const name = word?.value.split('/').at(-1);
    if (name) brought.add(name);
  }
}

const programsOf = rememberFor((stage: Stage): Programs => {
  const instructions = builtFrom(stage);
  const commands = commandsOf(instructions);
  const brought = new Set(installedPackages(commands));
  const removed = new Set<string>();
  for (const command of commands) {
    for (const { value } of command.name === 'rm' ? [] : command.args) {
      const name = programOfPath(value ?? '');
      if (name !== undefined) brought.add(name);
    }
    for (const name of packageChange(command)?.removes ?? []) removed.add(name);
  }
  for (const instruction of instructions) addCopied(instruction, brought);
  return { brought, removed };
});

/** All that is run and copied, as it is written. */
const writtenIn = rememberFor((stage: Stage): string =>
  builtFrom(stage)
    .flatMap(({ keyword, body, heredocs }) =>
      keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD'
        ? [body.text, ...heredocs.map(({ content }) => content)]
        : [],
    )
    .join('\n'),
);

/**
 * True or false where the stage installs, copies or downloads the program, or removes it; undefined where it says
 * nothing of it.
 */
export function providesProgram(stage: Stage, name: string): boolean | undefined {
  if (!writtenIn(stage).includes(name)) return undefined;
  const { brought, removed } = programsOf(stage);
  if (brought.has(name)) return true;
  return removed.has(name) ? false : undefined;
}

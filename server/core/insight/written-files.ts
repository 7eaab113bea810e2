// Files that the instructions of a Dockerfile write text into: by redirection, through `tee`, from heredocs.
import type { Heredoc, Instruction, RunInstruction } from '../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';

/** `tee`, also behind `sudo`. */
const isTee = (command: ShellCommand | null): boolean =>
  command?.name === 'tee' || command?.args.some(({ value }) => value === 'tee') === true;

/** The words that name what a command writes, by redirection, of a wrapper as well, or through `tee`. */
export function writtenWords(command: ShellCommand): readonly ShellWord[] {
  const { redirects, wrappers, pipeline } = command;
  const all = [...redirects, ...wrappers.flatMap(wrapper => wrapper.redirects)];
  const targets = all.flatMap(({ operator, target }) => (/^>/.test(operator) ? (target ?? []) : []));
  const tee = [command, ...(pipeline?.commands ?? [])].find(isTee);
  return [...targets, ...(tee?.args ?? [])];
}

/** What a word says where quotes are all that it needs. */
export const unquoted = ({ raw }: ShellWord): string => raw.replace(/["']/g, '');

export const writtenFiles = (command: ShellCommand): readonly string[] => writtenWords(command).map(unquoted);

/** A heredoc of an instruction, with the paths it is written to. */
interface WrittenHeredoc {
  readonly heredoc: Heredoc;
  readonly paths: readonly string[];
}

/** The commands of a RUN that its heredocs are handed to, in order. */
export const heredocReaders = ({ script }: RunInstruction): readonly ShellCommand[] =>
  script.commands.flatMap(command =>
    command.redirects.flatMap(({ operator }) => (/^<<-?$/.test(operator) ? [command] : [])),
  );

export function writtenHeredocs(instruction: Instruction): readonly WrittenHeredoc[] {
  const { heredocs } = instruction;
  if (heredocs.length === 0) return [];
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
    return heredocs.map(heredoc => ({ heredoc, paths: [instruction.destination?.value ?? ''] }));
  if (instruction.keyword !== 'RUN') return [];
  const readers = heredocReaders(instruction);
  return heredocs.flatMap((heredoc, index) => {
    const reader = readers[index];
    return reader?.name === 'cat' || isTee(reader ?? null)
      ? [{ heredoc, paths: reader ? writtenFiles(reader) : [] }]
      : [];
  });
}

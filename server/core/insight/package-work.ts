// The work that a RUN has package managers do: each call with its place, and the visitors that wait for such calls.
import { type PackageCall, readPackageCall } from '../knowledge/package-calls.ts';
import { languageManagerNames, systemManagerNames } from '../knowledge/package-lookup.ts';
import type {
  LanguageFamily,
  PackageAction,
  PackageFamily,
  PackageManager,
  SystemFamily,
} from '../knowledge/package-managers.ts';
import type { Instruction, RunInstruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';
import { type Span, span } from '../text/span.ts';

export interface PackageWork extends PackageCall<ShellWord> {
  readonly command: ShellCommand;
  /** From the program to the word that says what to do. */
  readonly span: Span;
  /** The program and what it does, for people: `apt-get install`. */
  readonly title: string;
}

const isWord = (word: string | null): boolean => word !== null;

interface WorkOf<F extends PackageFamily> extends PackageWork {
  readonly manager: PackageManager & { readonly family: F };
}

export type SystemWork = WorkOf<SystemFamily>;
export type LanguageWork = WorkOf<LanguageFamily>;

export const packageWork = rememberFor((command: ShellCommand): PackageWork | null => {
  const call = readPackageCall(command);
  if (call === null || command.nameWord === null) return null;
  const { manager, prefix, verb } = call;
  return {
    ...call,
    command,
    span: span(command.nameWord.span.start, verb.span.end),
    title: [manager.name, prefix, verb === command.nameWord ? null : verb.value].filter(isWord).join(' '),
  };
});

/** In order of position. */
export const packageWorkOf = rememberFor(({ script }: RunInstruction): readonly PackageWork[] =>
  script.commands.flatMap(command => packageWork(command) ?? []),
);

interface Visitor {
  readonly names: readonly string[];
  visit(command: ShellCommand, instruction: Instruction): void;
}

/** A visitor for the calls of these programs in RUN that do one of these things. */
const onWork =
  <W extends PackageWork>(names: readonly string[]) =>
  (actions: readonly PackageAction[], visit: (work: W, run: RunInstruction) => void): Visitor => ({
    names,
    visit(command, instruction) {
      if (instruction.keyword !== 'RUN') return;
      const work = packageWork(command);
      // Which families the programs belong to, the caller says.
      if (work?.action && actions.includes(work.action)) visit(work as W, instruction);
    },
  });

export const onPackageWork = onWork<SystemWork>(systemManagerNames);
export const onLanguageWork = onWork<LanguageWork>(languageManagerNames);

/** An option among those of the call, whether a word of its own or the value of another: `-o A::B=c`. */
export const hasOption = ({ options }: PackageWork, pattern: RegExp): boolean =>
  options.some(({ value }) => value !== null && pattern.test(value));

/** A computed word that may be an option: `$APT_FLAGS`, or one where only options can stand. */
export const mayHaveMoreOptions = ({ command: { args }, verb, manager }: PackageWork): boolean =>
  args.some(({ value, variables }, index) => {
    if (value !== null) return false;
    const isValue = manager.valued.has(args[index - 1]?.value ?? '');
    return (!isValue && index < args.indexOf(verb)) || variables.some(name => /opt|flag|arg/i.test(name));
  });

/** To dotnet; uv takes `--no-build` and installs. */
const isRestored = (work: PackageWork): boolean =>
  work.manager.family === 'nuget' && hasOption(work, /^--no-(?:restore|build)$/);

/** Installs nothing, and so asks and leaves nothing. */
export const isRehearsal = (work: PackageWork): boolean =>
  hasOption(work, /^(?:--simulate|--dry-run|--just-print|--no-act|--print-uris|-h|--help|--assume-?no)$/) ||
  // To Go it is what the linker is told.
  (work.manager.family !== 'go' && hasOption(work, /^-s$/)) ||
  isRestored(work);

const otherKinds = new Set(['group', 'groups', 'environment', 'module', 'python', 'env']);

/** What is asked for are no packages: `dnf module`, `uv python`. */
export const isOfOtherKind = ({ prefix, verb }: PackageWork): boolean =>
  otherKinds.has(prefix ?? '') || /^group/.test(verb.value ?? '');

/** A file at hand or an address, not a name that the index knows. */
export const isFileOperand = (value: string): boolean =>
  /^[.~]{0,2}\/|^\.{1,3}(?:\[.*\])?$|:\/\/|^(?:file|link):|\.(?:deb|rpm|apk|whl|gem|tar|t?gz|zip)$/.test(
    value,
  );

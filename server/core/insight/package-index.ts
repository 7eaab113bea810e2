// The index of packages: which RUN fetches it, and which others install by it.
import type { DockerfileModel, Instruction, RunInstruction } from '../model/dockerfile/model.ts';
import { posixShells } from '../model/shell/interpreter.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { hasOption, isFileOperand, type PackageWork, packageWorkOf } from './package-work.ts';

/** Programs that call a package manager themselves, or read what it has fetched. */
const indirect = new Set(
  'add-apt-repository ansible-playbook apt-add-repository apt-cache apt-fast apt-file apt-rdepends debootstrap gdebi install_packages make mk-build-deps mmdebstrap nala npx playwright rosdep tasksel'.split(
    ' ',
  ),
);

const systemFolder = /^\/(?:usr\/)?s?bin\//;
const scriptName = /\.(?:sh|bash|py)$/;

/** A script, or a computed program: nobody here knows what it does. */
export function isOpaque({ name, nameWord, args }: ShellCommand): boolean {
  if (nameWord === null) return false;
  if (name === null || indirect.has(name) || scriptName.test(name)) return true;
  if (posixShells.includes(name)) return !args.some(({ value }) => /^-\w*c$/.test(value ?? ''));
  const path = nameWord.value ?? '';
  return name === '.' || name === 'source' || (path.includes('/') && !systemFolder.test(path));
}

/** Looks packages up in the index. */
const needsIndex = ({ action, operands }: PackageWork): boolean =>
  (action === 'install' || action === 'upgrade') &&
  (operands.length === 0 || operands.some(({ value }) => value === null || !isFileOperand(value)));

/** Whether something behind a call in the same RUN installs by the index, or might. */
export function isUsedBehind(run: RunInstruction, { span, manager }: PackageWork): boolean {
  const usesIndex = (work: PackageWork): boolean => needsIndex(work) || work.action === null;
  return (
    packageWorkOf(run).some(
      work => work.span.start > span.start && work.manager.family === manager.family && usesIndex(work),
    ) || run.script.commands.some(command => command.span.start > span.start && isOpaque(command))
  );
}

/** Fetches the index, and goes on by it or not: pacman may do both in one call, as in `-Syu` and `-Sy name`. */
export const fetchesIndex = ({ action, manager, verb }: PackageWork): boolean =>
  action === 'index' || (manager.family === 'pacman' && /^-S\w*y/.test(verb.value ?? ''));

const fetchesIndexItself = (work: PackageWork): boolean =>
  fetchesIndex(work) ||
  (work.manager.family === 'apk' && hasOption(work, /^(?:--no-cache|--update|--update-cache|-\w*U\w*)$/));

/** Whether a call installs by an index of the same kind that another one has fetched. */
export const reliesOnIndex = (work: PackageWork, { manager }: PackageWork): boolean =>
  work.manager.family === manager.family && needsIndex(work) && !fetchesIndexItself(work);

/** The call of a RUN that installs by an index which the RUN has not fetched itself. */
export function reliesOnEarlierIndex(run: RunInstruction, fetched: PackageWork): PackageWork | null {
  const works = packageWorkOf(run).filter(({ manager }) => manager.family === fetched.manager.family);
  const first = works.find(work => fetchesIndex(work) || reliesOnIndex(work, fetched));
  return first === undefined || fetchesIndex(first) ? null : first;
}

/** What an instruction runs: itself, or what it has others run. */
export const runOf = (instruction: Instruction): RunInstruction | null => {
  const inner = instruction.keyword === 'ONBUILD' ? instruction.trigger : instruction;
  return inner?.keyword === 'RUN' ? inner : null;
};

/** The RUNs behind an instruction, those of stages made from its stage included. */
export function runsBehind(
  { instructions, stages }: DockerfileModel,
  { stage, index }: Instruction,
): readonly RunInstruction[] {
  const reached =
    stage === null
      ? instructions.filter(other => other.stage === null)
      : stages.filter(({ chain }) => chain.includes(stage)).flatMap(other => other.instructions);
  return reached.filter(other => other.index > index).flatMap(other => runOf(other) ?? []);
}

/** The RUNs before an instruction, those of the stages it is made from included. */
export function runsBefore(
  { instructions }: DockerfileModel,
  { stage, index }: Instruction,
): readonly RunInstruction[] {
  const reached =
    stage === null
      ? instructions.filter(other => other.stage === null)
      : stage.chain.flatMap(other => other.instructions);
  return reached.filter(other => other.index < index).flatMap(other => runOf(other) ?? []);
}

// What a container of a stage's image starts: by the file, else by its base.
import type { ProcessInstruction, Stage } from '../model/dockerfile/model.ts';
import type { StageInsight } from './stage.ts';

/** The CMD or ENTRYPOINT in force at the end of a stage. */
export function processOf({ chain }: Stage, keyword: 'CMD' | 'ENTRYPOINT'): ProcessInstruction | undefined {
  for (const { instructions } of chain) {
    const found = instructions.findLast(instruction => instruction.keyword === keyword);
    if (found?.keyword === 'CMD' || found?.keyword === 'ENTRYPOINT') return found;
  }
  return undefined;
}

const programName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A CMD that begins with an option holds arguments for the entrypoint. */
const named = (process: ProcessInstruction | undefined): string[] =>
  (process?.script.commands ?? []).flatMap(({ name }) => (name?.startsWith('-') ? [] : (name ?? [])));

const inherited = (command: readonly string[] | null | undefined): string[] =>
  command?.[0] === undefined ? [] : [programName(command[0])];

/** The programs that the container starts by what the file says, else by what its base says. */
export function startedPrograms({ stage, facts }: StageInsight): readonly string[] {
  const entrypoint = processOf(stage, 'ENTRYPOINT');
  const cmd = processOf(stage, 'CMD');
  return [
    ...(entrypoint ? named(entrypoint) : inherited(facts?.entrypoint)),
    // An ENTRYPOINT of the file drops the base's CMD.
    ...(cmd ? named(cmd) : entrypoint ? [] : inherited(facts?.cmd)),
  ];
}

/** The file says what the container starts, so that it need not be the service of its base. */
export const startsOwnProcess = (stage: Stage): boolean =>
  processOf(stage, 'CMD') !== undefined || processOf(stage, 'ENTRYPOINT') !== undefined;

const isScript = (program: string): boolean => /\.(?:sh|bash)$|entrypoint|^start/.test(program);

/**
 * Whether the container runs what its base is made to run: the file names no other program, or names the same one.
 * Undefined where a script decides.
 */
export function runsServiceOfBase({ stage, facts }: StageInsight): boolean | undefined {
  const own = [...named(processOf(stage, 'ENTRYPOINT')), ...named(processOf(stage, 'CMD'))];
  const ofBase = [...inherited(facts?.entrypoint), ...inherited(facts?.cmd)];
  if (own.length === 0 || own.some(name => ofBase.includes(name))) return true;
  return own.some(isScript) ? undefined : false;
}

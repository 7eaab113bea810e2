// Who needs a secret while the image is built: the RUN instructions that read a variable or a file.
import { readsCredential, runsProject } from '../knowledge/credential-readers.ts';
import type {
  DockerfileModel,
  Instruction,
  KeyValue,
  RunInstruction,
  VariablesInstruction,
} from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';

export const isRun = (instruction: Instruction): instruction is RunInstruction =>
  instruction.keyword === 'RUN';

/** The stage is a part of the image that is built, not only of the way there. */
export const isInImage = ({ stage }: Instruction): boolean => stage === null || stage.ships;

const textOf = ({ body, heredocs }: Instruction): string =>
  [body.text, ...heredocs.map(({ content }) => content)].join('\n');

/** A program may read a variable of its environment by its name; the build itself fills in `$NAME`. */
function reads(instruction: Instruction, variable: string): boolean {
  // A name of other characters can be given, but no program asks for it.
  if (!/^\w+$/.test(variable)) return textOf(instruction).includes(variable);
  const pattern = isRun(instruction) ? `\\b${variable}\\b` : `\\$(?:${variable}\\b|\\{${variable}\\b)`;
  return new RegExp(pattern).test(textOf(instruction));
}

/** What the container runs reads its variables when it starts, from wherever they come then. */
const startsContainer = ({ keyword }: Instruction): boolean =>
  keyword === 'CMD' || keyword === 'ENTRYPOINT' || keyword === 'HEALTHCHECK';

/** The instructions behind a declaration that see its variable: ENV lives on in stages made from this one. */
function inScope(
  model: DockerfileModel,
  { keyword, stage, index }: VariablesInstruction,
): readonly Instruction[] {
  if (!stage) return model.instructions.filter(({ keyword: other }) => other === 'FROM');
  const stages = model.stages.filter(other =>
    keyword === 'ENV' ? other.chain.includes(stage) : other === stage,
  );
  return stages.flatMap(({ instructions }) => instructions.filter(other => other.index > index));
}

/** The ARG that gives a variable its value at an instruction, where nothing but that instruction reads it. */
export function argumentFor(
  model: DockerfileModel,
  reader: Instruction,
  variable: string,
): { readonly instruction: VariablesInstruction; readonly pair: KeyValue } | null {
  const instruction = reader.stage?.instructions.findLast(
    (other): other is VariablesInstruction =>
      other.keyword === 'ARG' &&
      other.index < reader.index &&
      other.pairs.some(({ name }) => name === variable),
  );
  const pair = instruction?.pairs.findLast(({ name }) => name === variable);
  if (!instruction || !pair) return null;
  const others = inScope(model, instruction).filter(other => other !== reader && reads(other, variable));
  return others.length === 0 ? { instruction, pair } : null;
}

const calls = ({ script }: RunInstruction, test: (command: ShellCommand) => boolean): boolean =>
  script.commands.some(test);

const isOwnScript = ({ nameWord }: ShellCommand): boolean => /^\.\/|\.sh$/.test(nameWord?.value ?? '');

/**
 * The RUNs that need the value of a variable: those that name it; else those that call a program which looks for it.
 * An argument is there for the build alone: else the RUNs that run code of the project. Null where something other
 * than a RUN reads it: what that is for, nobody can tell.
 */
export function readersOf(
  model: DockerfileModel,
  declaration: VariablesInstruction,
  variable: string,
): readonly RunInstruction[] | null {
  const seeing = inScope(model, declaration).filter(other => !startsContainer(other));
  const naming = seeing.filter(other => reads(other, variable));
  if (!naming.every(isRun)) return null;
  if (naming.length > 0) return naming;
  const runs = seeing.filter(isRun);
  const looking = runs.filter(run => calls(run, ({ name }) => readsCredential(name ?? '', variable)));
  if (looking.length > 0 || declaration.keyword === 'ENV') return looking;
  return runs.filter(run => calls(run, command => runsProject(command.name ?? '') || isOwnScript(command)));
}

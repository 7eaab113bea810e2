// Build secrets: a variable that carries one replaced by `RUN --mount=type=secret`, which leaves nothing behind.
import type {
  CopyInstruction,
  DockerfileModel,
  Instruction,
  KeyValue,
  RunInstruction,
  VariablesInstruction,
  Word,
} from '../model/dockerfile/model.ts';
import { type Edit, insert } from '../text/edit.ts';
import { removePair, removeSource } from './removal.ts';

/** The id under which `docker build --secret` passes what a variable held. */
export const secretId = (variable: string): string => variable.toLowerCase();

/** What the person types to pass the secret from the same variable of their own shell. */
export const secretFlag = (variable: string): string => `--secret id=${secretId(variable)},env=${variable}`;

/** Programs that look for credentials in their environment without being told. */
const readingEnvironment = new Set(
  'aws az bundle cargo composer curl docker dotnet gcloud gem gh git glab go gradle gradlew helm mvn mvnw npm npx pip pip3 pipenv pnpm poetry twine uv vercel yarn'.split(
    ' ',
  ),
);

/** Secrets as variables came with version 1.10 of the Dockerfile syntax. */
export function knowsSecretVariables({ directives }: DockerfileModel): boolean {
  const syntax = directives.find(({ name }) => name === 'syntax')?.value ?? '';
  const version = /dockerfile:1\.(\d+)/.exec(syntax)?.[1];
  return version === undefined || Number(version) >= 10;
}

const textOf = ({ body, heredocs }: Instruction): string =>
  [body.text, ...heredocs.map(({ content }) => content)].join('\n');

const reads = (instruction: Instruction, variable: string): boolean =>
  new RegExp(`\\$(?:${variable}\\b|\\{${variable}\\b)`).test(textOf(instruction));

/** What the container runs reads ENV when it starts, from wherever it comes then. */
const readsAtStart = (declaration: Instruction, { keyword }: Instruction): boolean =>
  declaration.keyword === 'ENV' &&
  (keyword === 'CMD' || keyword === 'ENTRYPOINT' || keyword === 'HEALTHCHECK');

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

const isRun = (instruction: Instruction): instruction is RunInstruction => instruction.keyword === 'RUN';

export const secretMount = (run: RunInstruction, variable: string): Edit =>
  insert(run.keywordSpan.end, ` --mount=type=secret,id=${secretId(variable)},env=${variable}`);

const isMounted = ({ mounts }: RunInstruction, variable: string): boolean =>
  mounts.some(({ type, options }) => type === 'secret' && options.get('id')?.value === secretId(variable));

/**
 * The declaration goes, and each RUN that reads it, or calls a program that might, gets the secret mounted under the
 * same name. Null where something other than a RUN reads it: what that is for, nobody can tell.
 */
export function useSecretMount(
  model: DockerfileModel,
  instruction: VariablesInstruction,
  pair: KeyValue,
): Edit[] | null {
  if (!knowsSecretVariables(model) || !/^[A-Za-z_]\w*$/.test(pair.name)) return null;
  const seeing = inScope(model, instruction);
  const readers = seeing.filter(other => reads(other, pair.name) && !readsAtStart(instruction, other));
  if (!readers.every(isRun)) return null;
  const runs =
    readers.length > 0
      ? readers.filter(isRun)
      : seeing
          .filter(isRun)
          .filter(({ script }) => script.commands.some(({ name }) => readingEnvironment.has(name ?? '')));
  const mounts = runs.filter(run => !isMounted(run, pair.name)).map(run => secretMount(run, pair.name));
  return [removePair(model, instruction, pair), ...mounts];
}

/** Programs that read a file of credentials while an image is built. */
const callsReader = ({ script }: RunInstruction): boolean =>
  script.commands.some(({ name }) => readingEnvironment.has(name ?? '') || name === 'ssh' || name === 'wget');

/** Where COPY puts one of its sources; null where that cannot be known. */
function targetOf({ destination, sources, before }: CopyInstruction, source: Word): string | null {
  if (!destination || destination.value.includes('$')) return null;
  const name = source.value.slice(source.value.lastIndexOf('/') + 1);
  const { value } = destination;
  const isFolder = sources.length > 1 || /(?:^|\/)\.{0,2}$/.test(value);
  const path = isFolder ? `${value.replace(/\/?\.?$/, '')}/${name}` : value;
  if (path.startsWith('/')) return isFolder && value === '/' ? `/${name}` : path;
  const { workdir } = before;
  return workdir.known ? `${workdir.value.replace(/\/$/, '')}/${path.replace(/^(?:\.?\/)+/, '')}` : null;
}

/**
 * The file is mounted in the RUNs of the stage that call a program that might read it, instead of being copied. Null
 * where there is none: then the container needs the file, not the build.
 */
export function mountFileInstead(model: DockerfileModel, copy: CopyInstruction, source: Word): Edit[] | null {
  const runs = (copy.stage?.instructions ?? [])
    .filter(isRun)
    .filter(run => run.index > copy.index && callsReader(run));
  const target = targetOf(copy, source);
  if (runs.length === 0 || target === null) return null;
  const id = source.value.slice(source.value.lastIndexOf('/') + 1).replace(/^\.+/, '');
  const mount = ` --mount=type=secret,id=${id},target=${target}`;
  return [
    removeSource(model, copy, source),
    ...runs.map(({ keywordSpan }) => insert(keywordSpan.end, mount)),
  ];
}

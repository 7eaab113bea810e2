// Build secrets: a variable that carries one replaced by `RUN --mount=type=secret`, which leaves nothing behind.
import { argumentFor, readersOf } from '../insight/secret-readers.ts';
import type {
  DockerfileModel,
  KeyValue,
  RunInstruction,
  VariablesInstruction,
} from '../model/dockerfile/model.ts';
import { type Edit, insert, replace } from '../text/edit.ts';
import { removePair } from './removal.ts';

/** The id under which `docker build --secret` passes what a variable held. */
export const secretId = (variable: string): string => variable.toLowerCase();

/** What the person types to pass the secret from the same variable of their own shell. */
export const secretFlag = (variable: string): string => `--secret id=${secretId(variable)},env=${variable}`;

/**
 * What lets the text use secrets as variables, which came with version 1.10 of the Dockerfile syntax: nothing, or a newer
 * `# syntax=`. Null where another front end than Docker's is asked for.
 */
function syntaxEdits({ directives }: DockerfileModel): Edit[] | null {
  const syntax = directives.find(({ name }) => name === 'syntax');
  if (!syntax) return [];
  const official = /^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?::([\w.-]+))?(?:@.*)?$/.exec(
    syntax.value,
  );
  if (!official) return null;
  const [, tag = ''] = official;
  const [, minor] = /^1\.(\d+)/.exec(tag) ?? [];
  const isOld = minor === undefined ? tag === 'experimental' : Number(minor) < 10;
  const newest = `docker/dockerfile:1${tag.endsWith('-labs') ? '-labs' : ''}`;
  return isOld ? [replace(syntax.valueSpan, newest)] : [];
}

export const isPosix = ({ script: { kind } }: RunInstruction): boolean => kind === 'posix' || kind === 'exec';

const isMounted = ({ mounts }: RunInstruction, variable: string): boolean =>
  mounts.some(({ type, options }) => type === 'secret' && options.get('env')?.value === variable);

export const mountEdit = (run: RunInstruction, mount: string): Edit =>
  insert(run.keywordSpan.end, ` --mount=${mount}`);

/** The secret as a variable of the RUNs, where they have none of that name yet. Null where that cannot be written. */
export function mountVariable(
  model: DockerfileModel,
  runs: readonly RunInstruction[],
  variable: string,
): Edit[] | null {
  const syntax = syntaxEdits(model);
  if (syntax === null || !runs.every(isPosix) || !/^[A-Za-z_]\w*$/.test(variable)) return null;
  const missing = runs.filter(run => !isMounted(run, variable));
  const mount = `type=secret,id=${secretId(variable)},env=${variable}`;
  return missing.length === 0 ? [] : [...syntax, ...missing.map(run => mountEdit(run, mount))];
}

/** The declaration goes, and each RUN that needs its value gets the secret under the same name. */
export function useSecretMount(
  model: DockerfileModel,
  instruction: VariablesInstruction,
  pair: KeyValue,
): Edit[] | null {
  const readers = instruction.onbuild === null ? readersOf(model, instruction, pair.name) : null;
  const mounts = readers && mountVariable(model, readers, pair.name);
  return mounts && [removePair(model, instruction, pair), ...mounts];
}

/** The ARG goes whose value the instruction alone has read. */
export function removeArgumentOf(
  model: DockerfileModel,
  reader: VariablesInstruction,
  variable: string,
): Edit[] {
  const argument = argumentFor(model, reader, variable);
  return argument ? [removePair(model, argument.instruction, argument.pair)] : [];
}

// A plan: from a Dockerfile or a Compose service, and what a person has chosen, to what is built.
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import type { BuildRequest } from '../../core/build/command-line.ts';
import type { ServiceBuild } from '../../core/build/compose.ts';
import { readArgument, readSecret } from '../../core/build/given.ts';
import type { BuildQuestions } from '../../core/build/questions.ts';
import type { BuildReading } from '../../core/build/reading.ts';
import { proposedTag } from '../../core/build/tag.ts';
import type { Language } from '../../core/engine/rule.ts';
import type { DockerfileModel } from '../../core/model/dockerfile/model.ts';
import { readTextFile } from '../text-file.ts';
import { commitOf } from './commit.ts';

export interface BuildChoices {
  /** Of a Compose file; needed where it builds several. */
  readonly service?: string | undefined;
  /** A folder, seen from the current one. */
  readonly context?: string | undefined;
  readonly tag?: string | undefined;
  readonly target?: string | undefined;
  /** `NAME=value`, or `NAME` for what the environment says. */
  readonly args: readonly string[];
  /** `id=token,src=file`, `id=token,env=VARIABLE`. */
  readonly secrets: readonly string[];
  readonly platforms: readonly string[];
  readonly builder?: string | undefined;
  readonly isFresh: boolean;
}

export interface BuildPlan {
  readonly request: BuildRequest;
  readonly model: DockerfileModel;
  readonly questions: BuildQuestions;
  /** The Dockerfile is written in the Compose file. */
  readonly isInline: boolean;
}

export interface BuildSource {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  readonly language: Language;
  readonly reading: BuildReading;
}

/** Something that a person can do something about; whole sentences. */
export class BuildProblem extends Error {}

function refuse(message: string): never {
  throw new BuildProblem(message);
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

async function dockerfileText(file: string): Promise<string> {
  const read = await readTextFile(file);
  return 'text' in read ? read.text : refuse(`${file} ${read.problem}. Name the Dockerfile to build.`);
}

/** Variables as Compose takes them: from the environment, else from the `.env` beside the file. */
async function variablesBeside(
  folder: string,
  reading: BuildReading,
): Promise<(name: string) => string | undefined> {
  const read = await readTextFile(path.join(folder, '.env'));
  const found = reading.variables('text' in read ? read.text : '');
  return name => process.env[name] ?? found.get(name);
}

interface Start {
  readonly dockerfile: string;
  readonly text: string;
  readonly isInline: boolean;
  readonly context: string;
  readonly service: ServiceBuild | null;
}

async function startOf(
  { file, text, language, reading }: BuildSource,
  choices: BuildChoices,
): Promise<Start> {
  const folder = path.dirname(file);
  const given = choices.context === undefined ? null : path.resolve(choices.context);
  if (language === 'dockerfile') {
    return { dockerfile: file, text, isInline: false, context: given ?? folder, service: null };
  }
  const service = reading.service(text, choices.service, await variablesBeside(folder, reading));
  if (typeof service === 'string') return refuse(service);
  const context = given ?? path.resolve(folder, service.context);
  const dockerfile = path.resolve(folder, service.context, service.dockerfile);
  if (service.inline !== null) return { dockerfile, text: service.inline, isInline: true, context, service };
  return { dockerfile, text: await dockerfileText(dockerfile), isInline: false, context, service };
}

/** What is chosen later wins. */
const byName = <Item>(key: (item: Item) => string, ...lists: readonly (readonly Item[])[]): Item[] => [
  ...new Map(lists.flat().map(item => [key(item), item])).values(),
];

async function secretsOf(
  folder: string,
  service: ServiceBuild | null,
  texts: readonly string[],
): Promise<BuildRequest['secrets']> {
  const given = texts.map(text => {
    const secret = readSecret(text, name => process.env[name] !== undefined);
    if (typeof secret === 'string') return refuse(secret);
    return { ...secret, file: secret.file === null ? null : path.resolve(secret.file) };
  });
  const written = (service?.secrets ?? []).map(secret => ({
    ...secret,
    file: secret.file === null ? null : path.resolve(folder, secret.file),
  }));
  const secrets = byName(({ id }) => id, written, given);
  for (const { id, file, env } of secrets) {
    if (file !== null && !(await exists(file)))
      refuse(`There is no file ${file} for the secret ${id}. Name another with id=${id},src=FILE.`);
    if (env !== null && process.env[env] === undefined)
      refuse(
        `The variable ${env} for the secret ${id} is not set. Set it, or name a file with id=${id},src=FILE.`,
      );
  }
  return secrets;
}

export async function planBuild(source: BuildSource, choices: BuildChoices): Promise<BuildPlan> {
  const { dockerfile, text, isInline, context, service } = await startOf(source, choices);
  const folder = path.dirname(source.file);
  if (!(await stat(context).catch(() => null))?.isDirectory()) {
    refuse(`The context ${context} is no folder. Name one that there is.`);
  }
  const target = choices.target ?? service?.target ?? null;
  const model = source.reading.dockerfile(text, target);
  const questions = source.reading.questions(model);
  const args = byName(({ name }) => name, service?.args ?? [], choices.args.map(readArgument));
  const own = proposedTag(
    path.basename(service ? folder : context),
    service ? null : await commitOf(context),
    service?.name,
  );
  return {
    request: {
      dockerfile,
      context,
      tag: choices.tag ?? service?.image ?? own,
      target,
      args,
      secrets: await secretsOf(folder, service, choices.secrets),
      agents: questions.agents,
      platforms: choices.platforms.length > 0 ? choices.platforms : (service?.platforms ?? []),
      builder: choices.builder ?? null,
      isFresh: choices.isFresh,
    },
    model,
    questions,
    isInline,
  };
}

/** Arguments and secrets that the file asks for, and nobody has given. */
export const openQuestions = ({
  request,
  questions,
}: BuildPlan): Pick<BuildQuestions, 'args' | 'secrets'> => ({
  args: questions.args.filter(({ name }) => !request.args.some(arg => arg.name === name)),
  secrets: questions.secrets.filter(({ id }) => !request.secrets.some(secret => secret.id === id)),
});

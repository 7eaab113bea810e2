// Stacks: what a Compose file starts, in a project of its own, gone afterwards.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseDockerfile } from '../../../server/core/model/dockerfile/parse.ts';
import { folderWith, provideImage, tryCompose } from './lab.ts';
import { type Outcome, tail } from './process.ts';
import { contextFiles, type Files } from './sources.ts';

export interface StackInput {
  readonly text: string;
  /** Files beside it: path -> content. */
  readonly files: Files;
  /** A second Compose file that is laid over it. */
  readonly override?: string;
}

export interface Stack {
  /** The container of a service. */
  container(service: string): Promise<string>;
}

/** With what the Dockerfiles beside it copy. */
function allFiles(files: Files): Files {
  const result: Record<string, string> = { ...files };
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith('Dockerfile')) continue;
    const folder = path.slice(0, -'Dockerfile'.length);
    for (const [name, content] of Object.entries(contextFiles(text, {}))) result[folder + name] ??= content;
  }
  return result;
}

async function prepare({
  text,
  files,
  override,
}: StackInput): Promise<(...args: string[]) => Promise<Outcome>> {
  const laid = override === undefined ? {} : { 'override.yaml': override };
  const folder = await folderWith({ ...allFiles(files), 'compose.yaml': text, ...laid });
  const options = ['compose.yaml', ...Object.keys(laid)].flatMap(name => ['--file', join(folder, name)]);
  const project = `test-${randomUUID()}`;
  // The engine's first builder takes base images by the names that the engine knows.
  const env = { COMPOSE_DOCKER_CLI_BUILD: '0' };
  return (...args) => tryCompose(['--project-name', project, ...options, ...args], { cwd: folder, env });
}

/** Whether Compose takes the file. */
export const readStack = async (input: StackInput): Promise<Outcome> => (await prepare(input))('config');

/** The images that a stack needs, its own ones not among them. */
const imagesOf = ({ text, files }: StackInput): string[] => [
  ...[...text.matchAll(/^\s+image: *([\w./:-]+)$/gm)].flatMap(([, name]) => name ?? []),
  ...Object.entries(files).flatMap(([path, content]) =>
    path.endsWith('Dockerfile')
      ? parseDockerfile(content).stages.flatMap(({ base }) =>
          base.kind === 'image' ? [base.reference.text] : [],
        )
      : [],
  ),
];

/** Starts the services for as long as they are used. */
export async function withStack(input: StackInput, use: (stack: Stack) => Promise<void>): Promise<void> {
  for (const image of imagesOf(input)) await provideImage(image);
  const compose = await prepare(input);
  const must = async (...args: string[]): Promise<string> => {
    const { ok, stdout, output } = await compose(...args);
    if (!ok) throw new Error(`docker-compose ${args.join(' ')} failed:\n${input.text}\n${tail(output)}`);
    return stdout.trim();
  };
  try {
    await must('up', '--detach');
    await use({ container: service => must('ps', '--quiet', service) });
  } finally {
    await compose('down', '--volumes', '--timeout', '0');
  }
}

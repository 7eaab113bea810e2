// The laboratory as a test sees it: builds of texts, and the engine that runs what was built.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { basesOf, imageFor } from './base-names.ts';
import type { BuildRequest } from './builder.ts';
import { addressVariable, builderAt, type LabAddress } from './laboratory.ts';
import { must, type Outcome, type RunOptions, run, tail } from './process.ts';

function readAddress(): LabAddress {
  const text = process.env[addressVariable];
  if (text === undefined) throw new Error('These tests need a laboratory: npm run test:docker');
  return JSON.parse(text);
}

const address = readAddress();
const builder = builderAt(address);
const { docker: client, dockerEnv } = address;

export const { busybox, work } = address;
export const laboratory: LabAddress = address;
export const { isModern } = builder;

/** What leads a program that looks for an engine to this one. */
export const dockerEnvironment = dockerEnv;

/** The standard output of a docker command that has to succeed. */
export const docker = (...args: readonly string[]): Promise<string> => must(client, args, { env: dockerEnv });

/** The outcome of a docker command that may fail. */
export const tryDocker = (args: readonly string[], options: RunOptions = {}): Promise<Outcome> =>
  run(client, args, { ...options, env: { ...dockerEnv, ...options.env } });

/** The same for `docker-compose`. */
export const tryCompose = (args: readonly string[], options: RunOptions = {}): Promise<Outcome> =>
  run('docker-compose', args, { ...options, env: { ...dockerEnv, ...options.env } });

/** A new folder with these files: path -> content. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(work, 'folder-'));
  for (const [path, content] of Object.entries(files)) {
    const place = join(folder, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, content, { mode: 0o755 });
  }
  return folder;
}

export interface BuildInput extends Omit<BuildRequest, 'dockerfile' | 'image' | 'bases'> {
  readonly text: string;
}

async function start({ text, ...rest }: BuildInput, image: string | null): Promise<Outcome> {
  const dockerfile = await folderWith({ Dockerfile: text });
  return builder.build({ ...rest, dockerfile, image, bases: basesOf(text) });
}

/** Builds, and keeps nothing. */
export const tryBuild = (input: BuildInput): Promise<Outcome> => start(input, null);

/** The image of a text that has to build, in the engine. */
export async function build(input: BuildInput): Promise<string> {
  const image = `${address.registry}/built/${randomUUID()}:1`;
  const { ok, output } = await start(input, image);
  if (!ok) throw new Error(`This does not build:\n${input.text}\n${tail(output)}`);
  if (builder.isModern) await docker('pull', '--quiet', image);
  return image;
}

/** Makes the base that stands in for an image known to the engine under that image's name. */
export async function provideImage(name: string): Promise<void> {
  const base = imageFor(name);
  if (base === undefined) throw new Error(`Nothing stands in for ${name}.`);
  await docker('pull', '--quiet', base);
  await docker('tag', base, name);
}

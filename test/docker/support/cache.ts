// The cache: folders that take minutes to make, kept between runs outside the repository.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const root = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'bulkhead-test');

/** A version for what is made from these. */
export const fingerprint = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);

/** Of other versions, or a draft of a process that was ended before it was done. */
const isOutdated = (folder: string, name: string): boolean =>
  folder.startsWith(`${name}@`) ||
  (folder.startsWith(`.${name}@`) && !existsSync(`/proc/${folder.slice(folder.lastIndexOf('.') + 1)}`));

/**
 * The folder of a thing in a version, made where it is not there; those of other versions go. It appears as a whole or
 * not at all.
 */
export async function cached(
  name: string,
  version: string,
  make: (into: string) => Promise<void>,
): Promise<string> {
  const folder = join(root, `${name}@${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(root, { recursive: true });
  const outdated = (await readdir(root)).filter(other => isOutdated(other, name));
  await Promise.all(outdated.map(other => rm(join(root, other), { recursive: true, force: true })));
  console.log(`Making ${name} ${version}, once`);
  const started = performance.now();
  const draft = join(root, `.${name}@${version}.${process.pid}`);
  await mkdir(draft);
  try {
    await make(draft);
    // Another run may have been quicker.
    if (!existsSync(folder)) await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  console.log(`Made ${name} in ${Math.round((performance.now() - started) / 1000)} s`);
  return folder;
}

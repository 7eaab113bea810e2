// The repository as the scripts see it: where it is, and the files in it.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export const inRepository = (...parts: readonly string[]): string => path.join(root, ...parts);

/** What lies below a folder and is wanted; paths are relative to the root, with `/`, sorted. */
export function filesBelow(folder: string, isWanted: (path: string) => boolean): string[] {
  return readdirSync(inRepository(folder), { recursive: true, encoding: 'utf8' })
    .map(name => `${folder}/${name.replaceAll(path.sep, '/')}`)
    .filter(isWanted)
    .sort();
}

// Ignoring: which files and folders the ignore files of a repository leave out.
import { type IgnoreFile, readIgnoreFile } from '../core/model/gitignore.ts';
import type { FileSystem, Location } from './files.ts';

/** An ignore file and the folder that its lines are about. */
export interface Ignoring {
  readonly folder: Location;
  readonly verdict: IgnoreFile;
}

export async function ignoringAt(files: FileSystem, folder: Location): Promise<Ignoring[]> {
  const text = await files.read(files.resolve(folder, '.gitignore'));
  return text === null ? [] : [{ folder, verdict: readIgnoreFile(text) }];
}

/** The ignore files of the folders above, up to the root of the repository; null outside of one. */
export async function ignoringAbove(files: FileSystem, folder: Location): Promise<Ignoring[] | null> {
  const found: Ignoring[] = [];
  for (let at: Location | null = folder; at !== null; at = files.parent(at)) {
    if (at !== folder) found.unshift(...(await ignoringAt(files, at)));
    const entries = await files.list(at);
    if (entries?.some(({ name }) => name === '.git')) return found;
  }
  return null;
}

/** The deepest ignore file that mentions the path decides. */
export function isIgnored(
  files: FileSystem,
  ignoring: readonly Ignoring[],
  location: Location,
  isFolder: boolean,
): boolean {
  for (const { folder, verdict } of [...ignoring].reverse()) {
    const path = files.relative(folder, location) ?? '';
    const ignored = verdict(isFolder ? `${path}/` : path);
    if (ignored !== null) return ignored;
  }
  return false;
}

// Env files: their text, and whether a repository takes them in.
import type { EnvFile } from '../core/engine/facts.ts';
import type { FileSystem, Location } from './files.ts';
import { ignoringAbove, ignoringAt, isIgnored } from './ignoring.ts';

/** A longer one is something else. */
const longest = 200_000;

/** In a repository, and nothing there ignores it or a folder that it is in. */
async function isTakenIn(files: FileSystem, location: Location): Promise<boolean> {
  const folder = files.parent(location);
  const above = folder === null ? null : await ignoringAbove(files, folder);
  if (folder === null || above === null) return false;
  const ignoring = [...above, ...(await ignoringAt(files, folder))];
  if (isIgnored(files, ignoring, location, false)) return false;
  for (let at: Location | null = folder; at !== null; at = files.parent(at)) {
    const inRepository = ignoring.filter(
      each => each.folder !== at && files.relative(each.folder, at) !== null,
    );
    if (inRepository.length > 0 && isIgnored(files, inRepository, at, true)) return false;
  }
  return true;
}

export async function readEnvFile(files: FileSystem, location: Location): Promise<EnvFile | null> {
  const text = await files.read(location);
  if (text === null || text.length > longest) return null;
  return { text, takenIn: await isTakenIn(files, location) };
}

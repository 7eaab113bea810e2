// Search: the Dockerfiles and Compose files below a folder, by name, but for what a repository ignores.
import { languageOf } from '../core/engine/language.ts';
import type { Language } from '../core/engine/rule.ts';
import type { FileSystem, Location } from './files.ts';
import { type IgnoreFile, readIgnoreFile } from './ignore-file.ts';

export interface FoundFile {
  readonly location: Location;
  readonly language: Language;
}

/** Never looked into, ignored or not. */
const skippedFolders = new Set(['.git', 'node_modules']);

/** An ignore file and the folder that its lines are about. */
interface Ignoring {
  readonly folder: Location;
  readonly verdict: IgnoreFile;
}

async function ignoringAt(files: FileSystem, folder: Location): Promise<Ignoring[]> {
  const text = await files.read(files.resolve(folder, '.gitignore'));
  return text === null ? [] : [{ folder, verdict: readIgnoreFile(text) }];
}

/** The ignore files of the folders above, up to the root of the repository; none outside of one. */
async function ignoringAbove(files: FileSystem, folder: Location): Promise<Ignoring[]> {
  const found: Ignoring[] = [];
  for (let at: Location | null = folder; at !== null; at = files.parent(at)) {
    if (at !== folder) found.unshift(...(await ignoringAt(files, at)));
    const entries = await files.list(at);
    if (entries?.some(({ name }) => name === '.git')) return found;
  }
  return [];
}

/** Folders by name, files among them. `onFolder` is called before each folder is read; what it throws ends the search. */
export async function search(
  files: FileSystem,
  root: Location,
  onFolder: () => void = () => {},
): Promise<readonly FoundFile[]> {
  /** The deepest ignore file that mentions the path decides. */
  const isIgnored = (ignoring: readonly Ignoring[], location: Location, isFolder: boolean): boolean => {
    for (const { folder, verdict } of [...ignoring].reverse()) {
      const path = files.relative(folder, location) ?? '';
      const ignored = verdict(isFolder ? `${path}/` : path);
      if (ignored !== null) return ignored;
    }
    return false;
  };

  const found: FoundFile[] = [];
  const visit = async (folder: Location, above: readonly Ignoring[]): Promise<void> => {
    onFolder();
    const ignoring = [...above, ...(await ignoringAt(files, folder))];
    const entries = [...((await files.list(folder)) ?? [])];
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, kind } of entries) {
      const location = files.resolve(folder, name);
      if (kind === 'folder') {
        if (!skippedFolders.has(name) && !isIgnored(ignoring, location, true))
          await visit(location, ignoring);
      } else {
        const language = languageOf(name);
        if (language && !isIgnored(ignoring, location, false)) found.push({ location, language });
      }
    }
  };
  await visit(root, await ignoringAbove(files, root));
  return found;
}

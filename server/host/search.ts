// Search: the Dockerfiles and Compose files below a folder, by name, but for what a repository ignores.
import { languageOf } from '../core/engine/language.ts';
import type { Language } from '../core/engine/rule.ts';
import type { FileSystem, Location } from './files.ts';
import { type Ignoring, ignoringAbove, ignoringAt, isIgnored } from './ignoring.ts';

export interface FoundFile {
  readonly location: Location;
  readonly language: Language;
}

/** Never looked into, ignored or not. */
const skippedFolders = new Set(['.git', 'node_modules']);

/** Folders by name, files among them. `onFolder` is called before each folder is read; what it throws ends the search. */
export async function search(
  files: FileSystem,
  root: Location,
  onFolder: () => void = () => {},
): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  const visit = async (folder: Location, above: readonly Ignoring[]): Promise<void> => {
    onFolder();
    const ignoring = [...above, ...(await ignoringAt(files, folder))];
    const entries = [...((await files.list(folder)) ?? [])];
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, kind } of entries) {
      const location = files.resolve(folder, name);
      if (kind === 'folder') {
        if (!skippedFolders.has(name) && !isIgnored(files, ignoring, location, true))
          await visit(location, ignoring);
      } else {
        const language = languageOf(name);
        if (language && !isIgnored(files, ignoring, location, false)) found.push({ location, language });
      }
    }
  };
  await visit(root, (await ignoringAbove(files, root)) ?? []);
  return found;
}

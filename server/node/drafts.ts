// Drafts: what a run has decided to write, seen as if it stood on disk already.
import type { FileSystem, FolderEntry, Location } from '../host/files.ts';

export interface Drafts extends FileSystem {
  put(location: Location, text: string): void;
  /** Undefined where nothing was decided. */
  drafted(location: Location): string | undefined;
}

export function draftsOver(files: FileSystem): Drafts {
  const texts = new Map<Location, string>();
  /** By folder and name, with the folders on the way to a draft. */
  const entries = new Map<Location, Map<string, FolderEntry>>();

  const enter = (location: Location, kind: FolderEntry['kind']): void => {
    const folder = files.parent(location);
    const name = folder === null ? null : files.relative(folder, location);
    if (folder === null || name === null) return;
    const known = entries.get(folder);
    if (known) known.set(name, { name, kind });
    else {
      entries.set(folder, new Map([[name, { name, kind }]]));
      enter(folder, 'folder');
    }
  };

  return {
    ...files,
    put(location, text) {
      texts.set(location, text);
      enter(location, 'file');
    },
    drafted: location => texts.get(location),
    read: async location => texts.get(location) ?? files.read(location),
    async list(folder) {
      const listed = await files.list(folder);
      const drafted = entries.get(folder);
      if (!drafted) return listed;
      const all = new Map(drafted);
      for (const entry of listed ?? []) all.set(entry.name, entry);
      return [...all.values()];
    },
  };
}

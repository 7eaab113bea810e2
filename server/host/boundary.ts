// The boundary: how far from a document other files are read. Beyond its repository nothing is.
import type { FileSystem, Location } from './files.ts';

export interface Boundary {
  /** True for what lies in the document's repository, or in its folder where there is no repository. */
  holds(document: Location, location: Location): Promise<boolean>;
  /** Something may have become a repository. */
  forget(): void;
}

async function rootOf(files: FileSystem, folder: Location): Promise<Location> {
  for (let at: Location | null = folder; at !== null; at = files.parent(at)) {
    const entries = await files.list(at);
    if (entries?.some(({ name }) => name === '.git')) return at;
  }
  return folder;
}

export function boundaryIn(files: FileSystem): Boundary {
  const roots = new Map<Location, Promise<Location>>();
  return {
    async holds(document, location) {
      const folder = files.parent(document) ?? document;
      const root = roots.get(folder) ?? rootOf(files, folder);
      roots.set(folder, root);
      return files.relative(await root, location) !== null;
    },
    forget: () => roots.clear(),
  };
}

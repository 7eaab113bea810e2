// Sets of Compose files that the configuration puts together: where their files are, and how a file of one sees them.
import type { ComposeSets } from '../core/engine/config/compose-sets.ts';
import type { Merged } from '../core/engine/config/merge.ts';
import type { FileSet } from '../core/model/compose/neighbours/partners.ts';
import type { FileSystem, Location } from './files.ts';

const withPaths = ({ files, envFiles }: FileSet, to: (path: string) => string): FileSet => ({
  files: files.map(to),
  envFiles: envFiles.map(to),
});

/** The sets with locations in place of paths. */
export const setsFrom = (files: FileSystem, folder: Location, sets: ComposeSets): ComposeSets =>
  new Map([...sets].map(([name, set]) => [name, withPaths(set, path => files.resolve(folder, path))]));

/** The path from a folder to a place that need not be below it. */
function pathFrom({ parent, relative }: FileSystem, folder: Location, to: Location): string {
  let up = '';
  for (let at: Location | null = folder; at !== null; at = parent(at)) {
    const path = relative(at, to);
    if (path !== null) return up + path;
    up += '../';
  }
  return to;
}

/** The set that holds for a document, seen from its folder: the chosen one if it is in that, else the first that it is in. */
export function setFor(files: FileSystem, { composeSets, set }: Merged, document: Location): FileSet | null {
  const holding = [...composeSets].filter(([, each]) => each.files.includes(document));
  const [, found] = holding.find(([name]) => name === set) ?? holding[0] ?? [];
  const folder = files.parent(document);
  return found && folder !== null ? withPaths(found, to => pathFrom(files, folder, to)) : null;
}

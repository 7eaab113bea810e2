// Discovery: the files that make up a project where nobody names them.
import { folderOf, joinPath } from './paths.ts';

export const defaultNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

export const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** The first of the usual names in a folder or one above it, with its override; none where there is none. */
export function discoverFiles(folder: string, exists: (path: string) => boolean): string[] {
  const firstIn = (at: string, names: readonly string[]): string[] =>
    names
      .map(name => joinPath(at, name))
      .filter(exists)
      .slice(0, 1);
  for (let at = folder; ; at = folderOf(at)) {
    const found = firstIn(at, defaultNames);
    if (found.length > 0) return [...found, ...firstIn(at, overrideNames)];
    if (folderOf(at) === at) return [];
  }
}

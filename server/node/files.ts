// Files on disk, by absolute paths with `/` on every system.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { FileSystem, FolderEntry, Location } from '../host/files.ts';
import { readTextFile } from './text-file.ts';

/** The location of a path, seen from the current folder. */
export const locationOf = (...parts: readonly string[]): Location =>
  path.resolve(...parts).replaceAll(path.sep, '/');

export const diskFiles: FileSystem = {
  async read(location) {
    const file = await readTextFile(location);
    return 'text' in file ? file.text : null;
  },
  async list(folder) {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.flatMap((entry): FolderEntry[] => {
        if (entry.isFile()) return [{ name: entry.name, kind: 'file' }];
        return entry.isDirectory() ? [{ name: entry.name, kind: 'folder' }] : [];
      });
    } catch {
      return null;
    }
  },
  resolve: (folder, relative) => locationOf(folder, relative),
  parent(location) {
    const parent = path.dirname(location).replaceAll(path.sep, '/');
    return parent === location ? null : parent;
  },
  relative(folder, location) {
    const relative = path.relative(folder, location).replaceAll(path.sep, '/');
    return relative === '..' || relative.startsWith('../') || path.isAbsolute(relative) ? null : relative;
  },
};

// Build context: which files a `COPY .` could bring along, listed within bounds.
import type { BuildContext } from '../core/engine/facts.ts';
import type { FileSystem, Location } from './files.ts';

const maximumFiles = 5_000;
const maximumDepth = 6;
/** Folders that hold other people's files by the thousand: what stands in them is not the author's secret. */
const skipped = new Set(['.git', 'node_modules', '.venv', 'vendor', 'target']);

interface Listing {
  readonly files: readonly string[];
  readonly complete: boolean;
}

async function listFiles(files: FileSystem, root: Location): Promise<Listing | null> {
  const found: string[] = [];
  let complete = true;
  let level: readonly { folder: Location; prefix: string }[] = [{ folder: root, prefix: '' }];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === maximumDepth) return { files: found, complete: false };
    const next: { folder: Location; prefix: string }[] = [];
    for (const { folder, prefix } of level) {
      const entries = await files.list(folder);
      if (entries === null && depth === 0) return null;
      for (const { name, kind } of entries ?? []) {
        if (kind === 'file') found.push(prefix + name);
        else if (!skipped.has(name))
          next.push({ folder: files.resolve(folder, name), prefix: `${prefix}${name}/` });
        if (found.length >= maximumFiles) return { files: found, complete: false };
        if (kind === 'folder' && skipped.has(name)) complete = false;
      }
    }
    level = next;
  }
  return { files: found, complete };
}

/** The context at a folder as a build with this Dockerfile sees it: its own ignore file wins over the folder's. */
export async function readContext(
  files: FileSystem,
  folder: Location,
  dockerfile: Location,
): Promise<BuildContext | null> {
  const listing = await listFiles(files, folder);
  if (!listing) return null;
  const own = files.relative(folder, dockerfile);
  for (const path of [...(own === null ? [] : [`${own}.dockerignore`]), '.dockerignore']) {
    const text = await files.read(files.resolve(folder, path));
    if (text !== null) return { ...listing, ignoreFile: { path, text } };
  }
  return { ...listing, ignoreFile: null };
}

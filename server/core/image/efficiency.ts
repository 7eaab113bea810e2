// Efficiency, as dive defines it: the least that each path needed, over all that was written to it.
import type { Entry } from './entry.ts';
import { blobsBelow, type FileTree } from './file-tree.ts';

interface Path {
  smallest: number;
  all: number;
}

/**
 * Counted are the leaves of each layer. A file that is taken away counts as one of no bytes, a folder as one of all the
 * bytes that are in it; marks that empty a folder are not seen.
 */
export class Efficiency {
  readonly #paths = new Map<string, Path>();

  /** Before the layer is put on top of the tree. */
  add(entries: readonly Entry[], tree: FileTree): void {
    const parents = new Set<string>();
    for (const { path, kind } of entries) {
      if (kind === 'opaque') continue;
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        const parent = path.slice(0, at);
        if (parents.has(parent)) break;
        parents.add(parent);
      }
    }
    for (const entry of entries) {
      const { path, kind } = entry;
      if (kind === 'opaque' || path === '' || parents.has(path)) continue;
      this.#count(path, sizeOf(entry, tree));
    }
  }

  #count(path: string, size: number): void {
    const known = this.#paths.get(path);
    if (known) {
      known.smallest = Math.min(known.smallest, size);
      known.all += size;
    } else {
      this.#paths.set(path, { smallest: size, all: size });
    }
  }

  /** From 0 to 1. */
  get score(): number {
    let smallest = 0;
    let all = 0;
    for (const path of this.#paths.values()) {
      smallest += path.smallest;
      all += path.all;
    }
    return all === 0 ? 1 : smallest / all;
  }
}

function sizeOf({ kind, path, size }: Entry, tree: FileTree): number {
  if (kind === 'file') return size;
  const removed = kind === 'whiteout' ? tree.find(path) : undefined;
  if (!removed?.children) return 0;
  let sum = 0;
  for (const { blob, isHardLink } of blobsBelow(removed)) if (!isHardLink) sum += blob.fileSize;
  return sum;
}

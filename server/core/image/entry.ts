// Entries of a layer: what its archive says is there, or is there no longer.

export type EntryKind = 'file' | 'folder' | 'link' | 'hardlink' | 'other' | 'whiteout' | 'opaque';

export interface Entry {
  /** Without slashes at its ends; of a whiteout the path that is gone, of an opaque mark the folder that is emptied. */
  readonly path: string;
  readonly kind: EntryKind;
  /** The bytes of a file, the length of a link's target; as engines count them, nothing else has a size. */
  readonly size: number;
  /** Of a hard link the path that has the bytes. */
  readonly target: string;
  /** Tells files of the same content; null where nobody looked. */
  readonly digest: string | null;
}

/** A layer as it was read. */
export interface LayerContent {
  readonly entries: readonly Entry[];
  /** Bytes of its archive, unpacked. */
  readonly archiveSize: number;
}

/** Without `.`, `..` and doubled slashes: `./usr//bin/` is `usr/bin`. */
export function cleanPath(path: string): string {
  if (!/(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const whiteout = '.wh.';

/** A file of this name says that something is gone. */
export function markOf(path: string): Pick<Entry, 'path' | 'kind'> | null {
  const at = path.lastIndexOf('/') + 1;
  if (!path.startsWith(whiteout, at)) return null;
  const folder = path.slice(0, Math.max(at - 1, 0));
  if (path.startsWith(`${whiteout}${whiteout}.opq`, at)) return { path: folder, kind: 'opaque' };
  // Other names that begin so are notes of a file system to itself.
  if (path.startsWith(`${whiteout}${whiteout}`, at)) return { path, kind: 'other' };
  return { path: path.slice(0, at) + path.slice(at + whiteout.length), kind: 'whiteout' };
}

// The account of an image: what each layer brought, changed and took away, what of it was wasted, and what is large.
import { Efficiency } from './efficiency.ts';
import type { Entry, LayerContent } from './entry.ts';
import { type Blob, FileTree, type Node } from './file-tree.ts';
import { Largest } from './largest.ts';

export interface Tally {
  readonly files: number;
  readonly bytes: number;
}

export interface LargeFile {
  readonly path: string;
  readonly size: number;
  readonly layer: number;
  /** The layer in which it is overwritten or removed. */
  readonly goneBy: number | null;
}

/** Layers are numbered from 0, the lowest. Bytes are those of files and of the targets of links. */
export interface LayerAccount {
  /** All that it wrote. */
  readonly size: number;
  readonly archiveSize: number;
  readonly added: Tally;
  /** Written anew. */
  readonly changed: Tally;
  /** The same bytes once more: an owner, a mode or a time was changed. */
  readonly rewritten: Tally;
  readonly removed: Tally;
  /** Of what it wrote, what is not there in the end. */
  readonly wasted: number;
  /** By which layers, in order. */
  readonly wastedBy: readonly { readonly layer: number; readonly bytes: number }[];
  readonly largest: readonly LargeFile[];
}

export interface LargeFolder extends Tally {
  readonly path: string;
}

export interface Duplicate {
  readonly size: number;
  readonly paths: readonly string[];
  /** What all but one of them take. */
  readonly surplus: number;
  /** The layer of the last one. */
  readonly layer: number;
}

/** A place that holds what an image does not need. */
export interface Place {
  /** `~` is the home of any account. */
  readonly folder: string;
  /** What it is, for people. */
  readonly what: string;
  /** The rule that knows the cure. */
  readonly rule: string;
}

export interface Leftover extends LargeFolder {
  readonly place: Place;
  /** Bytes by layer, in order. */
  readonly layers: readonly { readonly layer: number; readonly bytes: number }[];
}

export interface Account {
  readonly layers: readonly LayerAccount[];
  /** Of all layers. */
  readonly size: number;
  /** What is there in the end. */
  readonly final: Tally;
  readonly wasted: number;
  readonly efficiency: number;
  readonly largestFiles: readonly LargeFile[];
  readonly largestFolders: readonly LargeFolder[];
  readonly leftovers: readonly Leftover[];
  readonly duplicates: readonly Duplicate[];
  readonly tree: FileTree;
}

const mostListed = 20;

class Count {
  files = 0;
  bytes = 0;
  add(bytes: number): void {
    this.files++;
    this.bytes += bytes;
  }
}

class LayerCounts {
  size = 0;
  wasted = 0;
  readonly added = new Count();
  readonly changed = new Count();
  readonly rewritten = new Count();
  readonly removed = new Count();
  readonly wastedBy = new Map<number, number>();
  readonly largest = new Largest<{ path: string; blob: Blob }>(mostListed / 2);

  written({ path }: Entry, blob: Blob): void {
    this.size += blob.size;
    this.largest.add({ path, blob }, blob.size);
  }
}

const byLayer = (counts: ReadonlyMap<number, number>): { layer: number; bytes: number }[] =>
  [...counts].map(([layer, bytes]) => ({ layer, bytes })).sort((a, b) => a.layer - b.layer);

const largeFile = ({ path, blob }: { path: string; blob: Blob }): LargeFile => ({
  path: `/${path}`,
  size: blob.size,
  layer: blob.layer,
  goneBy: blob.goneBy,
});

export function accountFor(contents: readonly LayerContent[], places: readonly Place[] = []): Account {
  const counts = contents.map(() => new LayerCounts());
  let current = new LayerCounts();
  const tree = new FileTree({
    added(entry, blob) {
      // A second name brings no bytes.
      const bytes = entry.kind === 'hardlink' ? 0 : blob.size;
      current.added.add(bytes);
      if (bytes > 0) current.written(entry, blob);
    },
    changed(entry, blob, before) {
      const bytes = entry.kind === 'hardlink' ? 0 : blob.size;
      const isSame = blob.digest !== null && blob.digest === before.digest && blob.size === before.size;
      (isSame ? current.rewritten : current.changed).add(bytes);
      if (bytes > 0) current.written(entry, blob);
    },
    removed: blob => current.removed.add(blob.size),
    gone({ layer, goneBy, size }) {
      const writer = counts[layer];
      if (!writer || goneBy === null || size === 0) return;
      writer.wasted += size;
      writer.wastedBy.set(goneBy, (writer.wastedBy.get(goneBy) ?? 0) + size);
    },
  });
  const efficiency = new Efficiency();
  contents.forEach(({ entries }, layer) => {
    current = counts[layer] ?? current;
    efficiency.add(entries, tree);
    tree.apply(entries, layer);
  });
  const layers = counts.map(({ largest, wastedBy, ...rest }, index) => ({
    ...rest,
    archiveSize: contents[index]?.archiveSize ?? 0,
    wastedBy: byLayer(wastedBy),
    largest: largest.items.map(largeFile),
  }));
  const sum = (pick: (layer: LayerAccount) => number): number =>
    layers.reduce((total, layer) => total + pick(layer), 0);
  return {
    layers,
    size: sum(({ size }) => size),
    wasted: sum(({ wasted }) => wasted),
    efficiency: efficiency.score,
    tree,
    ...survey(tree, places),
  };
}

interface Same {
  readonly blobs: Set<Blob>;
  readonly paths: string[];
}

/** One walk over what is there in the end. */
function survey(tree: FileTree, places: readonly Place[]) {
  const final = new Count();
  const files = new Largest<{ path: string; blob: Blob }>(mostListed);
  const folders = new Largest<LargeFolder>(mostListed);
  const same = new Map<string, Same>();
  const leftovers: Leftover[] = [];
  const patterns = places.map(place => ({ place, pattern: patternOf(place) }));
  const seen = new Set<Blob>();

  const file = (path: string, blob: Blob): Tally => {
    const isNew = !seen.has(blob);
    if (blob.names > 1) seen.add(blob);
    final.add(isNew ? blob.size : 0);
    if (isNew) files.add({ path, blob }, blob.size);
    if (blob.digest !== null && isNew) {
      const key = `${blob.size} ${blob.digest}`;
      const group = same.get(key) ?? { blobs: new Set(), paths: [] };
      group.blobs.add(blob);
      group.paths.push(`/${path}`);
      same.set(key, group);
    }
    return { files: 1, bytes: isNew ? blob.size : 0 };
  };
  /** Bytes by layer are asked for only below a place. */
  const walk = (path: string, node: Node, above: Map<number, number> | null): Tally => {
    if (node.blob !== null) {
      const tally = file(path, node.blob);
      above?.set(node.blob.layer, (above.get(node.blob.layer) ?? 0) + tally.bytes);
      return tally;
    }
    const found = above === null ? patterns.find(({ pattern }) => pattern.test(`/${path}`)) : undefined;
    const layers = found ? new Map<number, number>() : above;
    const total = new Count();
    let largest = 0;
    for (const [name, child] of node.children ?? []) {
      const { files: count, bytes } = walk(path === '' ? name : `${path}/${name}`, child, layers);
      total.files += count;
      total.bytes += bytes;
      if (child.children) largest = Math.max(largest, bytes);
    }
    const folder = { path: `/${path}`, files: total.files, bytes: total.bytes };
    // A folder that holds hardly more than one other tells nothing of its own.
    if (path !== '' && largest < total.bytes * 0.9) folders.add(folder, total.bytes);
    if (found && layers && total.bytes > 0)
      leftovers.push({ ...folder, place: found.place, layers: byLayer(layers) });
    return total;
  };
  walk('', tree.root, null);

  const duplicates = new Largest<Duplicate>(mostListed);
  for (const [key, { blobs, paths }] of same) {
    if (blobs.size < 2) continue;
    const size = Number.parseInt(key, 10);
    const surplus = size * (blobs.size - 1);
    const layer = Math.max(...Array.from(blobs, blob => blob.layer));
    duplicates.add({ size, paths, surplus, layer }, surplus);
  }
  return {
    final: { files: final.files, bytes: final.bytes },
    largestFiles: files.items.map(largeFile),
    largestFolders: folders.items,
    leftovers: leftovers.sort((a, b) => b.bytes - a.bytes),
    duplicates: duplicates.items,
  };
}

function patternOf({ folder }: Place): RegExp {
  const escaped = folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/^~/, '(?:/root|/home/[^/]+)')}$`);
}

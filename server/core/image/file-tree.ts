// The file system of an image, layer upon layer: what is there in the end, and what became of the bytes that are not.
import type { Entry } from './entry.ts';

/** Bytes that were written once; hard links share them. */
export interface Blob {
  readonly size: number;
  /** Without the targets of links, which not every tool counts. */
  readonly fileSize: number;
  readonly digest: string | null;
  /** The layer that wrote them. */
  readonly layer: number;
  /** The names that lead to them. */
  names: number;
  /** The layer that took the last name away; null while there is one. */
  goneBy: number | null;
}

export interface Node {
  /** Of a folder. */
  children: Map<string, Node> | null;
  /** Of whatever is none. */
  blob: Blob | null;
  /** It has its bytes from another name of the same layer. */
  isHardLink: boolean;
}

const folder = (): Node => ({ children: new Map(), blob: null, isHardLink: false });

/** Told of whatever changes. */
export interface TreeEvents {
  added(entry: Entry, blob: Blob): void;
  changed(entry: Entry, blob: Blob, before: Blob): void;
  /** Each file of a folder by itself. */
  removed(blob: Blob): void;
  /** Nothing leads to these bytes any longer. */
  gone(blob: Blob): void;
}

/** All that is below, each once for each name. */
export function* blobsBelow(node: Node): Generator<Node & { readonly blob: Blob }> {
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.blob !== null) yield next as Node & { readonly blob: Blob };
    if (next.children !== null) for (const child of next.children.values()) open.push(child);
  }
}

export class FileTree {
  readonly root = folder();
  readonly #events: TreeEvents;

  constructor(events: TreeEvents) {
    this.#events = events;
  }

  find(path: string): Node | undefined {
    let node: Node | undefined = this.root;
    if (path !== '') for (const name of path.split('/')) node = node?.children?.get(name);
    return node;
  }

  /** What a layer takes away is below it; so that goes first, whatever the order of its archive. */
  apply(entries: readonly Entry[], layer: number): void {
    for (const { kind, path } of entries) {
      if (kind === 'whiteout') this.#remove(path, layer);
      else if (kind === 'opaque') this.#empty(this.find(path), layer);
    }
    for (const entry of entries) {
      if (entry.kind === 'folder') this.#folderAt(entry.path, layer);
      else if (entry.kind === 'file' || entry.kind === 'link' || entry.kind === 'other')
        this.#put(entry, layer, newBlob(entry, layer), false);
    }
    for (const entry of entries) {
      if (entry.kind !== 'hardlink') continue;
      const blob = this.find(entry.target)?.blob ?? newBlob(entry, layer);
      this.#put(entry, layer, blob, true);
    }
  }

  #release(blob: Blob, layer: number): void {
    blob.names--;
    if (blob.names > 0) return;
    blob.goneBy = layer;
    this.#events.gone(blob);
  }

  #empty(node: Node | undefined, layer: number): void {
    if (!node) return;
    for (const { blob } of blobsBelow(node)) {
      this.#events.removed(blob);
      this.#release(blob, layer);
    }
    node.children = node.children && new Map();
    node.blob = null;
  }

  #remove(path: string, layer: number): void {
    const at = path.lastIndexOf('/');
    const parent = this.find(path.slice(0, Math.max(at, 0)));
    const name = path.slice(at + 1);
    this.#empty(parent?.children?.get(name), layer);
    parent?.children?.delete(name);
  }

  /** What is no folder in the way of one is gone. */
  #folderAt(path: string, layer: number): Map<string, Node> {
    let node: Node = this.root;
    for (const name of path === '' ? [] : path.split('/')) {
      const siblings = this.#childrenOf(node, layer);
      const child = siblings.get(name) ?? folder();
      siblings.set(name, child);
      node = child;
    }
    return this.#childrenOf(node, layer);
  }

  #childrenOf(node: Node, layer: number): Map<string, Node> {
    if (node.children === null) this.#empty(node, layer);
    node.children ??= new Map();
    return node.children;
  }

  #put(entry: Entry, layer: number, blob: Blob, isHardLink: boolean): void {
    const at = entry.path.lastIndexOf('/');
    const siblings = this.#folderAt(entry.path.slice(0, Math.max(at, 0)), layer);
    const name = entry.path.slice(at + 1);
    const before = siblings.get(name);
    siblings.set(name, { children: null, blob, isHardLink });
    blob.names++;
    if (before?.blob) {
      this.#events.changed(entry, blob, before.blob);
      this.#release(before.blob, layer);
    } else {
      this.#empty(before, layer);
      this.#events.added(entry, blob);
    }
  }
}

const newBlob = ({ size, kind, digest }: Entry, layer: number): Blob => ({
  size,
  fileSize: kind === 'file' ? size : 0,
  digest,
  layer,
  names: 0,
  goneBy: null,
});

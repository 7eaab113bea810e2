// What is in an image in the end as a tree for a map: the largest files and folders, and how much more there is beside them.
import { bytesText } from '../text/bytes.ts';
import type { Blob, FileTree, Node } from './file-tree.ts';

/** The layer is that which brought most of it. Of a folder what is in it, the largest first; without a name: all the rest. */
export type MapNode = readonly [
  name: string,
  bytes: number,
  text: string,
  layer: number,
  items?: readonly MapNode[],
];

interface Item {
  readonly name: string;
  readonly bytes: number;
  readonly layers: ReadonlyMap<number, number>;
  /** Null for a file. */
  readonly items: readonly Item[] | null;
}

/** A page shows some hundreds at once. */
const mostNodes = 3_000;

function itemOf(name: string, { blob, children }: Node, seen: Set<Blob>): Item {
  if (blob !== null) {
    const bytes = seen.has(blob) ? 0 : blob.size;
    if (blob.names > 1) seen.add(blob);
    return { name, bytes, layers: new Map([[blob.layer, bytes]]), items: null };
  }
  const items: Item[] = [];
  const layers = new Map<number, number>();
  let bytes = 0;
  for (const [own, child] of children ?? []) {
    const item = itemOf(own, child, seen);
    if (item.bytes === 0) continue;
    items.push(item);
    bytes += item.bytes;
    for (const [layer, part] of item.layers) layers.set(layer, (layers.get(layer) ?? 0) + part);
  }
  return { name, bytes, layers, items: items.sort((a, b) => b.bytes - a.bytes) };
}

const mainLayer = ({ layers }: Item): number =>
  [...layers].reduce((best, next) => (next[1] > best[1] ? next : best), [0, -1] as const)[0];

function* sizesIn({ bytes, items }: Item): Generator<number> {
  yield bytes;
  for (const item of items ?? []) yield* sizesIn(item);
}

function nodeOf(item: Item, least: number): MapNode {
  const { name, bytes, items } = item;
  const layer = mainLayer(item);
  if (items === null) return [name, bytes, bytesText(bytes), layer];
  const shown = items.filter(each => each.bytes >= least).map(each => nodeOf(each, least));
  const rest = shown.reduce((left, [, size]) => left - size, bytes);
  const more: readonly MapNode[] = rest > 0 && shown.length > 0 ? [['', rest, bytesText(rest), layer]] : [];
  return [name, bytes, bytesText(bytes), layer, [...shown, ...more].sort((a, b) => b[1] - a[1])];
}

export function mapTree({ root }: FileTree): MapNode {
  const whole = itemOf('', root, new Set());
  const sizes = Float64Array.from(sizesIn(whole)).sort();
  return nodeOf(whole, sizes[sizes.length - mostNodes] ?? 0);
}

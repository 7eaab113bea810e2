// A treemap of what is in an image in the end: rectangles as large as what they stand for, folders around what is in them.
import type { Blob, FileTree, Node } from './file-tree.ts';

export interface Cell {
  readonly path: string;
  readonly bytes: number;
  /** That brought most of it. */
  readonly layer: number;
  readonly isFolder: boolean;
  readonly depth: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Item {
  readonly name: string;
  readonly bytes: number;
  readonly layers: ReadonlyMap<number, number>;
  /** Of a folder, the largest first. */
  readonly items: readonly Item[];
  readonly isFolder: boolean;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** In the units of the map. */
const [smallest, border, title] = [5, 2, 14];
const mostCells = 600;

function itemOf(name: string, { blob, children }: Node, seen: Set<Blob>): Item {
  if (blob !== null) {
    const bytes = seen.has(blob) ? 0 : blob.size;
    if (blob.names > 1) seen.add(blob);
    return { name, bytes, layers: new Map([[blob.layer, bytes]]), items: [], isFolder: false };
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
  return { name, bytes, layers, items: items.sort((a, b) => b.bytes - a.bytes), isFolder: true };
}

const mainLayer = ({ layers }: Item): number =>
  [...layers].reduce((best, next) => (next[1] > best[1] ? next : best), [0, -1] as const)[0];

/** How far from a square the worst of a row of areas is that lies along a side. */
function worst(sum: number, largest: number, least: number, side: number): number {
  const square = side * side;
  return Math.max((square * largest) / (sum * sum), (sum * sum) / (square * least));
}

/** Rows of rectangles that are as near to squares as can be (Bruls, Huizing, van Wijk: squarified treemaps). */
function* squarify(items: readonly Item[], box: Box): Generator<readonly [Item, Box]> {
  const total = items.reduce((sum, { bytes }) => sum + bytes, 0);
  const scale = (box.width * box.height) / total;
  let rest = box;
  for (let at = 0; at < items.length; ) {
    const side = Math.min(rest.width, rest.height);
    const largest = (items[at]?.bytes ?? 0) * scale;
    let sum = largest;
    let end = at + 1;
    let least = largest;
    for (; end < items.length; end++) {
      const next = (items[end]?.bytes ?? 0) * scale;
      if (worst(sum + next, largest, next, side) > worst(sum, largest, least, side)) break;
      sum += next;
      least = next;
    }
    const isUpright = rest.width >= rest.height;
    const thickness = side === 0 ? 0 : sum / side;
    let offset = 0;
    for (const item of items.slice(at, end)) {
      const length = thickness === 0 ? 0 : (item.bytes * scale) / thickness;
      yield [
        item,
        isUpright
          ? { x: rest.x, y: rest.y + offset, width: thickness, height: length }
          : { x: rest.x + offset, y: rest.y, width: length, height: thickness },
      ];
      offset += length;
    }
    rest = isUpright
      ? { ...rest, x: rest.x + thickness, width: rest.width - thickness }
      : { ...rest, y: rest.y + thickness, height: rest.height - thickness };
    at = end;
  }
}

const inside = ({ x, y, width, height }: Box): Box => ({
  x: x + border,
  y: y + title,
  width: width - 2 * border,
  height: height - title - border,
});

/** Folders before what is in them; what is too small to be seen is left out. */
export function treemap({ root }: FileTree, width: number, height: number): Cell[] {
  const cells: Cell[] = [];
  const whole = itemOf('', root, new Set());
  let open = [{ item: whole, box: { x: 0, y: 0, width, height }, path: '', depth: 0 }];
  // Level by level, so that what there is no room for is the deepest.
  while (open.length > 0 && cells.length < mostCells) {
    const below: typeof open = [];
    for (const { item, box, path, depth } of open) {
      for (const [child, place] of squarify(item.items, box)) {
        if (cells.length >= mostCells) break;
        if (place.width < smallest || place.height < smallest) continue;
        const { bytes, isFolder } = child;
        const own = `${path}/${child.name}`;
        cells.push({ path: own, bytes, layer: mainLayer(child), isFolder, depth, ...place });
        const room = inside(place);
        if (isFolder && room.width > smallest && room.height > smallest)
          below.push({ item: child, box: room, path: own, depth: depth + 1 });
      }
    }
    open = below;
  }
  return cells;
}

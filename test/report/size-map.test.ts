// The map of files: areas are as large as what they stand for, what is in a folder is within it, nothing lies on anything, and
// what there is no room for is told as a rest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountFor } from '../../server/core/image/account.ts';
import type { Entry } from '../../server/core/image/entry.ts';
import { type MapNode, mapTree } from '../../server/core/image/map-tree.ts';
import { mapLayout } from '../../server/core/report/size-map-script.ts';

interface Cell {
  readonly trail: readonly MapNode[];
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const [width, height] = [1_000, 500];
/** As the page runs it. */
const cellsOf: (trail: readonly MapNode[], width: number, height: number) => Cell[] = new Function(
  `${mapLayout}; return cellsOf;`,
)();

/** Layers of `path bytes`. */
function treeOf(...layers: readonly (readonly string[])[]): MapNode {
  const contents = layers.map(files => ({
    archiveSize: 0,
    entries: files.map((file): Entry => {
      const [path = '', size = ''] = file.split(' ');
      return { path, kind: 'file', size: Number(size), target: '', digest: null };
    }),
  }));
  return mapTree(accountFor(contents).tree);
}

const cellsIn = (...trail: readonly MapNode[]): Cell[] => cellsOf(trail, width, height);
const pathOf = ({ trail }: Cell): string => trail.map(([name]) => name).join('/');

const overlaps = (a: Cell, b: Cell): boolean =>
  a.x + 0.001 < b.x + b.w && b.x + 0.001 < a.x + a.w && a.y + 0.001 < b.y + b.h && b.y + 0.001 < a.y + a.h;
const isWithin = (inner: Cell, outer: Cell): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.w <= outer.x + outer.w + 0.001 &&
  inner.y + inner.h <= outer.y + outer.h + 0.001;

test('areas at the top are as large as what they stand for', () => {
  const cells = cellsIn(treeOf(['a 600', 'b 300', 'c 60', 'd 40']));
  assert.deepEqual(cells.map(pathOf), ['/a', '/b', '/c', '/d']);
  for (const { trail, w, h } of cells)
    assert.ok(Math.abs(w * h - ((trail.at(-1)?.[1] ?? 0) / 1_000) * width * height) < 1);
});

const nested = treeOf(['usr/lib/a 500', 'usr/b 100'], ['usr/lib/c 550', 'etc/d 90']);

test('folders hold what is in them, and have the colour of what most of it came with', () => {
  const cells = cellsIn(nested);
  const at = (path: string): Cell => cells.find(cell => pathOf(cell) === path) ?? assert.fail(path);
  const layerAt = (path: string): number | undefined => at(path).trail.at(-1)?.[3];
  for (const [inner, outer] of [
    ['/usr/lib', '/usr'],
    ['/usr/lib/a', '/usr/lib'],
    ['/usr/b', '/usr'],
  ] as const)
    assert.ok(isWithin(at(inner), at(outer)), inner);
  assert.deepEqual(['/usr', '/usr/lib', '/etc'].map(layerAt), [0, 1, 1]);
  assert.equal(at('/usr').trail.at(-1)?.[1], 1_150);
});

test('a folder of its own has all the room', () => {
  const usr = nested[4]?.[0] ?? assert.fail();
  const cells = cellsIn(nested, usr);
  assert.deepEqual(cells.map(pathOf), ['/usr/lib', '/usr/b', '/usr/lib/c', '/usr/lib/a']);
  const [lib, b] = cells;
  assert.ok(lib && b && Math.abs(lib.w * lib.h + b.w * b.h - width * height) < 1);
});

test('many files: a bounded number of nodes and cells, none on another, and no byte is missing', () => {
  const files = Array.from(
    { length: 20_000 },
    (_, at) => `d${at % 40}/e${at % 7}/f${at} ${((at * 7_919) % 997) + 1}`,
  );
  const tree = treeOf(files);
  const count = ([, , , , items = []]: MapNode): number => items.reduce((sum, each) => sum + count(each), 1);
  assert.ok(count(tree) < 4_000, String(count(tree)));
  const check = ([name, bytes, , , items = []]: MapNode): void => {
    const sum = items.reduce((all, each) => all + each[1], 0);
    if (items.length > 0) assert.equal(sum, bytes, name);
    items.forEach(check);
  };
  check(tree);
  const cells = cellsIn(tree);
  assert.ok(cells.length > 100 && cells.length <= 600, String(cells.length));
  for (const [at, cell] of cells.entries()) {
    assert.ok(Number.isFinite(cell.x + cell.y + cell.w + cell.h));
    for (const other of cells.slice(at + 1))
      if (other.trail.length === cell.trail.length)
        assert.ok(!overlaps(cell, other), `${pathOf(cell)} ${pathOf(other)}`);
  }
});

test('nothing at all', () => {
  assert.deepEqual(cellsIn(treeOf([])), []);
});

// The treemap: areas are as large as what they stand for, what is in a folder is within it, and nothing lies on anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountFor } from '../../server/core/image/account.ts';
import type { Entry } from '../../server/core/image/entry.ts';
import { type Cell, treemap } from '../../server/core/image/treemap.ts';

const [width, height] = [1_000, 500];
/** Layers of `path bytes`. */
function cellsOf(...layers: readonly (readonly string[])[]): Cell[] {
  const contents = layers.map(files => ({
    archiveSize: 0,
    entries: files.map((file): Entry => {
      const [path = '', size = ''] = file.split(' ');
      return { path, kind: 'file', size: Number(size), target: '', digest: null };
    }),
  }));
  return treemap(accountFor(contents).tree, width, height);
}

const overlaps = (a: Cell, b: Cell): boolean =>
  a.x + 0.001 < b.x + b.width &&
  b.x + 0.001 < a.x + a.width &&
  a.y + 0.001 < b.y + b.height &&
  b.y + 0.001 < a.y + a.height;
const isWithin = (inner: Cell, outer: Cell): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.001 &&
  inner.y + inner.height <= outer.y + outer.height + 0.001;

test('areas at the top are as large as what they stand for', () => {
  const cells = cellsOf(['a 600', 'b 300', 'c 60', 'd 40']);
  assert.deepEqual(
    cells.map(({ path }) => path),
    ['/a', '/b', '/c', '/d'],
  );
  for (const { bytes, width: w, height: h } of cells)
    assert.ok(Math.abs(w * h - (bytes / 1_000) * width * height) < 1);
});

test('folders hold what is in them, and have the colour of what most of it came with', () => {
  const cells = cellsOf(['usr/lib/a 500', 'usr/b 100'], ['usr/lib/c 550', 'etc/d 90']);
  const at = (path: string): Cell => cells.find(cell => cell.path === path) ?? assert.fail(path);
  for (const [inner, outer] of [
    ['/usr/lib', '/usr'],
    ['/usr/lib/a', '/usr/lib'],
    ['/usr/b', '/usr'],
  ] as const)
    assert.ok(isWithin(at(inner), at(outer)), inner);
  assert.deepEqual([at('/usr').layer, at('/usr/lib').layer, at('/etc').layer], [0, 1, 1]);
  assert.deepEqual([at('/usr').bytes, at('/usr').isFolder, at('/usr/lib/a').depth], [1_150, true, 2]);
});

test('many files: a bounded number of cells, none on another', () => {
  const files = Array.from(
    { length: 5_000 },
    (_, at) => `d${at % 40}/e${at % 7}/f${at} ${((at * 7_919) % 997) + 1}`,
  );
  const cells = cellsOf(files);
  assert.ok(cells.length > 50 && cells.length <= 600);
  for (const a of cells) {
    assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= width + 0.001 && a.y + a.height <= height + 0.001);
    for (const b of cells) {
      const isRelated = a.path.startsWith(b.path) || b.path.startsWith(a.path);
      assert.ok(isRelated || !overlaps(a, b), `${a.path} ${b.path}`);
    }
  }
});

test('nothing, and files of no bytes', () => {
  assert.deepEqual(cellsOf(), []);
  assert.deepEqual(cellsOf(['a 0', 'b/c 0']), []);
});

// The account of an image: what layers bring, change and take away, what of it is wasted, and the efficiency of dive.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Account, accountFor, type Place } from '../../server/core/image/account.ts';
import { cleanPath, type Entry, markOf } from '../../server/core/image/entry.ts';

/**
 * `path` or `path size`, `path size digest`; `path/` a folder, `-path` one that is gone, `-path/*` an emptied folder,
 * `path = target` a hard link, `path > target` a link.
 */
function entryOf(text: string): Entry {
  const at = { size: 0, target: '', digest: null };
  if (text.startsWith('-')) {
    const isEmptied = text.endsWith('/*');
    return {
      ...at,
      path: text.slice(1, isEmptied ? -2 : undefined),
      kind: isEmptied ? 'opaque' : 'whiteout',
    };
  }
  const [path = '', operator = '0', target = ''] = text.split(' ');
  if (operator === '=') return { ...at, path, kind: 'hardlink', target };
  if (operator === '>') return { ...at, path, kind: 'link', target, size: target.length };
  if (path.endsWith('/')) return { ...at, path: path.slice(0, -1), kind: 'folder' };
  return { ...at, path, kind: 'file', size: Number(operator), digest: target || null };
}

const accountOf = (layers: readonly string[], places: readonly Place[] = []): Account =>
  accountFor(
    layers.map(layer => ({
      entries: layer === '' ? [] : layer.split(', ').map(entryOf),
      archiveSize: 0,
    })),
    places,
  );

/** `+files bytes ~files bytes =files bytes -files bytes`, and what is wasted by whom. */
const show = ({ layers }: Account): string[] =>
  layers.map(({ added, changed, rewritten, removed, wasted, wastedBy }) =>
    [
      ...[
        ['+', added] as const,
        ['~', changed] as const,
        ['=', rewritten] as const,
        ['-', removed] as const,
      ].flatMap(([sign, { files, bytes }]) => (files === 0 ? [] : [`${sign}${files} ${bytes}`])),
      ...(wasted === 0
        ? []
        : [`wasted ${wasted}: ${wastedBy.map(({ layer, bytes }) => `${bytes} by ${layer}`).join(', ')}`]),
    ].join('; '),
  );

// biome-ignore format: one row a case
const rows: readonly [name: string, layers: string[], shown: string[], efficiency: number][] = [
  ['nothing', [], [], 1],
  ['an empty layer', [''], [''], 1],
  ['files', ['a 10, b/, b/c 20'], ['+2 30'], 1],
  ['written again', ['a 10', 'a 30'], ['+1 10; wasted 10: 10 by 1', '~1 30'], 0.25],
  ['the same bytes again', ['a 10 x', 'a 10 x'], ['+1 10; wasted 10: 10 by 1', '=1 10'], 0.5],
  ['as many bytes again', ['a 10 x', 'a 10 y'], ['+1 10; wasted 10: 10 by 1', '~1 10'], 0.5],
  ['removed', ['a 10, b 10', '-a'], ['+2 20; wasted 10: 10 by 1', '-1 10'], 0.5],
  ['removed and there again', ['a 10', '-a', 'a 10'], ['+1 10; wasted 10: 10 by 1', '-1 10', '+1 10'], 0],
  ['a folder removed', ['d/, d/a 10, d/e/b 30', '-d'], ['+2 40; wasted 40: 40 by 1', '-2 40'], 1],
  ['a folder emptied', ['d/, d/a 10', 'd/, d/b 5, -d/*'], ['+1 10; wasted 10: 10 by 1', '+1 5; -1 10'], 1],
  ['a root emptied', ['a 10', '-/*, b 1'], ['+1 10; wasted 10: 10 by 1', '+1 1; -1 10'], 1],
  ['an empty folder removed', ['d/, a 1', '-d'], ['+1 1', ''], 1],
  ['what was never there removed', ['a 1', '-b, -b/c'], ['+1 1', ''], 1],
  ['a file in the place of a folder', ['d/, d/a 10', 'd 1'], ['+1 10; wasted 10: 10 by 1', '+1 1; -1 10'], 1],
  ['a folder in the place of a file', ['d 10', 'd/, d/a 1'], ['+1 10; wasted 10: 10 by 1', '+1 1; -1 10'], 1],
  ['hard links share', ['a 10, b = a'], ['+2 10'], 1],
  ['a hard link in front of its target', ['b = a, a 10'], ['+2 10'], 1],
  ['a hard link keeps the bytes', ['a 10, b = a', '-a'], ['+2 10', '-1 10'], 0],
  ['without the last name they are wasted', ['a 10, b = a', '-a', '-b'], ['+2 10; wasted 10: 10 by 2', '-1 10', '-1 10'], 0],
  ['a hard link to nothing', ['b = a'], ['+1 0'], 1],
  ['targets of links count', ['a > target', 'a > x'], ['+1 6; wasted 6: 6 by 1', '~1 1'], 1],
  ['by several layers', ['a 1, b 2, c 4', '-a', 'b 1', '-c'], ['+3 7; wasted 7: 1 by 1, 2 by 2, 4 by 3', '-1 1', '~1 1', '-1 4'], 1 / 8],
];
for (const [name, layers, shown, efficiency] of rows) {
  test(name, () => {
    const account = accountOf(layers);
    assert.deepEqual(show(account), shown);
    assert.equal(account.efficiency, efficiency);
    // What was written is there in the end or wasted: no byte is counted twice, none is lost.
    assert.equal(account.size, account.final.bytes + account.wasted);
  });
}

test('the largest files say whether they last, the largest folders that they are more than a way to another', () => {
  const account = accountOf(['usr/lib/a 100, usr/lib/b 50, tmp/x 500, etc/c 1', '-tmp']);
  assert.deepEqual(account.layers[0]?.largest.slice(0, 2), [
    { path: '/tmp/x', size: 500, layer: 0, goneBy: 1 },
    { path: '/usr/lib/a', size: 100, layer: 0, goneBy: null },
  ]);
  assert.deepEqual(
    account.largestFiles.map(({ path }) => path),
    ['/usr/lib/a', '/usr/lib/b', '/etc/c'],
  );
  assert.deepEqual(account.largestFolders, [
    { path: '/usr/lib', files: 2, bytes: 150 },
    { path: '/etc', files: 1, bytes: 1 },
  ]);
});

test('of many files the largest are listed', () => {
  const files = Array.from({ length: 200 }, (_, index) => `f${index} ${(index * 77) % 1_000}`);
  const sizes = accountOf([files.join(', ')]).largestFiles.map(({ size }) => size);
  const expected = files.map(file => Number(file.split(' ')[1])).sort((a, b) => b - a);
  assert.deepEqual(sizes, expected.slice(0, 20));
});

test('duplicates are files of the same content under other names', () => {
  const account = accountOf(['a 10 x, b = a, c 10 y', 'd 10 x, e 10 x, f 9 x, g 10']);
  assert.deepEqual(account.duplicates, [{ size: 10, paths: ['/a', '/d', '/e'], surplus: 20, layer: 1 }]);
});

test('what lies in a place that an image does not need', () => {
  const places = [
    { folder: '/var/lib/apt/lists', what: 'lists', rule: 'a' },
    { folder: '~/.cache/pip', what: 'cache', rule: 'b' },
    { folder: '/none', what: 'nothing', rule: 'c' },
  ];
  const layers = [
    'var/lib/apt/lists/x 10, root/.cache/pip/y 1, root/.cache/pip/gone 100',
    'home/me/.cache/pip/z 5, var/lib/apt/lists/w 7, -root/.cache/pip/gone, x/home/me/.cache/pip/z 5',
  ];
  assert.deepEqual(
    accountOf(layers, places).leftovers.map(({ path, bytes, place, layers }) => [
      path,
      bytes,
      place.rule,
      layers.map(({ layer }) => layer),
    ]),
    [
      ['/var/lib/apt/lists', 17, 'a', [0, 1]],
      ['/home/me/.cache/pip', 5, 'b', [1]],
      ['/root/.cache/pip', 1, 'b', [0]],
    ],
  );
});

test('names with a meaning of their own, and paths as archives write them', () => {
  const marks = ['a/b', 'a/.wh.b', '.wh.b', 'a/.wh..wh..opq', '.wh..wh..opq', 'a/.wh..wh.aufs', 'a.wh.b'];
  assert.deepEqual(marks.map(markOf), [
    null,
    { path: 'a/b', kind: 'whiteout' },
    { path: 'b', kind: 'whiteout' },
    { path: 'a', kind: 'opaque' },
    { path: '', kind: 'opaque' },
    { path: 'a/.wh..wh.aufs', kind: 'other' },
    null,
  ]);
  const paths = ['a/b', './a/b/', '/a//b', 'a/./b', '../../a/b', 'x/../a/b', 'a/.hidden', '.', '', 'a/..b'];
  assert.deepEqual(paths.map(cleanPath), [
    'a/b',
    'a/b',
    'a/b',
    'a/b',
    'a/b',
    'a/b',
    'a/.hidden',
    '',
    '',
    'a/..b',
  ]);
});

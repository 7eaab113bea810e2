// The report on the size of an image: what could be spared, budgets and whom they blame, and two images side by side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Budget } from '../../server/core/image/budget.ts';
import { compare } from '../../server/core/image/compare.ts';
import type { Entry, LayerContent } from '../../server/core/image/entry.ts';
import { needlessPlaces } from '../../server/core/image/places.ts';
import { type SizeReport, sizeReport } from '../../server/core/image/report.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';

const mega = 1_000_000;
/** `path MB`, or `path MB digest`; `-path` is gone. */
function layer(...files: readonly string[]): LayerContent {
  const entries = files.map((text): Entry => {
    const [path = '', size = '0', digest = null] = text.split(' ');
    const at = { size: Number(size) * mega, target: '', digest };
    return path.startsWith('-')
      ? { ...at, path: path.slice(1), kind: 'whiteout' }
      : { ...at, path, kind: 'file' };
  });
  return { entries, archiveSize: 0 };
}

const sh = '/bin/sh -c';
const text = `FROM debian:13
ENV A=b
RUN apt-get update && \\
    apt-get install -y x
COPY --chmod=644 . /app
RUN chmod -R 755 /app
RUN rm /tmp/dump
`;
const steps = [
  '# debian.sh',
  'more of it',
  `RUN ${sh} apt-get update &&     apt-get install -y x # buildkit`,
  'COPY --chmod=644 . /app # buildkit',
  `RUN |1 A=b ${sh} chmod -R 755 /app # buildkit`,
  `RUN ${sh} rm /tmp/dump # buildkit`,
];
const layers = [
  layer('bin/sh 40', 'usr/share/doc 10', 'var/lib/apt/lists/base 2'),
  layer('etc/x 5', '-usr/share/doc'),
  layer('var/lib/apt/lists/all 20', 'usr/lib/x 30', 'tmp/dump 7', 'etc/x 5'),
  layer('app/a 8 a', 'app/b 8 a', 'app/c 0.5'),
  layer('app/a 8 a', 'app/b 8 a', 'app/c 0.5'),
  layer('-tmp/dump'),
];

function report(budget: Budget = {}, file: string | null = text): SizeReport {
  const config = {
    history: [...steps.slice(0, 2), '[ENV A=b]', ...steps.slice(2)].map(step => ({
      createdBy: step,
      comment: '',
      isEmpty: step.startsWith('['),
    })),
    diffIds: layers.map((_, index) => `sha256:${index}`),
    platform: 'linux/amd64',
  };
  return sizeReport(
    { image: 'app:1', config, layers },
    file === null ? null : parseDockerfile(file),
    needlessPlaces,
    budget,
  );
}

test('layers are those of their lines', () => {
  assert.deepEqual(
    report().layers.map(({ line, origin, step }) => [line, origin, step]),
    [
      [0, 'base', '# debian.sh'],
      [0, 'base', 'RUN more of it'],
      [2, 'instruction', 'RUN apt-get update && apt-get install -y x'],
      [4, 'instruction', 'COPY --chmod=644 . /app'],
      [5, 'instruction', 'RUN chmod -R 755 /app'],
      [6, 'instruction', 'RUN rm /tmp/dump'],
    ],
  );
  assert.ok(report({}, null).layers.every(({ line, origin }) => line === null && origin === 'unknown'));
});

test('what could be spared, at the line that could do without it, with the rule that knows how', () => {
  assert.deepEqual(
    report().notices.map(({ kind, rule, line, message }) => [kind, rule, line, message]),
    [
      [
        'left-over',
        'package-cache-left',
        2,
        '20 MB in /var/lib/apt/lists: what apt-get downloaded. Nothing needs it when the image runs.',
      ],
      [
        'rewritten',
        'changed-copy',
        5,
        '16.5 MB of line 5 are stored once more by line 6, which changes their owner, mode or time alone.',
      ],
      ['duplicate', null, 5, '8 MB are there more than once: /app/a, /app/b.'],
      [
        'removed-later',
        'removed-too-late',
        6,
        '7 MB of line 3 are removed or overwritten by line 7: they stay in the image, and nobody sees them.',
      ],
      [
        'removed-later',
        null,
        2,
        '5 MB of the base image are removed or overwritten by line 3: they stay in the image, and nobody sees them.',
      ],
    ],
  );
});

const budgets: readonly [name: string, budget: Budget, excesses: [number | null, string][]][] = [
  ['none', {}, []],
  ['kept', { budget: { bytes: 500 * mega }, layer: { bytes: 100 * mega }, wasted: { percent: 50 } }, []],
  ['kept to the byte', { budget: { bytes: report().size }, wasted: { bytes: report().wasted } }, []],
  [
    'beyond by a byte',
    { budget: { bytes: report().size - 1 } },
    [
      [
        2,
        'The image has 152 MB, and 152 MB are its budget. Most of it: line 3 with 62 MB, the base image with 57 MB, line 5 with 16.5 MB.',
      ],
    ],
  ],
  [
    'of a layer: not those of the base',
    { layer: { bytes: 20 * mega } },
    [[2, 'Line 3 adds 62 MB, and 20 MB are the budget of one layer.']],
  ],
  [
    'of waste, in bytes',
    { wasted: { bytes: mega } },
    [
      [
        5,
        '38.5 MB (25.3%) are wasted, and 1 MB are the budget for that. Written, and gone later: line 5 with 16.5 MB, the base image with 15 MB, line 3 with 7 MB.',
      ],
    ],
  ],
  [
    'of waste, as a share',
    { wasted: { percent: 25 } },
    [
      [
        5,
        '38.5 MB (25.3%) are wasted, and 25% are the budget for that. Written, and gone later: line 5 with 16.5 MB, the base image with 15 MB, line 3 with 7 MB.',
      ],
    ],
  ],
];
for (const [name, budget, excesses] of budgets) {
  test(`budget: ${name}`, () => {
    assert.deepEqual(
      report(budget).excesses.map(({ line, message }) => [line, message]),
      excesses,
    );
  });
}

test('without a file a budget blames layers', () => {
  const [excess] = report({ layer: { bytes: 60 * mega } }, null).excesses;
  assert.deepEqual(excess, {
    budget: 'layer',
    message:
      'Layer 3 (RUN apt-get update && apt-get install -…) adds 62 MB, and 60 MB are the budget of one layer.',
    line: null,
  });
});

test('two images: files of another size, the largest difference first', () => {
  const config = { history: [], diffIds: ['sha256:0'], platform: '' };
  const imageOf = (...files: readonly string[]): SizeReport =>
    sizeReport({ image: 'x', config, layers: [layer(...files)] }, null, []);
  const { changes, changed } = compare(
    imageOf('a 1', 'b 5', 'c 3', 'd 1'),
    imageOf('a 1', 'c 2', 'd 9', 'e 4'),
  );
  assert.deepEqual(
    changes.map(({ path, before, after }) => [path, before && before / mega, after && after / mega]),
    [
      ['/d', 1, 9],
      ['/b', 5, null],
      ['/e', null, 4],
      ['/c', 3, 2],
    ],
  );
  assert.equal(changed, 4);
});

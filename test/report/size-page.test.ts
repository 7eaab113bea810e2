// The page about the size of an image: what it holds, that it takes nothing from outside, and that it can be read and reached.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../../server/core/image/entry.ts';
import { hintsOf } from '../../server/core/image/hints.ts';
import { needlessPlaces } from '../../server/core/image/places.ts';
import { sizeReport } from '../../server/core/image/report.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { sizePage } from '../../server/core/report/size-page.ts';

const nonce = '0123456789abcdef';
const file = (path: string, size: number): Entry => ({ path, kind: 'file', size, target: '', digest: null });
const gone = (path: string): Entry => ({ path, kind: 'whiteout', size: 0, target: '', digest: null });
const layers = [
  { entries: [file('bin/sh', 5e6)], archiveSize: 0 },
  {
    entries: [file('var/lib/apt/lists/x', 60e6), file('usr/<script>alert(1)</script>', 120e6)],
    archiveSize: 0,
  },
  { entries: [gone('var/lib/apt/lists/x')], archiveSize: 0 },
];
const history = [
  '# <b>base</b>',
  'RUN /bin/sh -c apt-get update # buildkit',
  'RUN /bin/sh -c rm -rf /var/lib/apt/lists/* # buildkit',
];
const report = sizeReport(
  {
    image: 'app:1"><img>',
    layers,
    config: {
      history: history.map(createdBy => ({ createdBy, comment: '', isEmpty: false })),
      diffIds: ['sha256:1', 'sha256:2', 'sha256:3'],
      platform: 'linux/amd64',
    },
  },
  parseDockerfile('FROM debian:13\nRUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*\n'),
  needlessPlaces,
  { wasted: { percent: 5 } },
);
const html = sizePage(report, { path: 'Dockerfile', from: 'FROM debian:13' }, nonce);

test('nothing from outside, nothing without the nonce, nothing of an image as markup', () => {
  assert.match(
    html,
    /Content-Security-Policy" content="default-src 'none'; style-src 'nonce-0123456789abcdef'; script-src 'nonce-0123456789abcdef'"/,
  );
  assert.doesNotMatch(html, /<img|<b>|<script>|\bsrc=|\sstyle=|\son\w+=|url\(|@import/);
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
  assert.ok(
    links.every(href => /^https:\/\/\S+\/docs\/rules\/[a-z-]+\.md$/.test(href ?? '')),
    links.join(' '),
  );
  assert.throws(() => sizePage(report, null, '"><script>'), /nonce/);
});

test('headings, tables with headers, maps that are named and reached, places that are said', () => {
  assert.deepEqual(
    [...html.matchAll(/<h[12][^>]*>([^<]*)</g)].map(([, title]) => title),
    [
      'app:1&quot;&gt;&lt;img&gt;',
      'Beyond the budget',
      'What could be spared',
      'Layers',
      'What is in the image',
      'Largest files and folders',
    ],
  );
  assert.equal([...html.matchAll(/<svg [^>]*tabindex="0" role="application" aria-label="[^"]+"/g)].length, 2);
  const says = [...html.matchAll(/data-says="([^"]*)"/g)].map(([, text]) => text);
  assert.ok(says.includes('line 2: 180 MB, 60 MB of it gone later. RUN apt-get update'));
  const [, tree = ''] = /data-tree="([^"]*)"/.exec(html) ?? [];
  assert.deepEqual(
    JSON.parse(tree.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>')),
    [
      ...['', 125e6, '125 MB', 1],
      [
        [
          'usr',
          120e6,
          '120 MB',
          1,
          [['<script>alert(1)<', 120e6, '120 MB', 1, [['script>', 120e6, '120 MB', 1]]]],
        ],
        ['bin', 5e6, '5 MB', 0, [['sh', 5e6, '5 MB', 0]]],
      ],
    ],
  );
  assert.match(html, /<p id="says" aria-live="polite">/);
  const messages = [...html.matchAll(/data-message="([^"]*)"/g)].map(([, text = '']) =>
    JSON.parse(text.replaceAll('&quot;', '"')),
  );
  assert.deepEqual(
    messages.filter(({ kind }) => kind === 'export').map(({ format }) => format),
    ['json', 'csv', 'markdown'],
  );
  assert.ok(messages.some(({ kind, line }) => kind === 'line' && line === 2));
});

test('hints at the lines: what each adds, and what of it is gone by which', () => {
  assert.deepEqual(hintsOf(report), [
    { line: 0, text: '+5 MB', more: '5 MB /bin/sh' },
    {
      line: 1,
      text: '+180 MB, 60 MB of it gone by line 3',
      more: '120 MB /usr/<script>alert(1)</script>\n60 MB /var/lib/apt/lists/x (gone later)',
    },
    { line: 2, text: 'frees nothing: 60 MB stay', more: 'Removes 60 MB that stay in the layers below.' },
  ]);
});

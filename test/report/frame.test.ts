import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeFrame } from '../../server/core/report/frame.ts';
import { plainPalette } from '../../server/core/report/palette.ts';
import { sourceOf } from '../../server/core/report/report-file.ts';
import { placeOfWord, reported } from './reported.ts';

const rows: readonly [name: string, marked: string, frame: string[]][] = [
  [
    'a word between its neighbour lines',
    'FROM a\nUSER «root»\nCMD b\n',
    ['    1 │ FROM a', '    2 │ USER root', '      │      ^^^^', '    3 │ CMD b'],
  ],
  ['a blank neighbour is left out', '\nUSER «root»\n\nCMD b\n', ['    2 │ USER root', '      │      ^^^^']],
  ['an empty place has one mark', 'FROM a«»\n', ['    1 │ FROM a', '      │       ^']],
  ['the end of the file', 'FROM a\n«»', ['    1 │ FROM a', '    2 │', '      │ ^']],
  ['an empty file', '«»', ['    1 │', '      │ ^']],
  [
    'of a place over several lines the first one',
    'RUN «a \\\n  && b \\\n  && c»\nCMD d\n',
    ['    1 │ RUN a \\', '      │     ^^^', '    ⋮ │ and 2 more lines'],
  ],
  ['one more line', 'RUN «a \\\n  b»\n', ['    1 │ RUN a \\', '      │     ^^^', '    ⋮ │ and 1 more line']],
  ['a place up to its line end', 'RUN «a\n»CMD b\n', ['    1 │ RUN a', '      │     ^', '    2 │ CMD b']],
  ['tabs', '\tRUN\t«a»\n', ['    1 │     RUN    a', '      │            ^']],
  ['wide characters', 'LABEL a=日本 «b»\n', ['    1 │ LABEL a=日本 b', '      │              ^']],
  ['emoji', 'LABEL a=\u{1F433} «b»\n', ['    1 │ LABEL a=\u{1F433} b', '      │            ^']],
  ['combining marks', 'LABEL e\u0301=«b»\n', ['    1 │ LABEL e\u0301=b', '      │         ^']],
  ['a byte order mark', '\uFEFFFROM «a»\n', ['    1 │ FROM a', '      │      ^']],
  [
    'what would move the cursor or turn the line is shown as such',
    'RUN \u001b[31m\u202Ea«b»\n',
    ['    1 │ RUN \uFFFD[31m\uFFFDab', '      │            ^'],
  ],
  [
    'Windows line ends',
    'FROM a\r\nUSER «root»\r\n',
    ['    1 │ FROM a', '    2 │ USER root', '      │      ^^^^'],
  ],
  [
    'a long line is cut around the mark, its neighbours at their end',
    `# ${'n'.repeat(60)}\nRUN ${'x'.repeat(60)} «here» ${'y'.repeat(60)}\n`,
    [
      `    1 │ # ${'n'.repeat(48)}…`,
      `    2 │ …${'x'.repeat(11)} here ${'y'.repeat(33)}…`,
      `      │  ${' '.repeat(11)} ^^^^`,
    ],
  ],
  [
    'a long line is not cut further than it must be',
    `RUN ${'x'.repeat(60)} «here»\n`,
    [`    1 │ …${'x'.repeat(45)} here`, `      │  ${' '.repeat(45)} ^^^^`],
  ],
  [
    'a long mark is shown from its start',
    `RUN «${'x'.repeat(90)}»\n`,
    [`    1 │ RUN ${'x'.repeat(46)}…`, `      │     ${'^'.repeat(46)}`],
  ],
];
for (const [name, marked, expected] of rows) {
  test(`code frame: ${name}`, () => {
    const file = reported(marked, [{}]);
    const [finding] = file.findings;
    assert.ok(finding);
    const frame = codeFrame(sourceOf(file), finding.span, text => text, { palette: plainPalette, width: 59 });
    assert.deepEqual(frame, expected);
  });
}

test('code frame: line numbers take as much room as they need', () => {
  const file = reported(`${'RUN a\n'.repeat(9_999)}RUN «b»\n`, [{}]);
  const frame = codeFrame(sourceOf(file), file.findings[0]?.span ?? { start: 0, end: 0 }, text => text, {
    palette: plainPalette,
    width: 60,
  });
  assert.deepEqual(frame, ['   9999 │ RUN a', '  10000 │ RUN b', '        │     ^']);
});

test('code frame: secrets are hidden at any length, in neighbour lines too, and the mark stays right', () => {
  const file = reported('ENV A=hunter2 B=«x»\nARG KEY=abc\n', [{}]);
  const sensitive = [placeOfWord(file.text, 'hunter2'), placeOfWord(file.text, 'abc')];
  const frame = codeFrame(sourceOf({ ...file, sensitive }), placeOfWord(file.text, 'x'), text => text, {
    palette: plainPalette,
    width: 60,
  });
  assert.deepEqual(frame, [
    '    1 │ ENV A=•••••••• B=x',
    '      │                  ^',
    '    2 │ ARG KEY=••••••••',
  ]);
});

test('code frame: a secret is hidden wherever it stands again', () => {
  const file = reported('ENV A=hunter2\nRUN login «-p»hunter2\n', [{}]);
  const at = placeOfWord(file.text, '-p');
  const source = sourceOf({ ...file, sensitive: [placeOfWord(file.text, 'hunter2')] });
  const frame = codeFrame(source, at, text => text, { palette: plainPalette, width: 60 });
  assert.deepEqual(frame, ['    1 │ ENV A=••••••••', '    2 │ RUN login -p••••••••', '      │           ^^']);
});

test('code frame: a mark on a secret covers what stands for it', () => {
  const file = reported('ENV A=«abc» B\n', [{}]);
  const at = placeOfWord(file.text, 'abc');
  const frame = codeFrame(sourceOf({ ...file, sensitive: [at] }), at, text => text, {
    palette: plainPalette,
    width: 60,
  });
  assert.deepEqual(frame, ['    1 │ ENV A=•••••••• B', '      │       ^^^^^^^^']);
});

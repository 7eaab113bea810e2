import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minimalEdits, unifiedDiff } from '../../server/core/text/diff.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { computingTime } from '../support/computing-time.ts';

/** The edits as `[start, end, text]`. */
// biome-ignore format: one row a case
const editRows: readonly [name: string, before: string, after: string, edits: [number, number, string][]][] = [
  ['equal texts', 'FROM a\n', 'FROM a\n', []],
  ['an empty text filled', '', 'FROM a\n', [[0, 0, 'FROM a\n']]],
  ['a text emptied', 'FROM a\n', '', [[0, 7, '']]],
  ['one word of a line', 'FROM node\nRUN x\n', 'FROM node:22\nRUN x\n', [[9, 9, ':22']]],
  ['a line inserted', 'FROM a\nCMD b\n', 'FROM a\nUSER c\nCMD b\n', [[7, 7, 'USER c\n']]],
  ['a line removed', 'FROM a\nUSER c\nCMD b\n', 'FROM a\nCMD b\n', [[7, 14, '']]],
  ['neighbour lines, each by itself', 'A 1\nB 1\nC 1\n', 'A 2\nB 2\nC 2\n', [[2, 3, '2'], [6, 7, '2'], [10, 11, '2']]],
  ['two places far apart', 'a\nb\nc\nd\n', 'a1\nb\nc\nd1\n', [[1, 1, '1'], [7, 7, '1']]],
  ['a final line end added', 'FROM a', 'FROM a\n', [[6, 6, '\n']]],
  ['a final line end removed', 'FROM a\r\n', 'FROM a', [[6, 8, '']]],
  ['a line end is never cut in two', 'a\r\nb\r\n', 'a\nb\r\n', [[1, 3, '\n']]],
  ['a surrogate pair is never cut in two', '# \u{1F600}\n', '# \u{1F601}\n', [[2, 4, '\u{1F601}']]],
  ['a byte order mark removed', '\uFEFFFROM a\n', 'FROM a\n', [[0, 1, '']]],
];
for (const [name, before, after, expected] of editRows) {
  test(`minimal edits: ${name}`, () => {
    const edits = minimalEdits(before, after);
    assert.deepEqual(
      edits.map(({ span, text }) => [span.start, span.end, text]),
      expected,
    );
    assert.equal(applyEdits(before, edits), after);
  });
}

/** A generator of the same numbers at every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomText(random: (below: number) => number): string {
  const pieces = ['a', 'b', '', 'RUN x', 'USER root', '\u{1F600}', '\t', 'a b'];
  const ends = ['\n', '\n', '\n', '\r\n', '\r', ''];
  let text = '';
  for (let line = random(12); line > 0; line--) text += `${pieces[random(8)]}${ends[random(6)]}`;
  return text;
}

/** Applies a patch of one file, refusing context that does not fit. */
function applyPatch(before: string, patch: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+/g) ?? [];
  let at = 0;
  let result = '';
  const marked = patch.replaceAll('\n\\ No newline at end of file\n', '\0');
  for (const [whole] of marked.matchAll(/[^\n\0]*[\n\0]/g)) {
    const line = whole.replace('\0', '');
    const hunk = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (hunk) {
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      result += old.slice(at, start).join('');
      at = start;
    } else if (/^(?:diff|---|\+\+\+) /.test(line)) {
    } else if (line.startsWith('+')) {
      result += line.slice(1);
    } else {
      assert.equal(old[at++], line.slice(1));
      if (line.startsWith(' ')) result += line.slice(1);
    }
  }
  return result + old.slice(at).join('');
}

test('minimal edits and patches of random texts give the other text', () => {
  const random = randomNumbers(7);
  for (let round = 0; round < 4_000; round++) {
    const before = randomText(random);
    const after = random(4) === 0 ? randomText(random) : before + randomText(random).slice(0, 9) + before;
    assert.equal(applyEdits(before, minimalEdits(before, after)), after);
    assert.equal(applyPatch(before, unifiedDiff('f', before, after)), after);
  }
});

test('minimal edits of texts with nothing in common stay bounded', () => {
  const before = Array.from({ length: 40_000 }, (_, i) => `old ${i}\n`).join('');
  const after = Array.from({ length: 40_000 }, (_, i) => `new ${i}\n`).join('');
  const taken = computingTime(() => assert.equal(applyEdits(before, minimalEdits(before, after)), after));
  assert.ok(taken < 5_000, `${taken} ms`);
});

const numbers = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => `${from + i}\n`).join('');

const patchRows: readonly [name: string, before: string | null, after: string, patch: string][] = [
  ['equal texts', 'a\n', 'a\n', ''],
  [
    'one line changed, with context',
    numbers(1, 9),
    numbers(1, 9).replace('5', 'five'),
    '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  ],
  [
    'changes that share context are one hunk',
    numbers(1, 9),
    numbers(1, 9).replace('2', 'two').replace('8', 'eight'),
    '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,9 +1,9 @@\n 1\n-2\n+two\n 3\n 4\n 5\n 6\n 7\n-8\n+eight\n 9\n',
  ],
  [
    'changes far apart are two hunks',
    numbers(1, 9),
    numbers(1, 9).replace('1', 'one').replace('9', 'nine'),
    '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+nine\n',
  ],
  [
    'no line end at the end of the old text',
    'a',
    'a\nb\n',
    '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n',
  ],
  [
    'no line end at the end of both texts',
    'a\nb',
    'x\nb',
    '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n',
  ],
  ['an empty text filled', '', 'a\n', '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -0,0 +1 @@\n+a\n'],
  ['a text emptied', 'a\n', '', '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1 +0,0 @@\n-a\n'],
  ['a new file', null, 'a\n', 'new file mode 100644\n--- /dev/null\n+++ b/Dockerfile\n@@ -0,0 +1 @@\n+a\n'],
];
for (const [name, before, after, expected] of patchRows) {
  test(`patch: ${name}`, () => {
    const patch = unifiedDiff('Dockerfile', before, after);
    assert.equal(patch, expected && `diff --git a/Dockerfile b/Dockerfile\n${expected}`);
  });
}

test('patch: the header of a path with blanks, and of an absolute one', () => {
  assert.match(unifiedDiff('/my app/Dockerfile', 'a\n', 'b\n'), /^--- a\/my app\/Dockerfile\t$/m);
});

// Where new instructions go, and how they are written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { insertBefore, insertIntoRuntimePart, keywordLike } from '../../server/core/repairs/writing.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { lastOf } from '../support/dockerfile.ts';

/** `+` is where the new line goes; without one there is no place. */
const rows: readonly [name: string, text: string][] = [
  ['before CMD', 'FROM a\nRUN b\n+\nCMD c\n'],
  ['before the first of both', 'FROM a\n+\nENTRYPOINT b\nCMD c\n'],
  ['above the comments of CMD', 'FROM a\nRUN b\n\n+\n# c\n# d\nCMD e\n'],
  ['not above those of another block', 'FROM a\nRUN b\n# c\n\n+\nCMD e\n'],
  ['behind what builds', 'FROM a\nCMD b\nCOPY c d\n+\n'],
  ['behind settings', 'FROM a\nRUN b\nENV c=d\nEXPOSE 1\n+\n'],
  ['behind lines that go on', 'FROM a\nRUN b \\\n  # c\n  d\n+\n'],
  ['behind a heredoc', 'FROM a\nRUN <<E\nb\nE\n+\n'],
  ['without a last line end', 'FROM a\nRUN b\n+'],
  ['with Windows line ends', 'FROM a\r\n+\r\nCMD b\r\n'],
  ['with the indentation of its neighbour', 'FROM a\n  RUN b\n  +\n  CMD c\n'],
  ['in the last stage', 'FROM a\nCMD b\nFROM c\n+\nCMD d\n'],
  ['a FROM alone', 'FROM a\n+\n'],
  ['a line that goes on at the end', 'FROM a\nRUN b \\\n'],
  ['a comment behind such a line', 'FROM a\nRUN b \\\n# c\n'],
  ['an open heredoc', 'FROM a\nRUN <<E\nb\n'],
];

for (const [name, expected] of rows) {
  test(`a new line: ${name}`, () => {
    const text = expected.includes('+') ? expected.replace(/^[ \t]*\+\r?\n|\r?\n\+$/m, '') : expected;
    const model = parseDockerfile(text);
    const stage = model.stages.at(-1);
    assert.ok(stage);
    const edit = insertIntoRuntimePart(model, stage, ['+']);
    assert.equal(edit === null ? text : applyEdits(text, [edit]), expected);
    assert.equal(edit === null, !expected.includes('+'));
  });
}

test('several lines before an instruction', () => {
  const text = '# syntax=docker/dockerfile:1\nFROM a\n\t# b\n\tRUN c\n';
  const model = parseDockerfile(text);
  assert.equal(
    applyEdits(text, [insertBefore(model, lastOf(model, 'RUN'), ['1', '2'])]),
    '# syntax=docker/dockerfile:1\nFROM a\n\t1\n\t2\n\t# b\n\tRUN c\n',
  );
});

for (const [text, keyword] of [
  ['FROM a\nRUN b\nrun c\n', 'USER'],
  ['from a\nrun b\nRUN c\n', 'user'],
  ['From a\n', 'USER'],
  ['', 'USER'],
] as const) {
  test(`${keyword} in ${JSON.stringify(text)}`, () => {
    assert.equal(keywordLike(parseDockerfile(text), 'USER'), keyword);
  });
}

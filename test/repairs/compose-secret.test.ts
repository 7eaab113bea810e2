// A secret in a Compose file is taken from the environment, whatever it stands in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { demand } from '../../server/core/repairs/compose-secret.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { span } from '../../server/core/text/span.ts';

const secret = 'hunter2';

// biome-ignore format: one row a case
const rows: readonly [name: string, text: string, made: string | null][] = [
  ['a value', 'a: hunter2\n', 'a: ${X:?}\n'],
  ['a part of one', 'a: u:hunter2@x\n', 'a: u:${X:?}@x\n'],
  ['an item', 'a:\n  - B=hunter2\n', 'a:\n  - B=${X:?}\n'],
  ['braces further on', 'a: {b: 1}\nc: hunter2\n', 'a: {b: 1}\nc: ${X:?}\n'],
  ['a value in braces', 'a: {b: hunter2}\n', 'a: {b: "${X:?}"}\n'],
  ['a part in braces', 'a: {b: u:hunter2@x, c: 1}\n', 'a: {b: "u:${X:?}@x", c: 1}\n'],
  ['the beginning in braces', 'a: {b: hunter2 x}\n', 'a: {b: "${X:?} x"}\n'],
  ['an item in brackets', 'a: [B=hunter2]\n', 'a: ["B=${X:?}"]\n'],
  ['brackets over lines', 'a: [\n  hunter2,\n]\n', 'a: [\n  "${X:?}",\n]\n'],
  ['quotes in brackets', 'a: ["hunter2"]\n', 'a: ["${X:?}"]\n'],
  ['beside quotes', 'a: {b: "x", c: hunter2}\n', 'a: {b: "x", c: "${X:?}"}\n'],
  ['a quote in it', 'a: [x"y hunter2]\n', "a: ['x\"y ${X:?}']\n"],
  ['both quotes in it', 'a: [x"y\'z hunter2]\n', null],
];
for (const [name, text, made] of rows) {
  test(`${name}: what Compose demands can be read`, () => {
    const at = text.indexOf(secret);
    const edits = demand(parseCompose(text), span(at, at + secret.length), 'X');
    const result = edits && applyEdits(text, edits);
    assert.equal(result, made);
    if (result !== null) assert.deepEqual(parseCompose(result).problems, []);
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from '../../server/core/model/yaml/adapter.ts';
import { reorderEntries } from '../../server/core/model/yaml/reorder.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { byName, firstMisplaced, orderOf } from '../../server/core/text/order.ts';

/** The entries of the root the other way round; null where that cannot be. */
function reversed(text: string): string | null {
  const { root } = parseYaml(text);
  assert.ok(root?.kind === 'map' || root?.kind === 'sequence');
  const count = root.kind === 'map' ? root.pairs.length : root.items.length;
  const edits = reorderEntries(
    text,
    root,
    Array.from({ length: count }, (_, index) => count - 1 - index),
  );
  return edits && applyEdits(text, edits);
}

// biome-ignore format: one row a case
const rows: readonly [name: string, text: string, expected: string | null][] = [
  ['pairs', 'a: 1\nb: 2\n', 'b: 2\na: 1\n'],
  ['without a last line end', 'a: 1\nb: 2', 'b: 2\na: 1'],
  ['with Windows line ends', 'a: 1\r\nb:\r\n  c: 2\r\n', 'b:\r\n  c: 2\r\na: 1\r\n'],
  ['items', '- a\n- b: 1\n  c: 2\n', '- b: 1\n  c: 2\n- a\n'],
  ['a comment right above moves along', 'a: 1\n# of b\n# and more\nb: 2\n', '# of b\n# and more\nb: 2\na: 1\n'],
  ['a comment above the first stays', '# all\na: 1\nb: 2\n', '# all\nb: 2\na: 1\n'],
  ['a comment set apart stays', 'a: 1\n# apart\n\nb: 2\n', 'b: 2\n# apart\n\na: 1\n'],
  ['a comment behind moves along', 'a: 1 # one\nb: 2 # two\n', 'b: 2 # two\na: 1 # one\n'],
  ['a comment below and further in moves along', 'a:\n  c: 1\n  # of a\nb: 2\n', 'b: 2\na:\n  c: 1\n  # of a\n'],
  ['blank lines stay', 'a: 1\n\nb: 2\nc: 3\n', 'c: 3\n\nb: 2\na: 1\n'],
  ['a text of several lines', 'a: |\n  x\n  y\nb: 2\n', 'b: 2\na: |\n  x\n  y\n'],
  ['a text that keeps its empty lines', 'a: |+\n  x\n\nb: 2\n', null],
  ['an anchor moves behind its alias', 'a: &x 1\nb: *x\n', null],
  ['an anchor of somebody else', 'a: {b: &x 1, c: *x}\nd: 2\n', 'd: 2\na: {b: &x 1, c: *x}\n'],
  ['a flow map', '{a: 1, b: [2, 3], c: {d: 4}}\n', '{c: {d: 4}, b: [2, 3], a: 1}\n'],
  ['a flow list over lines', '[\n  a,\n  b\n]\n', '[\n  b,\n  a\n]\n'],
  ['a flow list with comments', '[\n  a, # one\n  b\n]\n', null],
];
for (const [name, text, expected] of rows) {
  test(`YAML in another order: ${name}`, () => assert.equal(reversed(text), expected));
}

test('names are put in order whatever their case, and alike ones stay as they are', () => {
  assert.deepEqual(orderOf(['b', 'A', 'a', 'B', 'b'], byName), [1, 2, 3, 0, 4]);
  assert.equal(firstMisplaced(['a', 'B', 'c', 'b'], byName), 3);
  assert.equal(firstMisplaced(['a', 'a', 'b'], byName), -1);
  assert.equal(firstMisplaced([], byName), -1);
});

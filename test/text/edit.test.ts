import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, type Edit, insert, remove, replace } from '../../server/core/text/edit.ts';
import { emptySpan, type Span, span, touches } from '../../server/core/text/span.ts';

const rows: readonly [name: string, text: string, edits: Edit[], expected: string][] = [
  ['none', 'abc', [], 'abc'],
  ['a replacement', 'abc', [replace(span(1, 2), 'X')], 'aXc'],
  ['a removal', 'abc', [remove(span(0, 2))], 'c'],
  ['an insertion at either end', 'abc', [insert(0, '<'), insert(3, '>')], '<abc>'],
  ['any order', 'abc', [replace(span(2, 3), 'Z'), replace(span(0, 1), 'X')], 'XbZ'],
  ['neighbours', 'abc', [replace(span(0, 1), 'X'), replace(span(1, 3), 'Y')], 'XY'],
  ['two insertions at one place keep their order', 'ab', [insert(1, '1'), insert(1, '2')], 'a12b'],
  [
    'an insertion stands before a replacement at one place',
    'ab',
    [replace(span(0, 1), 'X'), insert(0, '1')],
    '1Xb',
  ],
];
for (const [name, text, edits, expected] of rows) {
  test(`apply edits: ${name}`, () => {
    assert.equal(applyEdits(text, edits), expected);
  });
}

test('apply edits: overlapping ones are refused', () => {
  assert.throws(() => applyEdits('abc', [remove(span(0, 2)), remove(span(1, 3))]), /overlap at offset 1/);
});

const touchRows: readonly [name: string, a: Span, b: Span, expected: boolean][] = [
  ['apart', span(0, 1), span(2, 3), false],
  ['overlapping', span(0, 2), span(1, 3), true],
  ['side by side', span(0, 2), span(2, 3), true],
  ['empty at the edge', span(0, 2), emptySpan(2), true],
  ['empty and apart', span(0, 2), emptySpan(3), false],
];
for (const [name, a, b, expected] of touchRows) {
  test(`touches: ${name}`, () => {
    assert.equal(touches(a, b), expected);
    assert.equal(touches(b, a), expected);
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMarks } from '../../server/core/engine/example.ts';
import { type Span, span } from '../../server/core/text/span.ts';
import { mark } from '../support/marks.ts';

const rows: readonly [code: string, text: string, marks: readonly Span[]][] = [
  ['no marks', 'no marks', []],
  ['FROM «alpine»\n', 'FROM alpine\n', [span(5, 11)]],
  ['«a»«b»', 'ab', [span(0, 1), span(1, 2)]],
  ['«a «b» c»', 'a b c', [span(0, 5), span(2, 3)]],
  ['««a»»', 'a', [span(0, 1), span(0, 1)]],
  ['a«»b', 'ab', [span(1, 1)]],
];
for (const [code, text, marks] of rows) {
  test(`marks: ${code.trim()}`, () => {
    assert.deepEqual(readMarks(code), { text, marks });
    assert.equal(mark(text, marks), code);
  });
}

for (const code of ['«a', 'a»', '»a«']) {
  test(`marks: ${code} is refused`, () => {
    assert.throws(() => readMarks(code), /A mark is/);
  });
}

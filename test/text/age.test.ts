// Ages as people tell them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageText } from '../../server/core/text/age.ts';

const rows: readonly [milliseconds: number, text: string][] = [
  [-5, 'just now'],
  [0, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 minute ago'],
  [3_599_999, '59 minutes ago'],
  [2 * 3_600_000, '2 hours ago'],
  [24 * 3_600_000, '1 day ago'],
  [400 * 86_400_000, '400 days ago'],
];
for (const [milliseconds, text] of rows) {
  test(`${milliseconds} ms: ${text}`, () => assert.equal(ageText(milliseconds), text));
}

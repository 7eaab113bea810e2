import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName } from '../../server/core/text/nearest.ts';

const names = ['root-user', 'unpinned-image', 'missing-healthcheck', 'secret-in-env', 'secret-in-arg', 'fix'];

const rows: readonly [name: string, word: string, expected: string | undefined][] = [
  ['the name itself', 'root-user', 'root-user'],
  ['another case', 'ROOT-USER', 'root-user'],
  ['a letter too few', 'root-usr', 'root-user'],
  ['neighbours swapped', 'unpinend-image', 'unpinned-image'],
  ['the closer of two', 'secret-in-agr', 'secret-in-arg'],
  ['a short word takes one step', 'fx', 'fix'],
  ['a short word takes no more', 'fa', undefined],
  ['nothing like it', 'privileged', undefined],
  ['no word', '', undefined],
];
for (const [name, word, expected] of rows) {
  test(`nearest name: ${name}`, () => {
    assert.equal(nearestName(word, names), expected);
  });
}

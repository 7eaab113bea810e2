// The notation of the tag tables: what a pattern stands for, and that what is written is read back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagPattern } from '../../scripts/knowledge/tag-pattern.ts';
import { expandTags, type TagGroup } from '../../server/core/knowledge/tag-pattern.ts';

const show = (groups: readonly TagGroup[]): string => groups.map(group => group.join(' ')).join(' | ');
const sorted = (groups: readonly TagGroup[]): string[] =>
  groups.map(group => [...group].sort().join(' ')).sort();

const readRows: readonly [pattern: string, groups: string][] = [
  ['1.2', '1.2'],
  ['', 'latest'],
  ['-slim', 'slim'],
  ['{1,2}', '1 2'],
  ['(1 2)', '1 | 2'],
  ['26^.7.0', '26 26.7 26.7.0'],
  ['26^.7.0-slim', '26-slim 26.7-slim 26.7.0-slim'],
  ['v3^.7', 'v3 v3.7'],
  ['{26^.7,}(-slim )', '26-slim 26.7-slim slim | 26 26.7 latest'],
  ['(1 2)(-a -b)', '1-a | 1-b | 2-a | 2-b'],
  ['{1,-lts}{-a,}', '1-a 1 lts-a lts'],
  ['-alpine{,3.24}', 'alpine alpine3.24'],
  ['(1{,-a} (2 3)-b)', '1 1-a | 2-b | 3-b'],
  ['{1', '1'],
  ['(1 2', '1 | 2'],
  ['1}2', '1'],
  ['^', '^'],
];

for (const [pattern, groups] of readRows) {
  test(`"${pattern}" stands for ${groups}`, () => assert.equal(show(expandTags(pattern)), groups));
}

const writeRows: readonly [groups: string, pattern: string][] = [
  ['1.2', '1.2'],
  ['latest', ''],
  ['26 26.7 26.7.0 latest', '{26^.7.0,}'],
  ['26 26.7 26-slim 26.7-slim', '26^.7{-slim,}'],
  ['26 26.7 | 26-slim 26.7-slim', '26^.7(-slim )'],
  ['alpine alpine3.24', '-alpine{,3.24}'],
  ['1-a | 1-b | 2-a | 2-b', '(1 2)(-a -b)'],
  ['3-x 3.1-x lts-x | 3 3.1 lts', '{-lts,3^.1}(-x )'],
  ['1.0-a.b_c', '1.0-a.b_c'],
];

for (const [groups, pattern] of writeRows) {
  const read = groups.split(' | ').map(group => group.split(' '));
  test(`${groups} is written as "${pattern}"`, () => {
    assert.equal(tagPattern(read), pattern);
    assert.deepEqual(sorted(expandTags(pattern)), sorted(read));
  });
}

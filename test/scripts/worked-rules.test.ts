// The worked rules of the documentation: what it quotes stands in the files that it names.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inRepository } from '../../scripts/repository.ts';

const [, chapter = ''] = readFileSync(inRepository('docs', 'writing-a-rule.md'), 'utf8').split(
  '## Three rules, worked',
);
const quotations = [
  ...chapter.matchAll(/\]\(\.\.\/(server\/[^)]+)\)(?:(?!\]\(\.\.\/server)[\s\S])*?```ts\n([\s\S]*?)```/g),
];

test('three rules are worked', () => assert.equal(quotations.length, 3));

for (const [, file = '', quoted = ''] of quotations) {
  test(`what is quoted of ${file} stands in it`, () => {
    assert.ok(readFileSync(inRepository(file), 'utf8').includes(quoted), quoted);
  });
}

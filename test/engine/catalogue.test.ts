import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { toyRule } from '../support/toy-rule.ts';

const catalogue = catalogueOf([toyRule]);

test('catalogue: a rule is found by its id', () => {
  assert.equal(catalogue.rule(toyRule.id), toyRule);
  assert.equal(catalogue.rule('other'), undefined);
});

test("catalogue: rules are found by another tool's id, in any case", () => {
  assert.deepEqual(catalogue.byEquivalent('toy:shout'), [toyRule]);
  assert.deepEqual(catalogue.byEquivalent('toy:other'), []);
});

test('catalogue: what the engine itself finds has a description, but is no rule', () => {
  assert.equal(catalogue.info('unused-suppression')?.id, 'unused-suppression');
  assert.equal(catalogue.rule('unused-suppression'), undefined);
});

test('catalogue: an id is given once', () => {
  assert.throws(() => catalogueOf([toyRule, toyRule]), /Two rules have the id shouted-stage/);
});

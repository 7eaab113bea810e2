// Other tools' rules: each is answered by a rule of ours, or has a reason why none does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersOf, contradictoryIds, unansweredIds } from '../../scripts/peers.ts';
import { metaRules } from '../../server/core/engine/meta-rules.ts';
import { rules } from '../../server/core/rules/index.generated.ts';

const answers = answersOf([...rules, ...metaRules]);

test('no id has both a rule and a reason, and every id is one of a tool', () => {
  assert.deepEqual(contradictoryIds(answers), []);
});

test('every id has a rule or a reason', () => {
  assert.deepEqual(unansweredIds(answers), []);
});

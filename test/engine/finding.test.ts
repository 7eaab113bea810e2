// Findings whose fixes are worked out when somebody asks for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regraded, type Statement, withFixes } from '../../server/core/engine/finding.ts';
import { fix } from '../../server/core/engine/rule.ts';
import { emptySpan } from '../../server/core/text/span.ts';

const statement: Statement = {
  rule: 'toy',
  messageId: 'told',
  message: 'Told.',
  severity: 'info',
  span: emptySpan(0),
  related: [],
  equivalents: [],
};

test('fixes are worked out once, when somebody asks for them', () => {
  let made = 0;
  const finding = withFixes(statement, () => {
    made++;
    return [fix('Mend it', 'safe', [])];
  });
  const graded = regraded(finding, 'error');
  assert.deepEqual([made, graded.severity, finding.severity], [0, 'error', 'info']);
  assert.equal(graded.fixes[0]?.title, 'Mend it');
  assert.equal(graded.fixes, finding.fixes);
  assert.equal(made, 1);
});

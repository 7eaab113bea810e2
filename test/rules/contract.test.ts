// Every rule is held to its contract. To look at one: npm run unit -- contract --test-name-pattern=root-user
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inRepository } from '../../scripts/repository.ts';
import { ruleFiles } from '../../scripts/rules.ts';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { contractProblems } from '../support/contract.ts';

const catalogue = catalogueOf(rules);

for (const rule of rules) {
  test(`the rule contract: ${rule.id}`, () => {
    assert.equal(contractProblems(rule, catalogue).join('\n'), '');
  });
}

test('a rule is named as its file, and its language as the folder', () => {
  assert.deepEqual(
    rules.map(({ language, id }) => `${language}/${id}`).sort(),
    ruleFiles().map(({ language, id }) => `${language}/${id}`),
  );
});

const peers = inRepository('..', 'shared', 'conformance', 'rules');

/** The ids of a peer's rules, or null where the peer is not known. */
function idsOf(tool: string): ReadonlySet<string> | null {
  const table = `${peers}/${tool}.rules.tsv`;
  if (!existsSync(table)) return null;
  return new Set(
    readFileSync(table, 'utf8')
      .split('\n')
      .map(row => row.split('\t')[0] ?? ''),
  );
}

test('equivalents name rules that exist', { skip: !existsSync(peers) }, () => {
  const unknown = rules.flatMap(({ id, messages }) =>
    Object.values(messages)
      .flatMap(({ equivalents = [] }) => equivalents)
      .filter(name => !idsOf(name.slice(0, name.indexOf(':')))?.has(name.slice(name.indexOf(':') + 1)))
      .map(name => `${id}: ${name}`),
  );
  assert.deepEqual(unknown, []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import { parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { Options, OptionValues } from '../../server/core/engine/options.ts';
import { callsOf, rosterOf } from '../../server/core/engine/roster.ts';
import { type DockerfileVisitors, dockerfileRule, type Rule } from '../../server/core/engine/rule.ts';
import { defaultSettings, optionsOf, type Settings } from '../../server/core/engine/settings.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { emptySpan } from '../../server/core/text/span.ts';
import { toyRule } from '../support/toy-rule.ts';

const { examples, docs, fix, category, severity, profile, since, status, title } = toyRule;
const rest = { examples, docs, fix, category, severity, profile, since, status, title };
const messages = { apk: { text: 'apk' }, run: { text: 'RUN' } };
const at = emptySpan(0);

/** Settings of their own for each test: a roster is kept for its settings. */
const fresh = (): Settings => ({ ...defaultSettings });

function linter(rule: Rule, settings: Settings) {
  const catalogue = catalogueOf([rule]);
  return (text: string): string[] =>
    lint(catalogue, { model: parse(text, 'dockerfile'), settings, facts: noFacts }).findings.map(
      ({ message }) => message,
    );
}

test('roster: a rule with nothing to visit does not start again', () => {
  let starts = 0;
  const rule = dockerfileRule({
    ...rest,
    id: 'counted',
    messages,
    check: ({ report }): DockerfileVisitors => {
      starts++;
      return { command: { apk: () => report('apk', { at }) } };
    },
  });
  const run = linter(rule, fresh());
  assert.deepEqual(run('FROM a\nRUN apk add b\n'), ['apk']);
  assert.deepEqual(run('FROM a\nRUN apt-get update\n'), []);
  assert.equal(starts, 1);
  assert.deepEqual(run('FROM a\nRUN apk add b\nRUN apk add c\n'), ['apk', 'apk']);
  assert.equal(starts, 2);
});

test('roster: nothing is concluded from a rule that fails to start', () => {
  const rule = dockerfileRule({
    ...rest,
    id: 'choosy',
    messages,
    check: ({ model, report }) => {
      if (model.stages.length > 1) throw new Error('a defect');
      return { instruction: { RUN: () => report('run', { at }) } };
    },
  });
  const run = linter(rule, fresh());
  assert.match(run('FROM a\nFROM b\nRUN c\n').join(), /choosy/);
  assert.deepEqual(run('FROM a\nRUN c\n'), ['RUN']);
});

test('roster: a program is visited once by each rule that waits for it, alone or with others', () => {
  const rule = dockerfileRule({
    ...rest,
    id: 'grouped',
    messages,
    check: ({ report }): DockerfileVisitors => ({
      command: { apk: () => report('apk', { at }) },
      programs: [{ names: ['curl', 'wget', 'curl'], visit: () => report('run', { at }) }],
    }),
  });
  const run = linter(rule, fresh());
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(run('FROM a\nRUN apk add b && curl c\nRUN wget d && cat e\n'), ['apk', 'RUN', 'RUN']);
  }
});

test('roster: it is kept for its settings', () => {
  const catalogue = catalogueOf([toyRule]);
  const settings = fresh();
  assert.equal(rosterOf('dockerfile', catalogue, settings), rosterOf('dockerfile', catalogue, settings));
  assert.notEqual(rosterOf('dockerfile', catalogue, settings), rosterOf('dockerfile', catalogue, fresh()));
  assert.notEqual(
    rosterOf('dockerfile', catalogue, settings),
    rosterOf('dockerfile', catalogueOf([toyRule]), settings),
  );
});

// What a roster rests on: that what a rule waits for does not depend on the document.
for (const rule of rules) {
  test(`roster: ${rule.id} waits for the same calls in each of its examples`, () => {
    const seen = new Map<string, string>();
    for (const { code, options = {} } of [...rule.examples.bad, ...rule.examples.good]) {
      const settings = { ...fresh(), rules: new Map([[rule.id, { severity: null, options }]]) };
      const visitors = rule.start({
        model: parse(code, rule.language),
        options: optionsOf(rule, settings) as OptionValues<Options>,
        facts: noFacts,
        report: () => {},
      });
      const key = JSON.stringify(options);
      const calls = callsOf(visitors as DockerfileVisitors).join();
      assert.equal(seen.get(key) ?? calls, calls);
      seen.set(key, calls);
    }
  });
}

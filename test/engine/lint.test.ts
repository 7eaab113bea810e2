import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import { parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { LintResult } from '../../server/core/engine/linting.ts';
import {
  composeRule,
  type DockerfileVisitors,
  dockerfileRule,
  type Rule,
} from '../../server/core/engine/rule.ts';
import { defaultSettings, type Settings } from '../../server/core/engine/settings.ts';
import { emptySpan, spanText } from '../../server/core/text/span.ts';
import { toyRule } from '../support/toy-rule.ts';

const text = 'FROM alpine:3.22 AS BASE\nRUN apk add curl | tee log\nONBUILD RUN apk update\n';
const run = (rules: readonly Rule[], settings: Settings = defaultSettings, source = text): LintResult =>
  lint(catalogueOf(rules), { model: parse(source, 'dockerfile'), settings, facts: noFacts });

const { examples, docs, fix, category, severity, profile, since, status, title } = toyRule;
const rest = { examples, docs, fix, category, severity, profile, since, status, title };

/** A rule that tells of every visit. */
const watcher = (visitors: (saw: (what: string) => void) => DockerfileVisitors): Rule =>
  dockerfileRule({
    ...rest,
    id: 'watcher',
    messages: { saw: { text: '{what}' } },
    check: ({ report }) => visitors(what => report('saw', { at: emptySpan(0), data: { what } })),
  });

const messages = ({ findings }: LintResult): string[] => findings.map(({ message }) => message);

test('lint: a finding carries what the rule declares, its message filled in', () => {
  const [finding] = run([toyRule]).findings;
  assert.equal(finding?.message, 'The stage BASE is named in capitals: write base.');
  assert.deepEqual(
    { rule: finding?.rule, messageId: finding?.messageId, severity: finding?.severity },
    { rule: 'shouted-stage', messageId: 'shouted', severity: 'warning' },
  );
  assert.equal(finding && spanText(text, finding.span), 'BASE');
  assert.deepEqual(finding?.equivalents, ['toy:SHOUT']);
});

test('lint: visitors are called in the order of the document', () => {
  const rule = watcher(saw => ({
    file: () => saw('file'),
    stage: ({ name }) => saw(`stage ${name}`),
    instruction: { FROM: () => saw('FROM'), RUN: () => saw('RUN'), ONBUILD: () => saw('ONBUILD') },
    command: {
      apk: ({ args }) => saw(`apk ${args[0]?.value}`),
      '*': ({ name }) => saw(`any ${name}`),
    },
    end: () => saw('end'),
  }));
  assert.deepEqual(messages(run([rule])), [
    'file',
    'stage base',
    'FROM',
    'RUN',
    'apk add',
    'any apk',
    'any tee',
    'ONBUILD',
    'RUN',
    'apk update',
    'any apk',
    'end',
  ]);
});

test('lint: a rule that throws becomes one finding, and the others go on', () => {
  const broken = watcher(() => ({
    instruction: {
      RUN() {
        throw new Error('a defect');
      },
    },
  }));
  const { findings } = run([broken, toyRule]);
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['internal-error', 'shouted-stage'],
  );
  assert.match(findings[0]?.message ?? '', /watcher.*a defect/);
});

test('lint: a rule that throws before it has visitors becomes one finding', () => {
  const broken = watcher(() => {
    throw new Error('a defect');
  });
  assert.deepEqual(
    run([broken]).findings.map(({ rule }) => rule),
    ['internal-error'],
  );
});

test('lint: rules of the other language stay silent', () => {
  const other = composeRule({
    ...rest,
    id: 'other',
    messages: { saw: { text: '' } },
    check: ({ report }) => ({ file: () => report('saw', { at: emptySpan(0) }) }),
  });
  assert.deepEqual(run([other]).findings, []);
});

test('lint: severities come from the settings', () => {
  const settings = (severity: 'error' | 'off'): Settings => ({
    ...defaultSettings,
    rules: new Map([[toyRule.id, { severity, options: {} }]]),
  });
  assert.equal(run([toyRule], settings('error')).findings[0]?.severity, 'error');
  assert.deepEqual(run([toyRule], settings('off')).findings, []);
});

test('lint: a rule that finds secrets tells of them even where it is off', () => {
  const rule = dockerfileRule({
    ...rest,
    id: 'secret',
    findsSecrets: true,
    messages: { found: { text: '' } },
    check: ({ report }) => ({ stage: ({ span }) => report('found', { at: span, sensitive: [span] }) }),
  });
  const { findings, sensitive } = run([rule], { ...defaultSettings, only: new Set(['other']) });
  assert.deepEqual(findings, []);
  assert.equal(sensitive.length, 1);
});

test('lint: what was asked and not known is told', () => {
  const rule = dockerfileRule({
    ...rest,
    id: 'curious',
    needs: ['context'],
    messages: { found: { text: '' } },
    check: ({ facts }) => ({ file: () => void facts.get('context', '.') }),
  });
  const result = run([rule]);
  assert.deepEqual(result.asked, [
    { kind: 'image', path: 'alpine:3.22' },
    { kind: 'context', path: '.' },
  ]);
  assert.deepEqual(result.missing, result.asked);
});

test('lint: a text without any instruction has no findings', () => {
  assert.deepEqual(run([toyRule], defaultSettings, '').findings, []);
});

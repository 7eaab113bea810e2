import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import type { Fix, Safety } from '../../server/core/engine/finding.ts';
import { type FixResult, fixAll } from '../../server/core/engine/fix-all.ts';
import { dockerfileRule, fix, type Rule } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import type { FromInstruction } from '../../server/core/model/dockerfile/model.ts';
import { insert, replace } from '../../server/core/text/edit.ts';
import { toyRule } from '../support/toy-rule.ts';

const { examples, docs, category, severity, profile, since, status, title } = toyRule;

/** A rule about FROM whose fix is the row's. */
const fixer = (id: string, fixOf: (from: FromInstruction) => Fix | undefined): Rule =>
  dockerfileRule({
    ...{ examples, docs, category, severity, profile, since, status, title, id },
    fix: { availability: 'always', safety: 'safe', why: '' },
    messages: { found: { text: '' } },
    check: ({ report }) => ({
      instruction: {
        FROM(from) {
          const repair = fixOf(from);
          if (repair) report('found', { at: from.span, fixes: [repair] });
        },
      },
    }),
  });

const renamer = (id: string, before: string, after: string): Rule =>
  fixer(id, ({ image }) =>
    image?.value === before ? fix(after, 'safe', [replace(image.span, after)]) : undefined,
  );

const run = (rules: readonly Rule[], text: string, upTo: Safety = 'safe'): FixResult =>
  fixAll(catalogueOf(rules), {
    text,
    language: 'dockerfile',
    settings: defaultSettings,
    facts: noFacts,
    upTo,
  });

test('fix all: every finding is repaired, also what only a repair brings to light', () => {
  const { text, applied } = run(
    [toyRule, renamer('a-rule', 'a', 'b'), renamer('b-rule', 'b', 'c')],
    'FROM a AS X\n',
  );
  assert.equal(text, 'FROM c AS x\n');
  assert.deepEqual(
    applied.map(({ rule }) => rule),
    ['a-rule', 'shouted-stage', 'b-rule'],
  );
});

test('fix all: nothing to repair leaves the text as it is', () => {
  assert.deepEqual(run([toyRule], 'FROM a\n'), {
    text: 'FROM a\n',
    applied: [],
    files: [],
    refused: [],
    missing: [{ kind: 'image', path: 'a' }],
  });
});

test('fix all: less safe repairs wait for permission', () => {
  const rule = fixer('unsafe-rule', ({ image }) =>
    image?.value === 'a' ? fix('b', 'unsafe', [replace(image.span, 'b')]) : undefined,
  );
  assert.equal(run([rule], 'FROM a\n', 'safe').text, 'FROM a\n');
  assert.equal(run([rule], 'FROM a\n', 'unsafe').text, 'FROM b\n');
});

test('fix all: only wanted findings are repaired', () => {
  const { text } = fixAll(catalogueOf([toyRule, renamer('a-rule', 'a', 'b')]), {
    ...{
      text: 'FROM a AS X\n',
      language: 'dockerfile',
      settings: defaultSettings,
      facts: noFacts,
      upTo: 'safe',
    },
    wanted: ({ rule }) => rule === 'a-rule',
  });
  assert.equal(text, 'FROM b AS X\n');
});

const circle = [renamer('a-rule', 'a', 'b'), renamer('b-rule', 'b', 'c'), renamer('c-rule', 'c', 'a')];

test('fix all: a circle ends where it closes, and names who closes it', () => {
  const { text, refused } = run(circle, 'FROM a\n');
  assert.equal(text, 'FROM c\n');
  assert.deepEqual(refused, ['c-rule']);
});

test('fix all: repairs that never end are cut off', () => {
  const rule = fixer('endless', ({ span }) => fix('more', 'safe', [insert(span.end, 'x')]));
  const { text, applied } = run([rule], 'FROM a\n');
  assert.equal(applied.length, 50);
  assert.equal(text, `FROM a${'x'.repeat(50)}\n`);
});

test('fix all: a repair that breaks the text is refused, and named', () => {
  const broken = fixer('breaker', ({ keywordSpan }) => fix('break', 'safe', [replace(keywordSpan, '{')]));
  const { text, refused, applied } = run([toyRule, broken], 'FROM a\n');
  assert.deepEqual({ text, refused, applied }, { text: 'FROM a\n', refused: ['breaker'], applied: [] });
});

test('fix all: a repair of another file alone is done once', () => {
  const line = { kind: 'append-line', path: '.dockerignore', line: '.env' } as const;
  const rule = fixer('file-rule', () => fix('ignore', 'safe', [], { files: [line] }));
  const { text, files, applied, refused } = run([rule, toyRule], 'FROM a AS X\n');
  assert.equal(text, 'FROM a AS x\n');
  assert.deepEqual(files, [line]);
  assert.equal(applied.length, 2);
  assert.deepEqual(refused, []);
});

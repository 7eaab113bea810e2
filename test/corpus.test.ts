// Real files of public projects, where they lie beside the repository: no rule fails on one, and every repair holds.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inRepository } from '../scripts/repository.ts';
import { catalogueOf } from '../server/core/engine/catalogue.ts';
import { noFacts } from '../server/core/engine/facts.ts';
import { fixAll } from '../server/core/engine/fix-all.ts';
import { languageOf, parse } from '../server/core/engine/language.ts';
import { lint } from '../server/core/engine/lint.ts';
import type { Language } from '../server/core/engine/rule.ts';
import { defaultSettings } from '../server/core/engine/settings.ts';
import { rules } from '../server/core/rules/index.generated.ts';
import { sampleOf } from './support/sample.ts';

const corpus = inRepository('..', 'shared', 'corpus');
const catalogue = catalogueOf(rules);
const request = { settings: { ...defaultSettings, profile: 'all' }, facts: noFacts } as const;

function problemsIn(text: string, language: Language): string[] {
  const model = parse(text, language);
  const failed = lint(catalogue, { ...request, model }).findings.filter(
    ({ rule }) => rule === 'internal-error',
  );
  const fixed = fixAll(catalogue, { ...request, text, model, language, upTo: 'suggestion' });
  const again = fixAll(catalogue, { ...request, text: fixed.text, language, upTo: 'suggestion' });
  return [
    ...failed.map(({ message }) => message),
    ...fixed.refused.map(rule => `a repair of ${rule} was refused`),
    ...again.applied.map(({ rule, title }) => `${rule} is never done: ${title}`),
  ];
}

test('rules and repairs hold on real files', { skip: !existsSync(corpus) }, () => {
  const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).sort();
  const problems = sampleOf(names).flatMap(name => {
    const language = languageOf(name);
    const file = path.join(corpus, name);
    if (!language || !existsSync(file)) return [];
    return problemsIn(readFileSync(file, 'utf8'), language).map(problem => `${name}: ${problem}`);
  });
  assert.deepEqual(problems, []);
});

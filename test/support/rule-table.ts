// Tables of edge cases for one rule: texts with «marks» where findings are due, their message ids, and the fixed text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { exampleSettings, factsBeside, readMarks } from '../../server/core/engine/example.ts';
import type { FactReader } from '../../server/core/engine/facts.ts';
import type { Fix } from '../../server/core/engine/finding.ts';
import { fixAll } from '../../server/core/engine/fix-all.ts';
import { parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { LintResult } from '../../server/core/engine/linting.ts';
import type { Rule } from '../../server/core/engine/rule.ts';
import type { Settings } from '../../server/core/engine/settings.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { mark } from './marks.ts';

/** A text of whole lines. */
export const lines = (...all: readonly string[]): string => all.map(line => `${line}\n`).join('');

/**
 * `messages` are ids with blanks between, in document order. `fixed` is the text after all fixes, the first one of every
 * finding; without it the findings have none.
 */
export type Row = readonly [name: string, code: string, messages: string, fixed?: string];

type Files = Readonly<Record<string, string>>;

/** The rule alone on a text. */
class Bench {
  readonly #rule: Rule;
  readonly #settings: Settings;
  readonly #facts: FactReader;

  constructor(rule: Rule, files: Files) {
    this.#rule = rule;
    this.#settings = exampleSettings(rule, { code: '' });
    this.#facts = factsBeside(files);
  }

  lint(text: string): LintResult {
    const model = parse(text, this.#rule.language);
    return lint(catalogueOf([this.#rule]), { model, settings: this.#settings, facts: this.#facts });
  }

  fixAll(text: string): string {
    const { language } = this.#rule;
    const request = { text, language, settings: this.#settings, facts: this.#facts } as const;
    const { text: fixed, refused } = fixAll(catalogueOf([this.#rule]), { ...request, upTo: 'suggestion' });
    assert.deepEqual(refused, []);
    assert.ok(parse(fixed, language).problems.length <= parse(text, language).problems.length, fixed);
    return fixed;
  }
}

export function ruleTable(rule: Rule, rows: readonly Row[], files: Files = {}): void {
  const bench = new Bench(rule, files);
  for (const [name, code, messages, fixed] of rows) {
    test(`${rule.id}: ${name}`, () => {
      const { text } = readMarks(code);
      const { findings } = bench.lint(text);
      assert.equal(
        mark(
          text,
          findings.map(({ span }) => span),
        ),
        code,
      );
      assert.equal(findings.map(({ messageId }) => messageId).join(' '), messages);
      assert.equal(bench.fixAll(text), fixed ?? text);
    });
  }
}

const isFirst = (fix: Fix, index: number, all: readonly Fix[]): boolean =>
  all.findIndex(({ title }) => title === fix.title) === index;

/** What every fix of the only finding makes, by its title; titles may be left out. */
export function variantTable(
  rule: Rule,
  rows: readonly (readonly [name: string, code: string, variants: Readonly<Record<string, string>>])[],
): void {
  const bench = new Bench(rule, {});
  for (const [name, text, variants] of rows) {
    test(`${rule.id}: ${name}`, () => {
      const [finding, ...others] = bench.lint(text).findings;
      assert.equal(others.length, 0);
      const made = (finding?.fixes ?? [])
        .filter(isFirst)
        .filter(({ title }) => title in variants)
        .map(({ title, edits }) => [title, applyEdits(text, edits)] as const);
      assert.deepEqual(Object.fromEntries(made), variants);
    });
  }
}

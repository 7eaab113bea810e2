// A small fuzz run over mutants of the rules' examples; `npm run fuzz` makes a long one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkInput } from '../scripts/fuzz/check.ts';
import { ownInputs } from '../scripts/fuzz/inputs.ts';
import { mutantOf } from '../scripts/fuzz/mutants.ts';
import { randomFrom } from '../scripts/fuzz/random.ts';
import { fuzz } from '../scripts/fuzz/run.ts';
import { catalogueOf } from '../server/core/engine/catalogue.ts';
import { fix, type Rule } from '../server/core/engine/rule.ts';
import { rules } from '../server/core/rules/index.generated.ts';
import { insert } from '../server/core/text/edit.ts';
import { emptySpan } from '../server/core/text/span.ts';
import { quickOr } from './support/sample.ts';
import { toyRule } from './support/toy-rule.ts';

const runs = quickOr(500, 2_000);

test('no mutant fails, is slow, or is broken by a repair', () => {
  const { failures } = fuzz(catalogueOf(rules), { inputs: ownInputs(), seed: 1, first: 0, runs });
  assert.deepEqual(
    failures.map(({ run, problem }) => `mutant ${run}: ${problem}`),
    [],
  );
});

/** What repairs have broken before. */
const texts: Readonly<Record<string, string>> = {
  'a number added right before a heredoc': 'FROM a\nRUN curl<<EOF -fsSL https://b/c | sh\n',
  'a heredoc ended by a line that goes on': 'FROM a\nRUN echo "b" > /etc/c\\\r\n\n',
  'a heredoc ended by a line with a blank': 'FROM a\nRUN echo "b" > /etc/c \n',
  'a directive that a comment becomes again':
    '# sytnax=docker/dockerfile:1\n# syntax=docker/dockerfile:1 # b\nFROM a\n',
  'a list of one for what takes two': 'FROM a\nADD ["b", ]\n',
};
for (const [name, text] of Object.entries(texts)) {
  test(`no repair breaks ${name}`, () => {
    const { problems } = checkInput(catalogueOf(rules), { language: 'dockerfile', text });
    assert.deepEqual(problems, []);
  });
}

test('a seed repeats its mutants', () => {
  const make = (seed: number): string[] =>
    Array.from({ length: 50 }, (_, run) => mutantOf('FROM a\nRUN b\n', 'c\n', randomFrom(seed + run)));
  assert.deepEqual(make(7), make(7));
  assert.notDeepEqual(make(7), make(1_000));
});

/** What is said of a text that is checked by one rule. */
function problemsUnder(rule: Rule): readonly string[] {
  const inputs = [{ language: 'dockerfile', text: 'FROM a AS B\n' }] as const;
  const { failures } = fuzz(catalogueOf([rule]), { inputs, seed: 1, first: 0, runs: 20 });
  return failures.map(({ problem }) => problem);
}

test('a rule that throws is noticed', () => {
  const rule: Rule = {
    ...toyRule,
    start: () => {
      throw new Error('on purpose');
    },
  };
  assert.match(problemsUnder(rule)[0] ?? '', /on purpose/);
});

test('a repair that breaks a text is noticed', () => {
  const fixes = [fix('Break it', 'safe', [insert(0, 'BROKEN\n')])];
  const rule = {
    ...toyRule,
    start: ({ report }: Parameters<typeof toyRule.start>[0]) => ({
      end: () => report('shouted', { at: emptySpan(0), fixes }),
    }),
  };
  assert.match(problemsUnder(rule)[0] ?? '', /^shouted-stage: "Break it" breaks the text/);
});

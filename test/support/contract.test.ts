// The contract itself is tested: a sound rule passes, and each way to be unsound is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import type { Fix } from '../../server/core/engine/finding.ts';
import { option } from '../../server/core/engine/options.ts';
import {
  dockerfileRule,
  type Example,
  fix,
  type Rule,
  type RuleInfo,
} from '../../server/core/engine/rule.ts';
import { remove, replace } from '../../server/core/text/edit.ts';
import { emptySpan, type Span, span } from '../../server/core/text/span.ts';
import { contractProblems } from './contract.ts';
import { toyRule } from './toy-rule.ts';

const problems = (rule: Rule, ...others: readonly Rule[]): string =>
  contractProblems(rule, catalogueOf([rule, ...others])).join('\n');

test('a sound rule has no problems', () => {
  assert.equal(problems(toyRule), '');
});

const { docs } = toyRule;
const bad = (example: Partial<Example>): Partial<RuleInfo> => ({
  examples: { ...toyRule.examples, bad: toyRule.examples.bad.map(own => ({ ...own, ...example })) },
});

const declared: readonly [name: string, change: Partial<RuleInfo>, problem: RegExp][] = [
  ['an id in capitals', { id: 'Shouted' }, /the id Shouted is not in kebab-case/],
  ['no reason', { docs: { ...docs, why: ' ' } }, /docs\.why is empty/],
  [
    'an address without https',
    { docs: { ...docs, references: ['http://a.b/'] } },
    /http:\/\/a\.b\/ is no https/,
  ],
  ['no version', { since: 'next' }, /since is next/],
  ['a title that ends as a sentence', { title: 'Bad.' }, /title ends with a full stop/],
  ['an admonition', { title: 'It should not' }, /title says "should"/],
  [
    'an equivalent without a tool',
    { messages: { shouted: { text: 'x {name} {quiet}', equivalents: ['DL3000' as 'a:b'] } } },
    /the equivalent DL3000 of messages\.shouted is not written tool:id/,
  ],
  [
    'a message that nothing shows',
    { messages: { ...toyRule.messages, other: { text: 'x' } } },
    /no example shows messages\.other/,
  ],
  [
    'an option that nothing shows',
    { options: { most: option.number(1, 'Most.') } },
    /no example sets the option most/,
  ],
  ['an unknown option', bad({ options: { most: 1 } }), /sets most, which is no option/],
  ['a fact that nothing asks for', { needs: ['context'] }, /needs context, but no example/],
  [
    'a mark in the wrong place',
    bad({ code: 'FROM «a» AS A\n' }),
    /marked:\n {4}\| FROM «a» AS A\n {2}reported:\n {4}\| FROM a AS «A»/,
  ],
  ['no mark at all', bad({ code: 'FROM a\n' }), /bad example 1 has no «mark»/],
  [
    'a good example that is bad',
    { examples: { ...toyRule.examples, good: [{ code: 'FROM a AS A\n' }] } },
    /good example 1 reports elsewhere/,
  ],
  ['no good example', { examples: { ...toyRule.examples, good: [] } }, /there is no good example/],
  ['another fixed text', bad({ fixed: 'FROM a\n' }), /is fixed otherwise than shown/],
  ['an unknown variant', bad({ variants: { other: '' } }), /has no fix "other", but "Write base"/],
  [
    'a promise that is not kept',
    { fix: { availability: 'never', why: 'x' } },
    /promises a fix never, the examples have one always/,
  ],
  [
    'less safe than promised',
    { fix: { ...toyRule.fix, safety: 'unsafe' } as RuleInfo['fix'] },
    /promises unsafe fixes, the least safe one is safe/,
  ],
  [
    'an example told twice',
    { examples: { ...toyRule.examples, good: [{ code: 'FROM a\n' }, { code: 'FROM a\n' }] } },
    /stands there twice/,
  ],
];
for (const [name, change, problem] of declared) {
  test(`the contract sees ${name}`, () => {
    assert.match(problems({ ...toyRule, ...change } as Rule), problem);
  });
}

interface Doing {
  readonly name: string;
  readonly problem: RegExp;
  readonly code?: string;
  readonly fixed?: string;
  readonly at?: (text: string) => Span;
  readonly fix?: (text: string, at: Span) => Fix;
  readonly message?: string;
  readonly sensitive?: boolean;
  readonly others?: readonly Rule[];
}

const word = (text: string): Span => {
  const start = text.indexOf('bad');
  return span(start, start + 3);
};

/** A rule that finds the word "bad" anywhere, but for what the row changes. */
function doing({
  code = 'FROM «bad»\n',
  fixed,
  at = word,
  fix: repair,
  message = 'x',
  sensitive,
}: Doing): Rule {
  const { category, severity, profile, since, status, title } = toyRule;
  return dockerfileRule({
    ...{ category, severity, profile, since, status, title, docs, id: 'foul-word' },
    messages: { found: { text: message } },
    fix: repair ? { availability: 'always', safety: 'safe', why: 'x' } : { availability: 'never', why: 'x' },
    examples: { bad: [{ code, ...(fixed === undefined ? {} : { fixed }) }], good: [{ code: 'FROM good\n' }] },
    check: ({ model: { text }, report }) => ({
      file() {
        if (!text.includes('bad')) return;
        const found = at(text);
        report('found', {
          at: found,
          fixes: repair ? [repair(text, found)] : [],
          sensitive: sensitive ? [found] : [],
        });
      },
    }),
  });
}

const write = (text: string) => (_: string, at: Span) => fix('Repair', 'safe', [replace(at, text)]);

const rows: readonly Doing[] = [
  {
    name: 'a hole that is not filled',
    message: 'the {hole}',
    problem: /the hole \{hole\} of messages\.found is not filled/,
  },
  {
    name: 'a secret in a message',
    message: 'it is bad',
    sensitive: true,
    problem: /messages\.found shows a secret/,
  },
  { name: 'a fix without a fixed text', fix: write('good'), problem: /shows no fixed text/ },
  { name: 'a fix that repairs nothing', fix: write('bad '), problem: /"Repair" does not remove the finding/ },
  { name: 'a fix that never ends', fix: write('bad '), problem: /is never done/ },
  {
    name: 'a fix that breaks the text',
    fix: () => fix('Break', 'safe', [remove(span(0, 5))]),
    problem: /breaks the syntax|what the engine refused/,
  },
  {
    name: 'a fix that makes another finding',
    fix: write('good AS B'),
    fixed: 'FROM good AS B\n',
    others: [toyRule],
    problem: /makes a finding of shouted-stage/,
  },
  {
    name: 'a fix that eats a comment',
    code: '# keep\nFROM «bad»\n',
    fix: () => fix('Eat', 'safe', [replace(span(0, 15), 'FROM good')]),
    problem: /loses the comment "keep"/,
  },
  {
    name: "line ends of the author's machine",
    code: 'FROM «bad»\nRUN true\n',
    fixed: 'FROM good\nRUN ok\n',
    fix: (_, at) => fix('Fix', 'safe', [replace(span(at.start, at.end + 9), 'good\nRUN ok')]),
    problem: /with CRLF is fixed otherwise/,
  },
  {
    name: 'a range that counts lines',
    at: text => span(text.length - 4, text.length - 1),
    problem: /without a final newline reports elsewhere/,
  },
  {
    name: 'a fix that counts from the start',
    fixed: 'FROM good\n',
    fix: () => fix('Fix', 'safe', [replace(span(5, 8), 'good')]),
    problem: /with a byte order mark is fixed otherwise/,
  },
  {
    name: 'an eye for capitals alone',
    at: text => (text.includes('FROM') ? word(text) : emptySpan(0)),
    problem: /with lower-case keywords reports elsewhere/,
  },
  {
    name: 'a crash on half a text',
    code: 'FROM «bad»\nRUN true\n',
    at: text => {
      if (!text.includes('true')) throw new Error('half');
      return word(text);
    },
    problem: /cut at \d+, behind .*, crashed: .*half/,
  },
];
for (const row of rows) {
  test(`the contract sees ${row.name}`, () => {
    assert.match(problems(doing(row), ...(row.others ?? [])), row.problem);
  });
}

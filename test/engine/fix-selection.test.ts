import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding, Fix, Safety } from '../../server/core/engine/finding.ts';
import { editsOf, selectFixes } from '../../server/core/engine/fix-selection.ts';
import { fix } from '../../server/core/engine/rule.ts';
import { applyEdits, type Edit, insert, remove, replace } from '../../server/core/text/edit.ts';
import { emptySpan, span, touches } from '../../server/core/text/span.ts';

const found = (...fixes: readonly Fix[]): Finding => ({
  rule: 'some-rule',
  messageId: 'found',
  message: '',
  severity: 'warning',
  span: emptySpan(0),
  related: [],
  equivalents: [],
  fixes,
});

const safe = (title: string, edits: readonly Edit[], rest: Partial<Fix> = {}): Finding =>
  found(fix(title, 'safe', edits, rest));

const suggestion = fix('suggestion', 'suggestion', [insert(0, 's')]);
const unsafe = fix('unsafe', 'unsafe', [insert(0, 'u')]);

const rows: readonly [
  name: string,
  findings: readonly Finding[],
  limit: Safety,
  expected: readonly string[],
][] = [
  ['nothing to choose from', [found()], 'suggestion', []],
  ['fixes that are not allowed are passed over', [found(suggestion, unsafe)], 'unsafe', ['unsafe']],
  ['of several allowed ones the first', [found(suggestion, unsafe)], 'suggestion', ['suggestion']],
  ['no unsafe fix where only safe ones are allowed', [found(unsafe)], 'safe', []],
  [
    'apart',
    [safe('a', [replace(span(0, 1), 'x')]), safe('b', [replace(span(2, 3), 'y')])],
    'safe',
    ['a', 'b'],
  ],
  ['touching', [safe('a', [replace(span(0, 1), 'x')]), safe('b', [replace(span(1, 2), 'y')])], 'safe', ['a']],
  ['two insertions at one place', [safe('a', [insert(1, 'x')]), safe('b', [insert(1, 'y')])], 'safe', ['a']],
  [
    'between the edits of another fix',
    [safe('a', [insert(0, 'x'), insert(9, 'y')]), safe('b', [insert(5, 'z')])],
    'safe',
    ['a', 'b'],
  ],
  [
    'one and the same edit is shared',
    [safe('a', [remove(span(0, 3)), insert(5, 'x')]), safe('b', [remove(span(0, 3)), insert(9, 'y')])],
    'safe',
    ['a', 'b'],
  ],
  [
    'on text that an earlier fix relies on',
    [safe('a', [insert(9, 'x')], { relies: [span(0, 3)] }), safe('b', [remove(span(1, 2))])],
    'safe',
    ['a'],
  ],
  [
    'relying on text that an earlier fix changes',
    [safe('a', [remove(span(1, 2))]), safe('b', [insert(9, 'x')], { relies: [span(0, 3)] })],
    'safe',
    ['a'],
  ],
  [
    'of one group',
    [safe('a', [insert(0, 'x')], { group: 'user' }), safe('b', [insert(9, 'y')], { group: 'user' })],
    'safe',
    ['a'],
  ],
  [
    'of different groups',
    [safe('a', [insert(0, 'x')], { group: 'user' }), safe('b', [insert(9, 'y')], { group: 'tag' })],
    'safe',
    ['a', 'b'],
  ],
];
for (const [name, findings, limit, expected] of rows) {
  test(`select fixes: ${name}`, () => {
    assert.deepEqual(
      selectFixes(findings, limit).map(selected => selected.fix.title),
      expected,
    );
  });
}

test('select fixes: a shared edit is applied once', () => {
  const selected = selectFixes(
    [safe('a', [remove(span(0, 3)), insert(5, 'x')]), safe('b', [remove(span(0, 3)), insert(9, 'y')])],
    'safe',
  );
  assert.equal(applyEdits('0123456789', editsOf(selected)), '34x5678y9');
});

/** A small generator of numbers below a bound; the same ones for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

test('select fixes: what is taken never collides, whatever is offered', () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const next = numbers(seed);
    const randomSpan = () => {
      const start = next(40);
      return span(start, start + next(4));
    };
    const findings = Array.from({ length: 8 }, (_, index) =>
      safe(`${index}`, [replace(randomSpan(), `${index}`)], {
        relies: next(3) === 0 ? [randomSpan()] : [],
        group: next(4) === 0 ? 'group' : null,
      }),
    );
    const selected = selectFixes(findings, 'safe');
    assert.ok(selected.length > 0);
    applyEdits('0123456789'.repeat(5), editsOf(selected));
    for (const { fix: one } of selected) {
      for (const { fix: other } of selected) {
        if (one === other) continue;
        assert.ok(
          !one.edits.some(edit => other.relies.some(relied => touches(edit.span, relied))),
          `seed ${seed}`,
        );
        assert.ok(one.group === null || one.group !== other.group, `seed ${seed}`);
      }
    }
  }
});

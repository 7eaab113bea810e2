// What a table of tokens expects: each marked place of a text carries the scopes that its row names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMarks } from '../../server/core/engine/example.ts';
import type { Span } from '../../server/core/text/span.ts';
import { type Token, tokenizer } from './tokens.ts';

/** For each mark its scopes, separated by blanks; one with `!` in front must be absent. */
export type TokenRow = readonly [name: string, text: string, ...expected: string[]];

const overlaps = ({ start, text }: Token, mark: Span): boolean =>
  start < mark.end && start + text.length > mark.start;

const carries = ({ scopes }: Token, scope: string): boolean =>
  scopes.flatMap(names => names.split(' ')).some(name => name === scope || name.startsWith(`${scope}.`));

function disappointments(tokens: readonly Token[], mark: Span, expected: string): string[] {
  const marked = tokens.filter(token => overlaps(token, mark));
  if (marked.length === 0) return [`no token at ${mark.start}`];
  return marked.flatMap(token =>
    expected
      .split(' ')
      .filter(scope => (scope.startsWith('!') ? carries(token, scope.slice(1)) : !carries(token, scope)))
      .map(scope => `${JSON.stringify(token.text)} should have ${scope}: ${token.scopes.join(' ')}`),
  );
}

export function testTokens(group: string, scopeName: string, rows: readonly TokenRow[]): void {
  const tokenize = tokenizer(scopeName);
  for (const [name, code, ...expected] of rows) {
    test(`${group}: ${name}`, async () => {
      const { text, marks } = readMarks(code);
      assert.equal(marks.length, expected.length, 'one expectation for each mark');
      const tokens = (await tokenize)(text);
      const problems = marks.flatMap((mark, index) => disappointments(tokens, mark, expected[index] ?? ''));
      assert.deepEqual(problems, []);
    });
  }
}

// The grammar files themselves: declared, complete, without a rule that nothing uses, each pattern one that compiles.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { filesBelow, inRepository } from '../../scripts/repository.ts';
import { compile, ownGrammars } from './tokens.ts';

interface Rule {
  readonly include?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly while?: string;
}

interface Grammar {
  readonly scopeName: string;
  readonly injectionSelector?: string;
  readonly repository?: Readonly<Record<string, unknown>>;
}

const files = filesBelow('syntaxes', file => file.endsWith('.json'));
const grammars = files.map(
  (file): Grammar => JSON.parse(readFileSync(inRepository(file), 'utf8')) as Grammar,
);

/** The objects in a grammar, itself included. */
function* rulesIn(value: unknown): Generator<Rule> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const inner of Object.values(value)) yield* rulesIn(inner);
}

/** `scope#name` for each rule that some grammar includes. */
const included = new Set(
  grammars.flatMap(grammar =>
    [...rulesIn(grammar)].flatMap(({ include }) =>
      include?.startsWith('#') ? `${grammar.scopeName}${include}` : (include ?? []),
    ),
  ),
);
const offered = grammars.flatMap(({ scopeName, repository = {} }) =>
  Object.keys(repository).map(name => `${scopeName}#${name}`),
);

test('each grammar is declared under its name', () => {
  assert.deepEqual(
    ownGrammars.map(({ scopeName, path }) => [path, scopeName]).sort(),
    files.map((file, index) => [`./${file}`, grammars[index]?.scopeName]).sort(),
  );
});

test('each rule is used, and what is included of ours exists', () => {
  assert.deepEqual(
    [...included].filter(name => name.startsWith('bulkhead.') && name.includes('#')).sort(),
    offered.sort(),
  );
});

for (const [index, grammar] of grammars.entries()) {
  test(`the patterns compile: ${files[index]}`, async () => {
    for (const rule of rulesIn(grammar)) {
      // Behind `begin` a number stands for what it has found.
      const closing = [rule.end, rule.while].map(pattern => pattern?.replace(/\\\d/g, 'x'));
      for (const pattern of [rule.match, rule.begin, ...closing])
        if (pattern !== undefined) await compile(pattern);
    }
  });
}

// Broken, endless and hostile texts: what can be read is given, nothing throws, and time grows with the length only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShellScript } from '../../server/core/model/shell/script.ts';
import { computingTime } from '../support/computing-time.ts';
import { bodies } from './shell-bodies.ts';
import { readPosix } from './shell-source.ts';

const broken: readonly [text: string, ...names: (string | null)[]][] = [
  ['a |', 'a'],
  ['a && ', 'a'],
  ['a "b', 'a'],
  ["a 'b", 'a'],
  ['a $(b', 'a', 'b'],
  ['a `b', 'a', 'b'],
  ['a ${b', 'a'],
  ['if a; then b', 'a', 'b'],
  ['for x in y; do a; b', 'a', 'b'],
  ['case x in y) a', 'a'],
  ['(a; b', 'a', 'b'],
  ['{ a; b', 'a', 'b'],
  ['f() { a', 'a'],
  ['a; )', 'a'],
  ['a; fi', 'a'],
  ['a "$(b |)"', 'a', 'b'],
  ['sh -c "a |"', 'sh', 'a'],
  ['a; {{ if (b) }} c', 'a', '{{'],
];
for (const [text, ...names] of broken) {
  test(`broken: ${text}`, () => {
    const { complete, commands } = readPosix(text);
    assert.equal(complete, false);
    assert.deepEqual(
      commands.map(({ name }) => name),
      names,
    );
  });
}

for (const text of ['', ' ', '\n', '# comment', '#!/bin/sh', '\\', ';', '\u0000', '\ufeffa', '\ud800']) {
  test(`next to nothing: ${JSON.stringify(text)}`, () => {
    askAll(readPosix(text), text.length);
  });
}

/** Asks for all that is computed late. Spans stay inside the text. */
function askAll({ commands, pipelines, redirects }: ShellScript, length: number): void {
  const targets = redirects.flatMap(({ target }) => target ?? []);
  const words = commands.flatMap(({ nameWord, args, assignments }) => [
    ...(nameWord === null ? [] : [nameWord]),
    ...args,
    ...assignments.flatMap(({ value }) => value ?? []),
  ]);
  for (const { value, variables } of [...words, ...targets]) assert.ok(value !== undefined && variables);
  for (const { span } of [...commands, ...pipelines, ...redirects, ...words, ...targets]) {
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= length, JSON.stringify(span));
  }
  const starts = commands.map(({ span }) => span.start);
  assert.deepEqual(
    starts,
    [...starts].sort((a, b) => a - b),
  );
}

test('bodies cut at any character', () => {
  for (const [text] of bodies) {
    for (let end = 0; end <= text.length; end++) {
      askAll(readPosix(text.slice(0, end)), end);
      askAll(readPosix(text.slice(end)), text.length - end);
    }
  }
});

const long = [
  'a b && \\\n',
  'a "x\\"y" $z | ',
  'a=$(b) ',
  'sudo a b;',
  'a <<E\n',
  "sh -c 'a' ",
  '/',
  '"',
  'coproc ',
];
const hostile = [
  ...[
    '(',
    '{ ',
    '$(',
    '"$(',
    '`',
    '\\`',
    '`\\`',
    '$((1+',
    '((',
    '<(',
    '${x:-',
    '${',
    'if ',
    'while ',
    'f(){ ',
  ],
  ...[
    'case x in ',
    'coproc ',
    '! ',
    'time ',
    '[[ ! ',
    '@(',
    '{a,',
    'a[',
    "'",
    "$'",
    '\\',
    'sh -c "',
    'sh -c "$(',
  ],
  ...['nice ', 'env A=1 ', 'eval a '],
];
const repeated = [
  ...long.map(unit => ({ unit, kilobytes: 100 })),
  ...hostile.map(unit => ({ unit, kilobytes: 20 })),
];
for (const { unit, kilobytes } of repeated) {
  test(`${kilobytes} KB of ${JSON.stringify(unit)}`, () => {
    const text = unit.repeat((kilobytes * 1000) / unit.length);
    const taken = computingTime(() => askAll(readPosix(text), text.length));
    assert.ok(taken < 3_000, `${taken} ms`);
  });
}

test('nesting is read to some depth', () => {
  const nested = (depth: number) => readPosix(`${'a $('.repeat(depth)}b${')'.repeat(depth)}`);
  assert.equal(nested(30).commands.length, 31);
  assert.equal(nested(30).complete, true);
  assert.equal(nested(1000).complete, false);
  assert.ok(nested(1000).commands.length > 30);
});

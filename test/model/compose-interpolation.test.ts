import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  parseTemplate,
  resolve,
  resolveKnown,
  type TemplatePart,
} from '../../server/core/model/compose/interpolation.ts';
import { fileSpan, verbatim } from '../../server/core/text/mapped-text.ts';
import { span } from '../../server/core/text/span.ts';
import { computingTime } from '../support/computing-time.ts';

const whole = (text: string) => verbatim(text, span(0, text.length));

function outline(parts: readonly TemplatePart[], text: string): string {
  return parts
    .map(part => {
      if (part.kind === 'text') return JSON.stringify(part.text);
      if (part.kind === 'invalid') return `!${text.slice(part.span.start, part.span.end)}`;
      const argument = outline(part.argument, text);
      return part.operator === null ? part.name : `${part.name} ${part.operator} (${argument})`;
    })
    .join(' + ');
}

// biome-ignore format: one row a case
const parseRows: readonly [text: string, parts: string][] = [
  ['', ''],
  ['abc', '"abc"'],
  ['$A', 'A'],
  ['a$A_1-b', '"a" + A_1 + "-b"'],
  ['${A}b', 'A + "b"'],
  ['${A:-b}', 'A :- ("b")'],
  ['${A-}', 'A - ()'],
  ['${A:?b c}', 'A :? ("b c")'],
  ['${A?}', 'A ? ()'],
  ['${A:+b}', 'A :+ ("b")'],
  ['${A+b}c', 'A + ("b") + "c"'],
  ['${A:-b:-c?d}', 'A :- ("b:-c?d")'],
  ['${A:-${B:-c}}', 'A :- (B :- ("c"))'],
  ['${A:-x${B}y}z', 'A :- ("x" + B + "y") + "z"'],
  ['${A-{"b":1}}', 'A - ("{\\"b\\":1}")'],
  ['$$A', '"$" + "A"'],
  ['$${A}', '"$" + "{A}"'],
  ['${A:-$$b}', 'A :- ("$" + "b")'],
  ['a $ b', '"a $ b"'],
  ['^a$', '"^a$"'],
  ['$1', '"$1"'],
  ['${', '!${'],
  ['${A', '!${A'],
  ['${A:-b', '!${A:-b'],
  ['${ }a', '!${ } + "a"'],
  ['${A!}', '!${A!}'],
  ['${A:b}', '!${A:b}'],
  ['${1A}', '!${1A}'],
];
for (const [text, parts] of parseRows) {
  test(`interpolation: the parts of ${text || 'nothing'}`, () => {
    const parsed = parseTemplate(text);
    assert.equal(outline(parsed, text), parts);
    assert.equal(parsed.map(part => text.slice(part.span.start, part.span.end)).join(''), text);
  });
}

const values: Readonly<Record<string, string>> = { SET: 'v', EMPTY: '' };

// biome-ignore format: one row a case
const resolveRows: readonly [text: string, value: string | null, known: string][] = [
  ['abc', 'abc', 'abc'],
  ['a$$b', 'a$b', 'a$b'],
  ['${SET}-$SET', 'v-v', 'v-v'],
  ['$UNSET', null, '$UNSET'],
  ['a${UNSET}b$$', null, 'a${UNSET}b$'],
  ['${UNSET:-d}', 'd', 'd'],
  ['${UNSET-d}', 'd', 'd'],
  ['${EMPTY:-d}', 'd', 'd'],
  ['${EMPTY-d}', '', ''],
  ['${SET:-d}', 'v', 'v'],
  ['${UNSET:-}', '', ''],
  ['${UNSET:-${SET}}', 'v', 'v'],
  ['${UNSET:-a${UNSET-b}c}', 'abc', 'abc'],
  ['${UNSET:-${UNSET}}', null, '${UNSET}'],
  ['${SET:-${UNSET}}', 'v', 'v'],
  ['${UNSET:?m}', null, '${UNSET:?m}'],
  ['${EMPTY:?m}', null, '${EMPTY:?m}'],
  ['${EMPTY?m}', '', ''],
  ['${SET?m}', 'v', 'v'],
  ['${SET:+r}', 'r', 'r'],
  ['${EMPTY:+r}', '', ''],
  ['${EMPTY+r}', 'r', 'r'],
  ['${UNSET:+r}', null, '${UNSET:+r}'],
  ['${', null, '${'],
];
for (const [text, value, known] of resolveRows) {
  test(`interpolation: the value of ${text}`, () => {
    const resolved = resolve(whole(text), name => values[name]);
    assert.equal(resolved.known ? resolved.value.text : null, value);
    assert.equal(resolveKnown(whole(text), name => values[name]).text, known);
  });
}

test('interpolation says why a value is unknown', () => {
  const reason = (text: string) => {
    const resolved = resolve(whole(text));
    return resolved.known ? null : resolved.because;
  };
  assert.deepEqual(['$A', '${A', 'a'].map(reason), ['variable', 'unparsed', null]);
});

// biome-ignore format: one row a case
const placeRows: readonly [text: string, value: string, written: string][] = [
  ['nginx:${TAG:-1.${MINOR-25}}-x', '1.25', '1.${MINOR-25'],
  ['${ROOT:-/etc}:/x', '/etc', '/etc'],
  ['${ROOT:-/etc}/ssl:/x', '/etc/ssl', '${ROOT:-/etc}/ssl'],
  ['/srv/${NAME:-data}:/x', '/srv/data', '/srv/${NAME:-data}'],
  ['${USER_ID:-0}:${GROUP_ID:-0}', '0:0', '${USER_ID:-0}:${GROUP_ID:-0}'],
];
for (const [text, value, written] of placeRows) {
  test(`interpolation: ${value} of ${text} is told at its place`, () => {
    const resolved = resolve(whole(text));
    assert.ok(resolved.known);
    const at = resolved.value.text.indexOf(value);
    const where = fileSpan(resolved.value, span(at, at + value.length));
    assert.equal(text.slice(where.start, where.end), written);
  });
}

test('interpolation of many nested variables is bounded', () => {
  const texts = [
    '${A:-'.repeat(50_000),
    `${'${A:-'.repeat(50_000)}${'}'.repeat(50_000)}`,
    '${'.repeat(50_000),
  ];
  const taken = computingTime(() => {
    for (const text of texts) resolve(whole(text));
  });
  assert.ok(taken < 1_000, `${taken} ms`);
});

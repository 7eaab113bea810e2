// Variables, quotes and escapes as the build fills them in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand, unquote } from '../../server/core/model/dockerfile/expansion.ts';
import { type Known, known, unknown } from '../../server/core/model/known.ts';
import { showKnown } from './dockerfile/show.ts';

const values: Readonly<Record<string, Known<string>>> = {
  A: known('abcabc', null),
  P: known('/usr/lib/a.b.c', null),
  E: known('', null),
  U: unknown('external-base'),
};

// biome-ignore format: one row a case
const rows: readonly [word: string, value: string][] = [
  ['plain', 'plain'],
  ['$A-$E.', 'abcabc-.'],
  ['${A}x', 'abcabcx'],
  ['$Ax', '? variable'],
  ['$', '$'],
  ['$.', '$.'],
  ['"$A" \'$A\' \\$A', 'abcabc $A $A'],
  ['a"b c"\'d e\'f\\ g', 'ab cd ef g'],
  ['"a\\"b\\n\\\\\\$c"', 'a"b\\n\\$c'],
  ['a\\', 'a'],
  ['"a', '? unparsed'],
  ["'a", '? unparsed'],
  ['$N', '? variable'],
  ['$U', '? external-base'],
  ['x$U', '? external-base'],
  ['${N:-d}${N-d}${E-d}${E:-d}', 'ddd'],
  ['${A:-d}${A-d}', 'abcabcabcabc'],
  ['${U:-d}', '? external-base'],
  ['${A:-$U}', 'abcabc'],
  ['${N:-$U}', '? external-base'],
  ['${N:-${E:-"a b"}}', 'a b'],
  ['${A:+x}${E:+x}${E+y}${N+x}', 'xy'],
  ['${U+x}', '? external-base'],
  ['${A:?no}', 'abcabc'],
  ['${N:?no}', '? variable'],
  ['${E:?no}', '? variable'],
  ['${E?no}', ''],
  ['${A#a}|${A#*b}|${A##*b}|${A##x}', 'bcabc|cabc|c|abcabc'],
  ['${A%c}|${A%b*}|${A%%b*}|${A%x}', 'abcab|abca|a|abcabc'],
  ['${A#?}|${A%??}|${A##*}', 'bcabc|abca|'],
  ['${P##*/}|${P%/*}|${P%%.*}', 'a.b.c|/usr/lib|/usr/lib/a'],
  ['${A#\\*}', 'abcabc'],
  ['${A#"$A"}', ''],
  ['${A#\\a}', '? unparsed'],
  ['${A/b/X}|${A//b/X}|${A//?c/}', 'aXcabc|aXcaXc|aa'],
  ['${P//\\//:}', ':usr:lib:a.b.c'],
  ['${A/*/x}|${A//x/y}', 'x|abcabc'],
  ['${A/b/$U}', '? external-base'],
  ['${N#a}', '? variable'],
  ['${A', '? unparsed'],
  ['${}', '? unparsed'],
  ['${A:}', '? unparsed'],
  ['${A:#a}', '? unparsed'],
  ['${A^^}', '? unparsed'],
  ['${A:1:2}', '? unparsed'],
  ['${A/b}', '? unparsed'],
];
for (const [word, value] of rows) {
  test(`expansion: ${word}`, () => {
    assert.equal(showKnown(expand(word, '\\', name => values[name], null)), value);
  });
}

test('the escape character is the one of the file', () => {
  assert.equal(showKnown(expand('C:\\a`$A', '`', name => values[name], null)), 'C:\\a$A');
});

// biome-ignore format: one row a case
const unquoted: readonly [word: string, text: string][] = [
  ['a"b c"', 'ab c'],
  ['"$A"\\ ${B:-"c d"}', '$A ${B:-"c d"}'],
  ['"a', '"a'],
  ['${A^^}"b"', '${A^^}"b"'],
];
for (const [word, text] of unquoted) {
  test(`without quotes: ${word}`, () => assert.equal(unquote(word, '\\'), text));
}

// biome-ignore format: one row a case
const hostile: readonly [name: string, word: string][] = [
  ['nested without end', '${A:-'.repeat(20_000)],
  ['nested too deep', `${'${N:-'.repeat(100)}${'}'.repeat(100)}`],
  ['a pattern that could match in too many ways', `\${L##${'*a'.repeat(200)}b}`],
  ['a replacement that could match in too many ways', `\${L//${'*a'.repeat(200)}b/x}`],
  ['a value that grows too long', '$L'.repeat(100)],
];
for (const [name, word] of hostile) {
  test(`expansion gives up: ${name}`, () => {
    const long = known('a'.repeat(10_000), null);
    assert.equal(
      showKnown(expand(word, '\\', variable => (variable === 'L' ? long : undefined), null)),
      '? unparsed',
    );
  });
}

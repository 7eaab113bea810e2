import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indentationAt, layoutOf, wholeLines } from '../../server/core/text/layout.ts';

const layoutRows: readonly [name: string, text: string, eol: string, bom: boolean, finalNewline: boolean][] =
  [
    ['an empty text', '', '\n', false, true],
    ['a single line', 'FROM a', '\n', false, false],
    ['Unix', 'FROM a\nCMD b\n', '\n', false, true],
    ['Windows', 'FROM a\r\nCMD b', '\r\n', false, false],
    ['the majority decides', 'a\r\nb\r\nc\nd\r\n', '\r\n', false, true],
    ['a tie is Unix', 'a\r\nb\n', '\n', false, true],
    ['a byte order mark', '\uFEFFFROM a\n', '\n', true, true],
  ];
for (const [name, text, eol, bom, finalNewline] of layoutRows) {
  test(`layout: ${name}`, () => {
    assert.deepEqual(layoutOf(text), { eol, bom, finalNewline });
  });
}

const indentationRows: readonly [name: string, text: string, offset: number, expected: string][] = [
  ['no blanks', 'a\nb', 2, ''],
  ['blanks of the own line', 'a\n  b: c', 6, '  '],
  ['tabs', '\tRUN a', 3, '\t'],
  ['at the start of the line', 'a\n  b', 2, '  '],
  ['at the line end', '  a\nb', 3, '  '],
];
for (const [name, text, offset, expected] of indentationRows) {
  test(`indentation: ${name}`, () => {
    assert.equal(indentationAt(text, offset), expected);
  });
}

const lineRows: readonly [name: string, text: string, start: number, end: number, expected: string][] = [
  ['a word', 'a\nbcd\ne\n', 3, 4, 'bcd\n'],
  ['an empty span', 'a\nbcd\ne\n', 3, 3, 'bcd\n'],
  ['across lines', 'a\nbcd\ne\n', 3, 7, 'bcd\ne\n'],
  ['up to a line end', 'a\nbcd\ne\n', 2, 6, 'bcd\n'],
  ['the last line without a line end', 'a\nbcd', 2, 5, 'bcd'],
];
for (const [name, text, start, end, expected] of lineRows) {
  test(`whole lines: ${name}`, () => {
    const whole = wholeLines(text, { start, end });
    assert.equal(text.slice(whole.start, whole.end), expected);
  });
}

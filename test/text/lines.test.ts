import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineIndex } from '../../server/core/text/lines.ts';

/** The lines without their line ends. */
const lineRows: readonly [name: string, text: string, lines: string[]][] = [
  ['an empty text has one line', '', ['']],
  ['no final line end', 'a\nb', ['a', 'b']],
  ['a final line end opens a line', 'a\n', ['a', '']],
  ['Windows line ends', 'a\r\nb\r\n', ['a', 'b', '']],
  ['lone carriage returns', 'a\rb', ['a', 'b']],
  ['mixed and empty lines', '\n\r\n\r\n\ra', ['', '', '', '', 'a']],
];
for (const [name, text, expected] of lineRows) {
  test(`lines: ${name}`, () => {
    const lines = lineIndex(text);
    assert.equal(lines.count, expected.length);
    assert.deepEqual(
      expected.map((_, line) => text.slice(lines.startOf(line), lines.endOf(line))),
      expected,
    );
  });
}

const positionRows: readonly [name: string, text: string, offset: number, line: number, character: number][] =
  [
    ['the start', 'ab\ncd', 0, 0, 0],
    ['a line end belongs to its line', 'ab\ncd', 2, 0, 2],
    ['the start of a line', 'ab\ncd', 3, 1, 0],
    ['the end', 'ab\ncd', 5, 1, 2],
    ['behind a final line end', 'ab\n', 3, 1, 0],
    ['before the start', 'ab\ncd', -4, 0, 0],
    ['past the end', 'ab\ncd', 99, 1, 2],
    ['UTF-16 units are counted', '\u{1F600}b', 3, 0, 3],
  ];
for (const [name, text, offset, line, character] of positionRows) {
  test(`position: ${name}`, () => {
    assert.deepEqual(lineIndex(text).positionAt(offset), { line, character });
  });
}

const offsetRows: readonly [name: string, text: string, line: number, character: number, offset: number][] = [
  ['inside a line', 'ab\r\ncd', 1, 1, 5],
  ['past the end of a line', 'ab\r\ncd', 0, 9, 2],
  ['past the last line', 'ab\r\ncd', 7, 0, 6],
];
for (const [name, text, line, character, offset] of offsetRows) {
  test(`offset: ${name}`, () => {
    assert.equal(lineIndex(text).offsetAt({ line, character }), offset);
  });
}

test('every offset outside a line end survives the way to a position and back', () => {
  const text = 'FROM a\r\n\nRUN b\rCMD c';
  const lines = lineIndex(text);
  for (let offset = 0; offset <= text.length; offset++) {
    if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
    assert.equal(lines.offsetAt(lines.positionAt(offset)), offset);
  }
});

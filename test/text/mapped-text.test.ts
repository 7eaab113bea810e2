// Mapped text: from characters of a text taken out of a file back to their places in the file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileOffset, fileSpan, type MappedText, verbatim } from '../../server/core/text/mapped-text.ts';
import { span } from '../../server/core/text/span.ts';

const plain = verbatim('RUN apt update', span(4, 14));

/** `a \`, a line end, `&& b` joined to `a && b`: the file has the two pieces three characters apart. */
const joined: MappedText = {
  text: 'a && b',
  segments: [
    { from: 0, at: 4, length: 2 },
    { from: 2, at: 9, length: 4 },
  ],
};

/** `"x\ty"` read: the tab takes two characters of the file. */
const escaped: MappedText = {
  text: 'x\ty',
  segments: [
    { from: 0, at: 1, length: 1 },
    { from: 1, at: 2, length: 1, fileLength: 2 },
    { from: 2, at: 4, length: 1 },
  ],
};

/** A blank between two pieces that stands nowhere in the file. */
const inserted: MappedText = {
  text: 'a b',
  segments: [
    { from: 0, at: 10, length: 1 },
    { from: 2, at: 30, length: 1 },
  ],
};

const nowhere: MappedText = { text: '', segments: [] };

const offsetRows: readonly [name: string, mapped: MappedText, offset: number, expected: number][] = [
  ['the start', plain, 0, 4],
  ['the end', plain, 10, 14],
  ['past the end', plain, 99, 14],
  ['before the start', plain, -3, 4],
  ['before a joint', joined, 1, 5],
  ['behind a joint', joined, 2, 9],
  ['the end of the last piece', joined, 6, 13],
  ['an escape', escaped, 1, 2],
  ['behind an escape', escaped, 2, 4],
  ['a character of nowhere', inserted, 1, 11],
  ['a text without pieces', nowhere, 0, 0],
];
for (const [name, mapped, offset, expected] of offsetRows) {
  test(`file offset: ${name}`, () => {
    assert.equal(fileOffset(mapped, offset), expected);
  });
}

const spanRows: readonly [
  name: string,
  mapped: MappedText,
  from: number,
  to: number,
  expected: [number, number],
][] = [
  ['a word', plain, 4, 10, [8, 14]],
  ['an empty span', plain, 4, 4, [8, 8]],
  ['across a joint', joined, 0, 4, [4, 11]],
  ['up to a joint: nothing of what joins', joined, 0, 2, [4, 6]],
  ['behind a joint', joined, 2, 4, [9, 11]],
  ['an escape', escaped, 1, 2, [2, 4]],
  ['all of an escaped text', escaped, 0, 3, [1, 5]],
];
for (const [name, mapped, from, to, [start, end]] of spanRows) {
  test(`file span: ${name}`, () => {
    assert.deepEqual(fileSpan(mapped, span(from, to)), { start, end });
  });
}

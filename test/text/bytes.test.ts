// Counts of bytes: as people write them, and as they are told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesText, parseBytes } from '../../server/core/text/bytes.ts';

const written: readonly [text: string, bytes: number | null][] = [
  ['0', 0],
  ['1000', 1_000],
  ['200MB', 200_000_000],
  [' 80 m ', 80_000_000],
  ['1.5 GiB', 1_610_612_736],
  ['64KiB', 65_536],
  ['2k', 2_000],
  ['7b', 7],
  ['1TB', 1e12],
  ['', null],
  ['MB', null],
  ['-1MB', null],
  ['1e3', null],
  ['1,5MB', null],
  ['5%', null],
  ['10 MBit', null],
];
for (const [text, bytes] of written) {
  test(`read: ${JSON.stringify(text)}`, () => assert.equal(parseBytes(text), bytes));
}

const told: readonly [bytes: number, text: string][] = [
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_234, '1.2 kB'],
  [61_200_000, '61.2 MB'],
  [182_400_000, '182 MB'],
  [999_600_000, '1 GB'],
  [99_960_000, '100 MB'],
  [2_147_483_648, '2.1 GB'],
  [-1_500, '-1.5 kB'],
];
for (const [bytes, text] of told) test(`told: ${bytes}`, () => assert.equal(bytesText(bytes), text));

// Sizes of images in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeText } from '../../server/core/insight/image-size.ts';
import { type LocalImage, readLocalImage } from '../../server/core/model/local-image.ts';

const held = (size: unknown): LocalImage | null =>
  readLocalImage(JSON.stringify([{ Config: {}, Size: size }]));

const rows: readonly [said: string | null | undefined, local: LocalImage | null, text: string][] = [
  ['391000000', held(1_100_000_000), ' (391 MB compressed)'],
  [null, held(1_100_000_000), ' (1.1 GB unpacked)'],
  [undefined, held(0), ''],
  [undefined, held('1'), ''],
  [undefined, null, ''],
  ['0', null, ''],
  ['-1', null, ''],
  ['1e9', null, ''],
  ['no number', null, ''],
];
for (const [said, local, text] of rows) {
  test(`${said} and ${local?.size}: "${text}"`, () => assert.equal(sizeText(said, local), text));
}

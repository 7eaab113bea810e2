// Tar archives: every form in which programs write them, and those that no program writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArchiveProblem, TarReader } from '../../../server/node/image/tar.ts';
import { attributes, ending, entryBytes, header, type TarEntry, tar } from '../../support/tar.ts';

/** `kind path size > target: bytes`, read in pieces of a length. */
function read(archive: Buffer, length = archive.length): string[] {
  const rows: string[] = [];
  const reader = new TarReader(({ kind, path, size, target }) => {
    const pieces: Buffer[] = [];
    const row = `${kind} ${path}${size > 0 ? ` ${size}` : ''}${target ? ` > ${target}` : ''}`;
    return {
      write: bytes => void pieces.push(Buffer.from(bytes)),
      end() {
        const data = Buffer.concat(pieces).toString();
        rows.push(data === '' ? row : `${row}: ${data}`);
      },
    };
  });
  for (let at = 0; at < archive.length; at += length) reader.write(archive.subarray(at, at + length));
  reader.end();
  assert.equal(reader.size, archive.length);
  return rows;
}

const long = `${'folder/'.repeat(30)}file`;
const binarySize = (header: Buffer): void => {
  header.fill(0, 124, 136);
  header[124] = 0x80;
  header[135] = 2;
};
/** An old sparse file of 10 bytes, of which 2 are there. */
const sparse = (more: number) => (header: Buffer) => {
  header[482] = more;
  header.write('00000000012\0', 483);
};
const moreOfMap = Buffer.alloc(512);
moreOfMap[504] = 1;

// biome-ignore format: one row a case
const rows: readonly [name: string, archive: Buffer, entries: string[]][] = [
  ['nothing', Buffer.alloc(0), []],
  ['only an ending', ending, []],
  ['files and folders', tar({ path: 'a/', type: '5' }, { path: 'a/b', data: 'x' }, { path: 'c' }), ['folder a/', 'file a/b 1: x', 'file c']],
  ['links', tar({ path: 'a', type: '2', target: 'b/c' }, { path: 'd', type: '1', target: 'a', size: 99 }), ['link a > b/c', 'hardlink d > a']],
  ['devices and pipes have no bytes', tar({ path: 'a', type: '3', size: 7 }, { path: 'b', type: '6' }, { path: 'c', type: '4' }), ['other a', 'other b', 'other c']],
  ['what nobody knows has its bytes', tar({ path: 'a', type: 'Q', data: 'xy' }, { path: 'b' }), ['other a: xy', 'file b']],
  ['a prefix', tar({ path: 'b', prefix: 'a/a' }), ['file a/a/b']],
  ['no prefix in the form of GNU', tar({ path: 'b', prefix: 'no', format: 'gnu' }), ['file b']],
  ['folders from before there was a type for them', tar({ path: 'a/', type: '\0', format: 'old' }, { path: 'b', type: '\0', format: 'old', data: 'x' }), ['folder a/', 'file b 1: x']],
  ['a name of 100 bytes', tar({ path: 'x'.repeat(100) }), [`file ${'x'.repeat(100)}`]],
  ['long names by attributes', tar(attributes({ mtime: '1.5', path: long, linkpath: `${long}2` }), { path: 'short', type: '2' }, { path: 'next' }), [`link ${long} > ${long}2`, 'file next']],
  ['long names by GNU', tar({ path: '././@LongLink', type: 'L', data: `${long}\0` }, { path: '././@LongLink', type: 'K', data: `${long}2\0` }, { path: 'short', type: '2' }, { path: 'next' }), [`link ${long} > ${long}2`, 'file next']],
  ['names in other scripts', tar(attributes({ path: 'größe/文件' }), { path: 'x' }), ['file größe/文件']],
  ['attributes of all that follow say nothing', tar({ path: 'g', type: 'g', data: '11 path=no\n' }, { path: 'a' }), ['file a']],
  ['a size by attribute', tar(attributes({ size: '2' }), { path: 'a', data: 'xy', size: 0 }, { path: 'b' }), ['file a 2: xy', 'file b']],
  ['a size in binary', tar({ path: 'a', data: 'xy', patch: binarySize }), ['file a 2: xy']],
  ['a size with blanks', tar({ path: 'a', data: 'xy', size: '         2 \0' }), ['file a 2: xy']],
  ['holes, as GNU has them', tar({ path: 'a', type: 'S', format: 'gnu', data: 'xy', patch: sparse(0) }), ['file a 10: xy']],
  ['holes in many places', Buffer.concat([header({ path: 'a', type: 'S', format: 'gnu', size: 2, patch: sparse(1) }), moreOfMap, Buffer.alloc(512), Buffer.from('xy'.padEnd(512, '\0')), entryBytes({ path: 'b' })]), ['file a 10: xy', 'file b']],
  ['holes by attributes', tar(attributes({ 'GNU.sparse.major': '1', 'GNU.sparse.name': 'real', 'GNU.sparse.realsize': '10' }), { path: 'GNUSparseFile.0/real', data: 'xy' }), ['file real 10: xy']],
  ['without an ending', entryBytes({ path: 'a', data: 'x' }), ['file a 1: x']],
  ['what comes behind the ending', Buffer.concat([tar({ path: 'a' }), Buffer.from('rubbish')]), ['file a']],
];
for (const [name, archive, entries] of rows) {
  test(name, () => {
    for (const length of [undefined, 1, 7, 512, 513]) assert.deepEqual(read(archive, length), entries);
  });
}

const negative = (header: Buffer): void => void header.fill(0xff, 124, 136);
const endless = (header: Buffer): void => {
  header.fill(0xff, 124, 136);
  header[124] = 0xbf;
};

const bad: readonly [name: string, archive: Buffer, message: RegExp][] = [
  ['rubbish', Buffer.alloc(2_000, 'rubbish'), /is no tar archive/],
  [
    'a damaged header',
    Buffer.concat([entryBytes({ path: 'a' }), entryBytes({ path: 'b' }).fill('x', 0, 1)]),
    /damaged/,
  ],
  [
    'cut in a file',
    tar({ path: 'a', data: 'x'.repeat(2_000) }).subarray(0, 1_200),
    /ends in the middle of a file/,
  ],
  ['cut in a header', tar({ path: 'a', data: 'x' }).subarray(0, 300), /ends in the middle/],
  ['cut in what fills a block', tar({ path: 'a', data: 'x' }).subarray(0, 700), /ends in the middle/],
  ['cut in attributes', tar(attributes({ path: 'x'.repeat(900) })).subarray(0, 600), /ends in the middle/],
  ['a size that is none', tar({ path: 'a', size: 'abc' }), /does not say how many bytes/],
  ['a size below nothing', tar({ path: 'a', patch: negative }), /fewer bytes than none/],
  ['a size beyond numbers', tar({ path: 'a', patch: endless }), /does not say how many bytes/],
  [
    'a size beyond numbers, by attribute',
    tar(attributes({ size: '1e300' }), { path: 'a' }),
    /does not say how many bytes/,
  ],
  [
    'holes beyond numbers',
    tar(attributes({ 'GNU.sparse.realsize': '9'.repeat(30) }), { path: 'a' }),
    /does not say how many bytes/,
  ],
  [
    'attributes without end',
    header({ path: 'x', type: 'x', size: 2 ** 31 }),
    /describes a file in 2147483648 bytes/,
  ],
  [
    'a name without end',
    tar(attributes({ path: 'a/'.repeat(5_000) }), { path: 'x' }),
    /has a name of 10000 characters/,
  ],
];
for (const [name, archive, message] of bad) {
  test(`refused: ${name}`, () => {
    for (const length of [undefined, 100]) {
      assert.throws(
        () => read(archive, length),
        error => error instanceof ArchiveProblem && message.test(error.message),
      );
    }
  });
}

test('bytes of no interest are passed over', () => {
  const seen: string[] = [];
  const reader = new TarReader(({ path }) => {
    seen.push(path);
    return null;
  });
  const entries: TarEntry[] = [{ path: 'a', data: 'x'.repeat(5_000) }, { path: 'b' }];
  reader.write(tar(...entries));
  reader.end();
  assert.deepEqual(seen, ['a', 'b']);
});

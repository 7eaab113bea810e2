// Archives that are packed again: the same entries with the same contents, in fewer bytes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { packSmaller } from '../../scripts/zip.ts';

const long = Buffer.from(Array.from({ length: 2000 }, (_, at) => `line ${(at * 7919) % 1009}\n`).join(''));

/** As the packager writes: sizes behind the content too, which a flag says. */
function archive(entries: readonly (readonly [name: string, content: Buffer, method: number])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content, method] of entries) {
    const packed = method === 8 ? deflateRawSync(content, { level: 1 }) : content;
    const record = Buffer.alloc(46 + name.length);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(8, 8);
    record.writeUInt16LE(method, 10);
    record.writeUInt32LE(crc32(content), 16);
    record.writeUInt32LE(packed.length, 20);
    record.writeUInt32LE(content.length, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(offset, 42);
    record.write(name, 46);
    const head = Buffer.alloc(30 + name.length);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(name.length, 26);
    head.write(name, 30);
    parts.push(head, packed, Buffer.alloc(16));
    directory.push(record);
    offset += head.length + packed.length + 16;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** Names and contents, read in order and without the directory. */
function contentsOf(zip: Buffer): [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    assert.equal(zip.readUInt16LE(at + 6) & 8, 0);
    const [method, size, name] = [
      zip.readUInt16LE(at + 8),
      zip.readUInt32LE(at + 18),
      zip.readUInt16LE(at + 26),
    ];
    const start = at + 30 + name;
    const packed = zip.subarray(start, start + size);
    const content = method === 8 ? inflateRawSync(packed) : packed;
    assert.equal(crc32(content), zip.readUInt32LE(at + 14));
    assert.equal(content.length, zip.readUInt32LE(at + 22));
    found.push([zip.toString('utf8', at + 30, start), content.toString()]);
    at = start + size;
  }
  return found;
}

test('an archive that is packed again holds the same in fewer bytes', async () => {
  const before = archive([
    ['a/long.txt', long, 8],
    ['empty', Buffer.alloc(0), 0],
    ['stored', Buffer.from('as it is'), 0],
  ]);
  const after = await packSmaller(before);
  assert.ok(after.length < before.length);
  assert.deepEqual(contentsOf(after), [
    ['a/long.txt', long.toString()],
    ['empty', ''],
    ['stored', 'as it is'],
  ]);
});

test('JSON loses its blanks, the manifest what only development needs', async () => {
  const indented = (value: unknown): Buffer => Buffer.from(JSON.stringify(value, null, 2));
  const filler = { text: Array.from({ length: 200 }, (_, at) => `${(at * 7919) % 1009}`) };
  const manifest = { name: 'a', scripts: { b: 'c' }, devDependencies: { d: '1' }, ...filler };
  const after = await packSmaller(
    archive([
      ['extension/package.json', indented(manifest), 8],
      ['extension/other.json', indented({ scripts: 1, ...filler }), 8],
      ['extension/list.json', indented([filler, 2]), 8],
    ]),
  );
  assert.deepEqual(contentsOf(after), [
    ['extension/package.json', JSON.stringify({ name: 'a', ...filler })],
    ['extension/other.json', JSON.stringify({ scripts: 1, ...filler })],
    ['extension/list.json', JSON.stringify([filler, 2])],
  ]);
});

test('what is no archive is refused', async () => {
  await assert.rejects(packSmaller(Buffer.alloc(40)), /does not end as one does/);
});

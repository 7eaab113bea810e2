// Image archives and folders: what engines save and builders write, whole, cut off and hostile.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { accountFor } from '../../../server/core/image/account.ts';
import { type ReadImage, readArchive } from '../../../server/node/image/archive.ts';
import { kindOfFile, readImageFile } from '../../../server/node/image/files.ts';
import { Allowance } from '../../../server/node/image/layer.ts';
import { ArchiveProblem } from '../../../server/node/image/tar.ts';
import { temporaryFolder } from '../../support/fake-engine.ts';
import {
  ending,
  layoutArchive,
  layoutFiles,
  type MadeImage,
  oldArchive,
  packed,
  type TarEntry,
  tar,
} from '../../support/tar.ts';

const big = 'x'.repeat(5_000);
const image: MadeImage = {
  name: 'app:1',
  layers: [
    tar(
      { path: './', type: '5' },
      { path: './a', data: big },
      { path: 'd/', type: '5' },
      { path: 'd/b', data: 'y' },
    ),
    ending,
    tar({ path: 'd/.wh.b' }, { path: 'c', data: big }, { path: 'l', type: '2', target: 'a' }),
  ],
  history: [
    { created_by: 'COPY . / # buildkit' },
    { created_by: 'CMD ["a"]', empty_layer: true },
    { created_by: 'RUN true' },
    { created_by: 'RUN rm /d/b' },
  ],
};

async function* pieces(bytes: Buffer, length = 1_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

function check({ names, config, layers }: ReadImage): void {
  assert.deepEqual(names, ['app:1']);
  assert.deepEqual([config.platform, config.history.length, config.diffIds.length], ['linux/amd64', 4, 3]);
  assert.deepEqual(
    layers.map(({ archiveSize }) => archiveSize),
    image.layers.map(layer => layer.length),
  );
  const account = accountFor(layers);
  assert.deepEqual([account.size, account.wasted, account.final.files], [10_002, 1, 3]);
  assert.deepEqual(
    account.duplicates.map(({ paths }) => paths),
    [['/a', '/c']],
  );
}

const archives: readonly [name: string, archive: Buffer][] = [
  ['of an older engine', oldArchive(image)],
  ['in the layout of the OCI', layoutArchive(image)],
  ['with packed layers', layoutArchive(packed(image))],
];
const folder = temporaryFolder();
const put = (name: string, data: Buffer | string): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, data);
  return file;
};

for (const [name, archive] of archives) {
  test(`an archive ${name}`, async () => {
    for (const length of [100, 65_536]) check(await readArchive(pieces(archive, length)));
    const file = put('image.tar', archive);
    assert.equal(await kindOfFile(file), 'archive');
    check(await readImageFile(file, 'archive', null));
  });

  test(`a packed archive ${name}`, async () => {
    const file = put('image.tgz', gzipSync(archive));
    assert.equal(await kindOfFile(file), 'archive');
    check(await readImageFile(file, 'archive', null));
  });
}

test('a folder in the layout of the OCI', async () => {
  for (const [name, data] of layoutFiles(packed(image))) put(`layout/${name}`, data);
  const layout = path.join(folder, 'layout');
  assert.equal(await kindOfFile(layout), 'layout');
  check(await readImageFile(layout, 'layout', null));
});

test('what is no image', async () => {
  assert.equal(await kindOfFile(folder), 'other');
  assert.equal(await kindOfFile(put('Dockerfile', 'FROM a\n')), 'other');
  assert.equal(await kindOfFile(put('empty', '')), 'other');
  assert.equal(await kindOfFile(path.join(folder, 'nothing')), null);
});

const layer = tar({ path: 'a', data: 'x' });
const manifest = (layers: string[], ...names: string[]): TarEntry => ({
  path: 'manifest.json',
  data: JSON.stringify(names.map(name => ({ Config: 'c.json', RepoTags: [name], Layers: layers }))),
});
const config: TarEntry = { path: 'c.json', data: '{"rootfs":{"diff_ids":["x"]}}' };

test('a layer that is kept once and named twice', async () => {
  const archive = tar(
    { path: '1/layer.tar', data: layer },
    { path: '2/layer.tar', type: '2', target: '../1/layer.tar' },
    { path: '3/layer.tar', type: '1', target: '1/layer.tar' },
    config,
    manifest(['1/layer.tar', '2/layer.tar', '3/layer.tar'], 'a:1'),
  );
  const { layers } = await readArchive(pieces(archive));
  assert.deepEqual(
    layers.map(({ entries }) => entries.length),
    [1, 1, 1],
  );
});

test('of several images the one that was asked for, or the first', async () => {
  const archive = tar({ path: '1/layer.tar', data: layer }, config, manifest(['1/layer.tar'], 'a:1', 'b:1'));
  assert.deepEqual((await readArchive(pieces(archive), 'b:1')).names, ['b:1']);
  assert.deepEqual((await readArchive(pieces(archive))).names, ['a:1']);
  await assert.rejects(readArchive(pieces(archive), 'c:1'), { message: 'holds no image c:1, but a:1, b:1' });
});

const whole = layoutArchive(image);
const cutPacked = gzipSync(image.layers[0] ?? ending).subarray(0, 60);
const bad: readonly [name: string, archive: Buffer, message: RegExp][] = [
  ['no archive', Buffer.alloc(3_000, 'a'), /is no tar archive/],
  ['cut off', whole.subarray(0, whole.length >> 1), /ends in the middle of a file|holds no image/],
  ['no image', tar({ path: 'a', data: 'b' }), /holds no image: neither manifest.json nor index.json/],
  ['no configuration', tar({ path: '1', data: layer }, manifest(['1'], 'a')), /lacks the configuration/],
  ['a layer that is missing', tar(config, manifest(['1'], 'a')), /its layer 1: it was saved without/],
  [
    'a layer that is none',
    tar({ path: '1', data: 'no' }, config, manifest(['1'], 'a')),
    /its layer 1: it was saved without/,
  ],
  [
    'a layer that is cut off',
    tar({ path: '1', data: layer.subarray(0, 600) }, config, manifest(['1'], 'a')),
    /its layer 1, which ends in the middle/,
  ],
  [
    'a packed layer that is cut off',
    tar({ path: '1', data: cutPacked }, config, manifest(['1'], 'a')),
    /its layer 1, which is damaged/,
  ],
  [
    'an index that leads elsewhere',
    tar({ path: 'index.json', data: '{"manifests":[{"digest":"sha256:../../../etc/passwd"}]}' }),
    /holds no image/,
  ],
  [
    'an index that leads to itself',
    tar(
      { path: 'index.json', data: `{"manifests":[{"digest":"sha256:${'0'.repeat(64)}"}]}` },
      {
        path: `blobs/sha256/${'0'.repeat(64)}`,
        data: `{"manifests":[{"digest":"sha256:${'0'.repeat(64)}"}]}`,
      },
    ),
    /holds no image/,
  ],
];
for (const [name, archive, message] of bad) {
  test(`refused: ${name}`, async () => {
    await assert.rejects(
      readArchive(pieces(archive)),
      error => error instanceof ArchiveProblem && message.test(error.message),
    );
  });
}

test('a packed file that is cut off', async () => {
  const file = put('cut.tgz', gzipSync(whole).subarray(0, 200));
  await assert.rejects(readImageFile(file, 'archive', null), {
    message: 'is damaged: it cannot be unpacked',
  });
});

test('an archive of ever more texts is read no further than it can matter', async () => {
  let given = 0;
  const text = tar({ path: 't', data: ' '.repeat(1_000_000) }).subarray(0, -1_024);
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) {
      given++;
      yield text;
    }
  }
  await assert.rejects(readArchive(endless()), /has more to say of itself/);
  assert.equal(given, 65);
});

test('a layer of ever more files too', async () => {
  const files = Buffer.concat(
    Array.from({ length: 2_000 }, (_, index) => tar({ path: `f${index}` }).subarray(0, 512)),
  );
  async function* endless(): AsyncGenerator<Buffer> {
    yield tar({ path: 'layer.tar', size: 2 ** 32 }).subarray(0, 512);
    for (;;) yield files;
  }
  await assert.rejects(
    readArchive(endless(), null, new Allowance(5_000)),
    /more files than an image can sensibly have/,
  );
});

test('what unpacks to far more than it takes is counted, not kept', async () => {
  const zeros = tar({ path: 'zeros', data: Buffer.alloc(100_000_000) });
  const archive = layoutArchive(packed({ layers: [zeros] }));
  global.gc?.();
  const before = process.memoryUsage().rss;
  const { layers } = await readArchive(pieces(archive, 65_536));
  assert.equal(layers[0]?.entries[0]?.size, 100_000_000);
  assert.ok(process.memoryUsage().rss - before < 60_000_000);
});

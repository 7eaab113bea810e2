// An image that is only in its registry: the layers for this machine, packed or not, as they come; and what stands in the way.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readRemoteImage } from '../../../server/node/image/registry-image.ts';
import {
  type Handle,
  holding,
  layeredImage,
  serve,
  sha256,
  storedImage,
} from '../../support/fake-registry.ts';
import { tar } from '../../support/tar.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-registry-image-'));
after(() => rmSync(folder, { recursive: true, force: true }));
Object.assign(process.env, { XDG_CACHE_HOME: folder, DOCKER_CONFIG: folder });

const layers = [
  gzipSync(tar({ path: 'bin/sh', data: Buffer.alloc(3_000_000, 'sh') })),
  tar({ path: 'app/one', data: Buffer.alloc(50_000, 'one') }),
];
const image = layeredImage(layers, ['# debian.sh', 'COPY . . # buildkit']);
const other = storedImage('other', 'arm64');
const index = JSON.stringify({
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [
    { digest: other.digest, platform: { os: 'linux', architecture: 's390x' } },
    ...['amd64', 'arm64'].map(architecture => ({
      digest: image.digest,
      platform: { os: 'linux', architecture },
    })),
  ],
});
const ofAll = {
  ...{ digest: sha256(index), type: 'application/vnd.oci.image.index.v1+json', text: index },
  ...{ blobs: new Map(), images: [image, other] },
};
const fine = holding({ app: { '1': image, all: ofAll } });

const read = async (handle: Handle, tag: string) => {
  const server = await serve(handle);
  const name = `${server.host}/app${tag.includes(':') ? '@' : ':'}${tag}`;
  const signal = new AbortController().signal;
  const outcome = await readRemoteImage(name, { projects: [], signal }).catch((error: Error) => ({
    problem: `${error.constructor.name}: ${error.message.replaceAll(server.host, 'HOST')}`,
  }));
  return { outcome, seen: server.seen };
};

for (const tag of ['1', 'all', image.digest]) {
  test(`layers and steps, by ${tag}`, async () => {
    const { outcome, seen } = await read(fine, tag);
    assert.ok('layers' in outcome, JSON.stringify(outcome));
    assert.deepEqual(
      outcome.layers.map(({ entries }) => entries.map(entry => [entry.path, entry.size])),
      [[['bin/sh', 3_000_000]], [['app/one', 50_000]]],
    );
    assert.deepEqual(
      outcome.config.history.map(({ createdBy }) => createdBy),
      ['# debian.sh', 'COPY . . # buildkit'],
    );
    assert.ok(seen.every(({ path: asked }) => !asked.includes(other.digest)));
  });
}

const damaged: Handle = (request, response, seen) => {
  if (!seen.path.endsWith(sha256(layers[0] ?? ''))) return fine(request, response, seen);
  response.end('<html>');
};

const lostText = image.text.replace(sha256(layers[1] ?? ''), sha256('lost'));
const lacking = holding({ app: { '1': { ...image, text: lostText, digest: sha256(lostText) } } });

const rows: readonly [name: string, handle: Handle, tag: string, told: RegExp][] = [
  ['a layer that the registry has lost', lacking, '1', /^ImageProblem: HOST\/app lacks a part of the image/],
  ['a tag that is not there', fine, '2', /^ImageProblem: HOST\/app has no 2 /],
  [
    'a layer that is something else',
    damaged,
    '1',
    /^ImageProblem: What HOST sends is not what its digest says/,
  ],
];
for (const [name, handle, tag, told] of rows) {
  test(name, async () => {
    const { outcome } = await read(handle, tag);
    assert.match('problem' in outcome ? outcome.problem : 'none', told);
  });
}

test('what is no name of an image is not asked for', async () => {
  const signal = new AbortController().signal;
  await assert.rejects(readRemoteImage('--help', { projects: [], signal }), /is no name of an image/);
});

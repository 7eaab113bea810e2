// Layers that a registry sends: piece by piece, checked against their digests, and never begun anew in the middle.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repositoryOf } from '../../server/core/model/image-reference.ts';
import { registryClient } from '../../server/node/registry/client.ts';
import { RegistryProblem } from '../../server/node/registry/problem.ts';
import { type FakeServer, type Handle, serve, sha256 } from '../support/fake-registry.ts';
import { noSettings } from '../support/registry-client.ts';

const client = () =>
  registryClient({
    settings: noSettings,
    credentials: { of: async () => null },
    limits: { time: 2_000, size: 100_000, wait: 1 },
  });
const at = ({ host }: FakeServer) => repositoryOf({ registry: host, name: 'app' });

/** A layer, and how it is sent. */
const layer = Buffer.alloc(3_000_000, 'layer');
const streams: readonly [name: string, handle: Handle, told: RegExp | null][] = [
  ['one that is larger than an answer may be', (_request, response) => void response.end(layer), null],
  [
    'one that is another than its digest says',
    (_request, response) => void response.end(Buffer.concat([layer, layer])),
    /^What HOST sends is not what its digest says\./,
  ],
  [
    'one that breaks off',
    (_request, response) => {
      response.writeHead(200, { 'content-length': layer.length });
      response.write(layer.subarray(0, 500_000), () => response.destroy());
    },
    /^HOST broke the connection off\.$/,
  ],
  [
    'one that is not there',
    (_request, response) => void response.writeHead(404).end('{"errors":[{"code":"BLOB_UNKNOWN"}]}'),
    /^HOST\/app lacks a part of the image \(404 BLOB_UNKNOWN\)\./,
  ],
];
for (const [name, handle, told] of streams) {
  test(`a layer: ${name}`, async () => {
    const server = await serve(handle);
    let length = 0;
    const streamed = client().stream(at(server), sha256(layer), async piece => {
      length += piece.length;
    });
    const problem = await streamed.then(
      () => null,
      error => {
        assert.ok(error instanceof RegistryProblem, String(error));
        return error.message.replaceAll(server.host, 'HOST');
      },
    );
    if (told) assert.match(problem ?? 'none', told);
    else assert.deepEqual([problem, length], [null, layer.length]);
    // In the middle of a layer nobody begins anew.
    assert.equal(server.seen.length, 1);
  });
}

test('a layer that nobody wants any more ends, with the reason why', async () => {
  const server = await serve((_request, response) => {
    const more = (): void => {
      while (response.write(layer));
      if (!response.destroyed) response.once('drain', more);
    };
    response.writeHead(200);
    more();
  });
  const streamed = client().stream(at(server), sha256(layer), async () => {
    throw new RangeError('too much');
  });
  await assert.rejects(streamed, RangeError);
});

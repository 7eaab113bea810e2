// The size of images in the editor: asked for, never by itself, only where programs may run; and what stands in the way.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type InspectSizeResult, inspectSizeRequest } from '../../server/core/protocol/messages.ts';
import { temporaryFolder } from '../support/fake-engine.ts';
import { holding, layeredImage, serve } from '../support/fake-registry.ts';
import { imageEngine } from '../support/image-engine.ts';
import { type MadeImage, oldArchive, tar } from '../support/tar.ts';
import { bundleServer } from './bundle.ts';
import { startProcess } from './process.ts';
import { type Session, startSession } from './session.ts';

const patience = { timeout: 60_000, skip: process.platform === 'win32' };
const server = await bundleServer();
const nonce = '0123456789abcdef';

const image: MadeImage = {
  name: 'app:1',
  layers: [
    tar({ path: 'a', data: Buffer.alloc(3_000_000) }),
    tar({ path: 'b', data: Buffer.alloc(1_500_000) }),
  ],
  history: [{ created_by: '# debian.sh' }, { created_by: 'RUN /bin/sh -c make # buildkit' }],
};
const archive = path.join(temporaryFolder(), 'image.tar');
writeFileSync(archive, oldArchive(image));
// Servers that are started from here on find it.
process.env.PATH = imageEngine(image, `exec /bin/cat '${archive}'`);

const home = temporaryFolder();
Object.assign(process.env, { XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home, DOCKER_CONFIG: home });

const start = (runsPrograms = true, lookups = 'on-demand'): Promise<Session> =>
  startSession(startProcess(server).channel, {
    initializationOptions: { runsPrograms },
    answers: { 'workspace/configuration': () => [{ engine: 'off', registry: { lookups } }] },
  });

const inspect = (
  client: Session,
  uri: string | null,
  name: string | null,
  isRemote?: boolean,
): Promise<InspectSizeResult> => client.request(inspectSizeRequest, { uri, image: name, isRemote, nonce });

const text = 'FROM debian:13\nUSER a\nRUN make\n';

test('the image that was built from a document, at its lines', patience, async () => {
  const client = await start();
  client.open('Dockerfile', text);
  const result = await inspect(client, client.uriOf('Dockerfile'), null);
  assert.ok('html' in result, JSON.stringify(result));
  assert.deepEqual(
    result.hints.map(({ line, text: hint }) => [line, hint]),
    [
      [0, '+3 MB'],
      [2, '+1.5 MB'],
    ],
  );
  assert.equal(result.image, 'app:1');
  assert.match(result.html, /nonce-0123456789abcdef/);
  assert.equal(JSON.parse(result.exports.json).size, 4_500_000);
  assert.match(result.exports.csv, /^layer,line/);
  assert.match(result.exports.markdown, /^## app:1/);
});

test('an image, or an archive, by its name', patience, async () => {
  const client = await start();
  for (const name of ['app:1', archive]) {
    const result = await inspect(client, null, name);
    assert.ok('html' in result);
    assert.deepEqual(result.hints, []);
  }
});

test('what stands in the way is said', patience, async () => {
  const client = await start();
  client.open('Dockerfile', 'FROM debian:13\nRUN other\n');
  const rows: readonly [uri: string | null, name: string | null, problem: RegExp][] = [
    [client.uriOf('Dockerfile'), null, /No image here was built from Dockerfile/],
    [null, 'gone:1', /docker has no image gone:1/],
    [null, '--help', /--help is neither a file nor the name of an image/],
    [null, null, /Name the image/],
  ];
  for (const [uri, name, problem] of rows) {
    const result = await inspect(client, uri, name);
    assert.match('problem' in result ? result.problem : '', problem);
  }
});

test('what no engine has is read in its registry, once a person says so', patience, async () => {
  const layers = [1_000_000, 500_000].map(size => tar({ path: 'a', data: Buffer.alloc(size) }));
  const stored = layeredImage(layers, ['# debian.sh', 'RUN make # buildkit']);
  const registry = await serve(holding({ app: { '1': stored } }));
  const name = `${registry.host}/app:1`;
  const client = await start();
  const refused = await inspect(client, null, name);
  assert.deepEqual('problem' in refused && [refused.registry, registry.seen], [registry.host, []]);
  const result = await inspect(client, null, name, true);
  assert.ok('html' in result, JSON.stringify(result));
  assert.deepEqual([result.image, JSON.parse(result.exports.json).size], [name, 1_500_000]);
  const gone = await inspect(client, null, `${name}0`, true);
  assert.match('problem' in gone ? gone.problem : '', /has no 10 .*Check the tag\.$/);
  for (const other of ['/nowhere/image.tar', '--help'])
    assert.ok(!('registry' in (await inspect(client, null, other))), other);
});

test('where registries are never to be asked, none is offered', patience, async () => {
  const registry = await serve(() => {});
  const client = await start(true, 'never');
  const name = `${registry.host}/app:1`;
  assert.ok(!('registry' in (await inspect(client, null, name))));
  const result = await inspect(client, null, name, true);
  assert.match('problem' in result ? result.problem : '', /`bulkhead\.registry\.lookups` is `never`/);
  assert.deepEqual(registry.seen, []);
});

test('where no program may run nothing is inspected', patience, async () => {
  const client = await start(false);
  client.open('Dockerfile', text);
  const result = await inspect(client, client.uriOf('Dockerfile'), null);
  assert.match('problem' in result ? result.problem : '', /in a folder that is trusted/);
});

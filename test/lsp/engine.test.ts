// Engines beside the server: asked about images where they may be, and what they say changes findings when it arrives.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeEngine } from '../support/fake-engine.ts';
import { bundleServer } from './bundle.ts';
import { startProcess } from './process.ts';
import { type Session, startSession, summary } from './session.ts';

const patience = { timeout: 60_000, skip: process.platform === 'win32' };
const server = await bundleServer('product');

const engine = fakeEngine('docker', {
  'example.com/base:1': { config: { User: 'app', ExposedPorts: { '80/tcp': {} } } },
});
// Servers that are started from here on find it.
process.env.PATH = engine.folder;

const start = (initializationOptions: object, settings: object): Promise<Session> =>
  startSession(startProcess(server).channel, {
    initializationOptions,
    answers: {
      'workspace/configuration': () => [
        { rules: { 'missing-healthcheck': 'off', 'unpinned-image': 'off' }, ...settings },
      ],
    },
  });

test('an account that only the engine knows ends the finding when it arrives', patience, async () => {
  const client = await start({}, {});
  client.open('Dockerfile', 'FROM example.com/base:1\n');
  assert.deepEqual(summary(await client.diagnostics('Dockerfile')), ['root-user@0:5']);
  await client.next('workspace/diagnostic/refresh');
  assert.deepEqual(summary(await client.diagnostics('Dockerfile')), []);
  const [list, ...others] = engine.calls();
  assert.match(list ?? '', /^image ls /);
  assert.deepEqual(others, ['image inspect example.com/base:1']);
});

interface Shown {
  readonly contents: { readonly value: string };
}
const hover = async (client: Session): Promise<string> =>
  (
    await client.request<Shown>('textDocument/hover', {
      textDocument: { uri: client.uriOf('Dockerfile') },
      position: { line: 0, character: 10 },
    })
  ).contents.value;

test('hovering the image tells what the engine and the tables know', patience, async () => {
  const client = await start({}, {});
  client.open('Dockerfile', 'FROM example.com/base:1\nFROM node:24-slim\n');
  await client.diagnostics('Dockerfile');
  await client.next('workspace/diagnostic/refresh');
  assert.match(await hover(client), /^- User: app \*\(engine\)\*$/m);
});

test('tags are offered in a Dockerfile, unless another extension does', patience, async () => {
  const labels = async (options: object): Promise<string[]> => {
    const client = await start(options, { engine: 'off' });
    client.open('Dockerfile', 'FROM node:\n');
    const found = await client.request<{ items: { label: string }[] } | null>('textDocument/completion', {
      textDocument: { uri: client.uriOf('Dockerfile') },
      position: { line: 0, character: 10 },
    });
    return (found?.items ?? []).map(({ label }) => label);
  };
  assert.ok((await labels({})).includes('24-slim'));
  assert.deepEqual(await labels({ offeredElsewhere: { dockerfile: ['completion'] } }), []);
});

const rows: readonly [name: string, options: object, settings: object][] = [
  ['where no program may be started', { runsPrograms: false }, {}],
  ['where it is switched off', {}, { engine: 'off' }],
];
for (const [name, options, settings] of rows) {
  test(`nobody is asked ${name}`, patience, async () => {
    const before = engine.calls().length;
    const client = await start(options, settings);
    client.open('Dockerfile', 'FROM example.com/base:1\n');
    assert.deepEqual(summary(await client.diagnostics('Dockerfile')), ['root-user@0:5']);
    // Nothing was missing, so that nothing is looked up later either.
    assert.deepEqual(summary(await client.diagnostics('Dockerfile')), ['root-user@0:5']);
    assert.equal(engine.calls().length, before);
  });
}

// Builds in the editor: where they begin, what is asked, what is told while one runs, and that it can be stopped.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type BuildFormResult,
  type BuildOutput,
  type BuildParams,
  type BuildPlacesResult,
  type BuildResult,
  type BuildWish,
  buildFormRequest,
  buildOutputNotification,
  buildPlacesRequest,
  buildRequest,
} from '../../server/core/protocol/messages.ts';
import { dockerfiles } from '../build/recorded/dockerfiles.ts';
import { trivyReport } from '../scan/reports.ts';
import { fakeBuilder, type RecordedBuild } from '../support/fake-builder.ts';
import { program, temporaryFolder } from '../support/fake-engine.ts';
import { fakeScanner } from '../support/fake-scanner.ts';
import { bundleServer } from './bundle.ts';
import { startProcess } from './process.ts';
import { type Session, startSession } from './session.ts';

const patience = { timeout: 60_000, skip: process.platform === 'win32' };
const server = await bundleServer();
const nothing: BuildWish = { args: [], secrets: [] };

async function open(
  engine: RecordedBuild | string | null,
  [path, text]: readonly [path: string, text: string],
  options: object = {},
): Promise<Session> {
  process.env.PATH = typeof engine === 'string' ? engine : engine ? fakeBuilder(engine).folder : '/nowhere';
  const client = await startSession(startProcess(server).channel, { files: { [path]: text }, ...options });
  client.open(path, text);
  return client;
}

const text = (name: string): string => dockerfiles[name] ?? '';
const good: RecordedBuild = { name: 'docker', log: 'engine-buildkit/ok.txt', code: 0 };

const placeRows: readonly [name: string, path: string, text: string, places: BuildPlacesResult][] = [
  ['stages', 'Dockerfile', text('ok'), [{ line: 1, target: 'build' }, { line: 8 }]],
  ['a stage without a name', 'Dockerfile', 'FROM a\nFROM b\n', [{ line: 0, target: '0' }, { line: 1 }]],
  [
    'services',
    'compose.yaml',
    'services:\n  db:\n    image: a\n  web:\n    build: .\n',
    [{ line: 3, service: 'web' }],
  ],
];
for (const [name, path, content, places] of placeRows) {
  test(`builds begin at ${name}`, patience, async () => {
    const client = await open(good, [path, content]);
    assert.deepEqual(await client.request(buildPlacesRequest, { uri: client.uriOf(path) }), places);
  });
}

test('where no program may run, nothing is built', patience, async () => {
  const client = await open(good, ['Dockerfile', text('ok')], {
    initializationOptions: { runsPrograms: false },
  });
  const uri = client.uriOf('Dockerfile');
  assert.deepEqual(await client.request(buildPlacesRequest, { uri }), []);
  const { ending, summary } = await client.request<BuildResult>(buildRequest, {
    uri,
    id: '1',
    wish: nothing,
  });
  assert.deepEqual(
    [ending, summary],
    ['failed', 'Images are built on a desktop, in a folder that is trusted.'],
  );
});

const form = (client: Session, path: string, wish: Partial<BuildWish> = {}): Promise<BuildFormResult> =>
  client.request(buildFormRequest, { uri: client.uriOf(path), wish: { ...nothing, ...wish } });

test('what is asked', patience, async () => {
  const asking = 'ARG VERSION\nFROM a:$VERSION AS one\nRUN --mount=type=secret,id=token,required true\n';
  const client = await open(good, ['Dockerfile', asking]);
  const asked = await form(client, 'Dockerfile');
  assert.ok('tag' in asked);
  const { targets, args, secrets, engines, builders, largeContext } = asked;
  assert.match(asked.tag, /^bulkhead-lsp-\w+:latest$/);
  assert.deepEqual(
    { targets, args, secrets, engines, builders, largeContext },
    {
      targets: ['one'],
      args: ['VERSION'],
      secrets: [{ id: 'token', isRequired: true }],
      engines: ['docker'],
      builders: [],
      largeContext: null,
    },
  );
  const told = await form(client, 'Dockerfile', { args: ['VERSION=1'], secrets: ['id=token,src=/nowhere'] });
  assert.ok('problem' in told && told.problem.startsWith('There is no file /nowhere for the secret token.'));
});

test('which service, where there are several', patience, async () => {
  const client = await open(good, ['compose.yaml', 'services:\n  a:\n    build: .\n  b:\n    build: .\n']);
  assert.deepEqual(await form(client, 'compose.yaml'), { services: ['a', 'b'] });
});

test('without an engine', patience, async () => {
  const client = await open(null, ['Dockerfile', text('ok')]);
  const asked = await form(client, 'Dockerfile');
  assert.ok('problem' in asked && asked.problem.startsWith('There is no docker, podman or nerdctl in PATH'));
});

async function build(client: Session, wish: Partial<BuildWish> = {}) {
  const params: BuildParams = {
    uri: client.uriOf('Dockerfile'),
    id: '7',
    wish: { ...nothing, tag: 'x:1', ...wish },
  };
  const result = await client.request<BuildResult>(buildRequest, params);
  return { told: client.received<BuildOutput>(buildOutputNotification), result };
}

test('steps, and a failure as the problem matcher reads it', patience, async () => {
  const failing: RecordedBuild = { name: 'docker', log: 'buildkit/failrun.txt', code: 1 };
  const client = await open(failing, ['Dockerfile', text('failrun')]);
  const { told, result } = await build(client);
  assert.equal(result.ending, 'failed');
  assert.deepEqual(
    told.filter(({ isStep }) => isStep).map(output => output.text.slice(0, 12)),
    ['build 1/3  R', 'build 2/3  R'],
  );
  assert.ok(told.every(({ id }) => id === '7'));
  const [place = '', message] = told.slice(-2).map(output => output.text);
  assert.match(place, /^\/.*\/Dockerfile:3:1 {2}error {2}build-failed$/);
  assert.equal(message, '  The command ended with exit code 1. Its last words: oops');
});

test('an image', patience, async () => {
  const { result } = await build(await open(good, ['Dockerfile', text('ok')]));
  assert.equal(result.ending, 'built');
  assert.match(result.summary, /^Built x:1, 182 MB in 2 layers: 4 steps, in /);
});

test('an image before and after the repairs, with what a scanner finds in both', patience, async () => {
  const builder = fakeBuilder(good);
  const scanner = fakeScanner('trivy', { report: trivyReport({}) });
  const client = await open(`${builder.folder}:${scanner.folder}`, ['Dockerfile', 'FROM a\nUSER root\n']);
  const params: BuildParams = {
    uri: client.uriOf('Dockerfile'),
    id: '1',
    wish: { ...nothing, tag: 'x:1' },
    compare: { upTo: 'unsafe', nonce: 'abcdefghijklmnop' },
  };
  const { ending, summary, page = '' } = await client.request<BuildResult>(buildRequest, params);
  assert.deepEqual(
    [ending, summary.split('\n')[0]],
    ['built', 'With 1 repair: nothing that shows in the image'],
  );
  assert.match(summary, /^vulnerabilities {2}none {4}none$/m);
  assert.match(page, /nonce="abcdefghijklmnop"/);
  assert.match(page, /<li>Use app <a href="[^"]+root-account[^"]*">root-account<\/a><\/li>/);
  assert.deepEqual(
    builder
      .calls()
      .split('\n')
      .filter(word => word.startsWith('--tag=')),
    ['--tag=x:1', '--tag=x:1-repaired'],
  );
  assert.deepEqual(
    scanner.calls().map(call => call.slice(call.lastIndexOf(' ') + 1)),
    ['x:1', 'x:1-repaired'],
  );
  const told = client.received<BuildOutput>(buildOutputNotification);
  assert.ok(told.some(({ text: said, isStep }) => isStep && said === 'scan x:1-repaired'));
  const safe = { ...params, compare: { upTo: 'safe', nonce: 'abcdefghijklmnop' } };
  const without = await client.request<BuildResult>(buildRequest, safe);
  assert.deepEqual(without, {
    ending: 'nothing',
    summary: 'There is nothing to compare: no such repair changes this file.',
  });
});

test('a build that is cancelled ends', patience, async () => {
  const folder = temporaryFolder();
  const waits = `case "$1" in build) trap 'exit 130' INT; echo '#1 [1/1] RUN x'; echo '#1 0.1 waiting'; while :; do /bin/sleep 0.05; done ;; --version) echo 'version 20.1' ;; *) exit 1 ;; esac\n`;
  program(folder, 'docker', waits);
  const client = await open(folder, ['Dockerfile', 'FROM a\n']);
  const params: BuildParams = { uri: client.uriOf('Dockerfile'), id: '1', wish: { ...nothing, tag: 'x:1' } };
  const { result, cancel } = client.cancellable<BuildResult>(buildRequest, params);
  await client.next<BuildOutput>(buildOutputNotification, ({ text: said }) => said.includes('waiting'));
  cancel();
  assert.equal((await result).ending, 'cancelled');
});

// Diagnostics: asked for and sent, for which version, and again when what they rest on has changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import { bundleServer } from './bundle.ts';
import { plain, pushed } from './capabilities.ts';
import { startProcess } from './process.ts';
import { type SessionOptions, startSession, summary } from './session.ts';

const patience = { timeout: 30_000 };
const server = await bundleServer();

const start = (options: SessionOptions = {}) => startSession(startProcess(server).channel, options);
const dockerfile = 'FROM alpine AS BASE\nUSER root\n';
const compose = 'services:\n  web:\n    build: .\n';
const publish = 'textDocument/publishDiagnostics';
const at = (line: number, character: number) => ({ line, character });
/** Puts a text in front. */
const prepend = (text: string) => ({ range: { start: at(0, 0), end: at(0, 0) }, text });

test('a diagnostic tells rule, place, message and page', patience, async () => {
  const client = await start();
  client.open('Dockerfile', dockerfile);
  const [shouted, root] = await client.diagnostics('Dockerfile');
  assert.deepEqual(shouted, {
    range: { start: at(0, 15), end: at(0, 19) },
    severity: 2,
    code: 'shouted-stage',
    codeDescription: { href: 'https://github.com/bulkhead/bulkhead/blob/main/docs/rules/shouted-stage.md' },
    source: 'bulkhead',
    message: 'The stage BASE is named in capitals: write base.',
  });
  assert.deepEqual(root?.relatedInformation, [
    {
      location: { uri: client.uriOf('Dockerfile'), range: { start: at(1, 0), end: at(1, 4) } },
      message: 'Said here.',
    },
  ]);
});

test('a client without them gets no related places and no link', patience, async () => {
  const client = await start({ capabilities: plain });
  client.open('Dockerfile', dockerfile);
  const { diagnostics, version } = await client.next<PublishDiagnosticsParams>(publish);
  assert.equal(version, 1);
  assert.deepEqual(Object.keys(diagnostics[1] ?? {}).sort(), [
    'code',
    'message',
    'range',
    'severity',
    'source',
  ]);
});

test('a message shows no secret', patience, async () => {
  const client = await start();
  client.open('Dockerfile', 'FROM alpine\nLABEL token=5up3r53cr3t\n');
  const [token] = await client.diagnostics('Dockerfile');
  assert.equal(token?.code, 'token-in-label');
  assert.ok(!JSON.stringify(token).includes('5up3r53cr3t'), JSON.stringify(token));
});

test('asked again, the server says that nothing has changed', patience, async () => {
  const client = await start();
  client.open('Dockerfile', dockerfile);
  const { resultId } = await client.report('Dockerfile');
  assert.deepEqual(await client.report('Dockerfile', resultId), { kind: 'unchanged', resultId });
  client.change('Dockerfile', 2, prepend('\n'));
  const after = await client.report('Dockerfile', resultId);
  assert.equal(after.kind, 'full');
  assert.notEqual(after.resultId, resultId);
  assert.deepEqual(summary(await client.diagnostics('Dockerfile')), [
    'shouted-stage@1:15',
    'root-account@2:5',
  ]);
});

test('an answer is about the version before it', patience, async () => {
  const client = await start();
  client.open('Dockerfile', dockerfile);
  const asked = [client.diagnostics('Dockerfile')];
  for (let version = 2; version <= 30; version++) {
    client.change('Dockerfile', version, prepend('\n'));
    asked.push(client.diagnostics('Dockerfile'));
  }
  const last = (await Promise.all(asked)).at(-1);
  assert.deepEqual(summary(last ?? []), ['shouted-stage@29:15', 'root-account@30:5']);
});

test(
  'findings are sent with their version, and versions that have passed are skipped',
  patience,
  async () => {
    const client = await start({ capabilities: pushed });
    client.open('Dockerfile', dockerfile);
    const first = await client.next<PublishDiagnosticsParams>(publish);
    assert.equal(first.version, 1);
    assert.deepEqual(summary(first.diagnostics), ['shouted-stage@0:15', 'root-account@1:5']);

    for (let version = 2; version <= 50; version++) client.change('Dockerfile', version, prepend('\n'));
    const last = await client.next<PublishDiagnosticsParams>(publish, ({ version }) => version === 50);
    assert.deepEqual(summary(last.diagnostics), ['shouted-stage@49:15', 'root-account@50:5']);
    const versions = client.received<PublishDiagnosticsParams>(publish).map(({ version }) => version ?? 0);
    assert.deepEqual(
      versions,
      [...new Set(versions)].sort((a, b) => a - b),
    );
    assert.ok(versions.length < 10, `sent for the versions ${versions}`);

    client.notify('textDocument/didClose', { textDocument: { uri: client.uriOf('Dockerfile') } });
    const closed = await client.next<PublishDiagnosticsParams>(
      publish,
      ({ version }) => version === undefined,
    );
    assert.deepEqual(closed.diagnostics, []);
  },
);

test('what has to be looked up arrives later', patience, async () => {
  const files = { '.env': 'A=1\n', 'Dockerfile.web': '' };
  const text = 'FROM alpine\nCOPY . /app\n';

  const pulls = await start({ files });
  pulls.open('Dockerfile.web', text, 'dockerfile');
  assert.deepEqual(await pulls.diagnostics('Dockerfile.web'), []);
  await pulls.next('workspace/diagnostic/refresh');
  const { resultId } = await pulls.report('Dockerfile.web');
  assert.deepEqual(summary(await pulls.diagnostics('Dockerfile.web')), ['copied-secret@1:0']);
  assert.equal((await pulls.report('Dockerfile.web', resultId)).kind, 'unchanged');
  pulls.change('Dockerfile.web', 2, prepend('\n'));
  assert.deepEqual(summary(await pulls.diagnostics('Dockerfile.web')), ['copied-secret@2:0']);

  const isTold = await start({ files, capabilities: pushed });
  isTold.open('Dockerfile.web', text, 'dockerfile');
  const told = [
    await isTold.next<PublishDiagnosticsParams>(publish),
    await isTold.next<PublishDiagnosticsParams>(publish),
  ];
  assert.deepEqual(
    told.map(({ version, diagnostics }) => [version, summary(diagnostics)]),
    [
      [1, []],
      [1, ['copied-secret@1:0']],
    ],
  );
});

test('a document follows the open one that it is built from', patience, async () => {
  const client = await start({ capabilities: pushed });
  client.open('Dockerfile', 'FROM alpine\n');
  client.open('compose.yaml', compose);
  const ofCompose = async (finding: boolean) => {
    const uri = client.uriOf('compose.yaml');
    const { diagnostics } = await client.next<PublishDiagnosticsParams>(
      publish,
      params => params.uri === uri && params.diagnostics.length > 0 === finding,
    );
    return summary(diagnostics);
  };
  assert.deepEqual(await ofCompose(true), ['unhealthy-service@1:2']);
  client.change('Dockerfile', 2, { text: 'FROM alpine\nHEALTHCHECK CMD true\n' });
  assert.deepEqual(await ofCompose(false), []);
  client.notify('textDocument/didClose', { textDocument: { uri: client.uriOf('Dockerfile') } });
  assert.deepEqual(await ofCompose(true), ['unhealthy-service@1:2']);
});

test('a file that has changed outside the editor counts at once', patience, async () => {
  const client = await start({ files: { Dockerfile: 'FROM alpine\n' } });
  const { watchers } = await client
    .next<{ registrations: { method: string; registerOptions: { watchers: { globPattern: string }[] } }[] }>(
      'client/registerCapability',
      ({ registrations }) => registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'),
    )
    .then(({ registrations: [registration] }) => registration?.registerOptions ?? { watchers: [] });
  assert.ok(watchers.some(({ globPattern }) => globPattern === '**/*.dockerignore'));

  client.open('compose.yaml', compose);
  await client.diagnostics('compose.yaml');
  await client.next('workspace/diagnostic/refresh');
  assert.deepEqual(summary(await client.diagnostics('compose.yaml')), ['unhealthy-service@1:2']);
  client.writeFile('Dockerfile', 'FROM alpine\nHEALTHCHECK CMD true\n');
  client.notify('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uriOf('Dockerfile'), type: 2 }],
  });
  await client.next('workspace/diagnostic/refresh');
  assert.deepEqual(await client.diagnostics('compose.yaml'), []);
});

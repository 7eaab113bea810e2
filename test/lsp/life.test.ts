// The life of a server process: the start, the end, and what must not end it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FullDocumentDiagnosticReport } from 'vscode-languageserver';
import { bundleChannelServer, bundleServer } from './bundle.ts';
import { modern, plain, pushed } from './capabilities.ts';
import { forkProcess, type ServerProcess, startProcess } from './process.ts';
import { startSession, summary } from './session.ts';

const patience = { timeout: 30_000 };
const server = await bundleServer();
const extensionServer = await bundleChannelServer();

const dockerfile = 'FROM alpine AS BASE\nUSER root\n';
const everywhere = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

test('the server says what it can, as far as the client can follow', patience, async () => {
  const capabilitiesFor = async (capabilities: object) => {
    const { introduction } = await startSession(startProcess(server).channel, { capabilities });
    return introduction.capabilities;
  };
  const common = {
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    completionProvider: { triggerCharacters: [' ', '/', '.', ':', '$', '{', '*', '@'] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentLinkProvider: {},
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    renameProvider: { prepareProvider: true },
  };
  const actions = {
    codeActionKinds: [
      'quickfix',
      'quickfix.suppress',
      'source.fixAll.bulkhead',
      'source.harden.bulkhead',
      'refactor.rewrite.harden.bulkhead',
      'refactor.rewrite.pin.bulkhead',
    ],
    resolveProvider: true,
  };
  const commands = { commands: ['bulkhead.showRule', 'bulkhead.askRegistry'] };
  const push = { ...common, codeActionProvider: actions, executeCommandProvider: commands };
  assert.deepEqual(await capabilitiesFor(pushed), push);
  assert.deepEqual(await capabilitiesFor(modern), {
    ...push,
    diagnosticProvider: { identifier: 'bulkhead', interFileDependencies: true, workspaceDiagnostics: false },
  });
  assert.deepEqual(await capabilitiesFor(plain), {
    ...common,
    renameProvider: true,
    codeActionProvider: true,
    executeCommandProvider: { commands: ['bulkhead.showRule', 'bulkhead.askRegistry', 'bulkhead.applyEdit'] },
  });
});

const starts: [name: string, start: () => ServerProcess][] = [
  ['standard streams', () => startProcess(server)],
  ['the channel of Node', () => forkProcess(server, '--node-ipc')],
  ["the extension's own", () => forkProcess(extensionServer)],
];

for (const [name, start] of starts) {
  test(
    `${name}: findings come, and exit ends the process, with success only after shutdown`,
    patience,
    async () => {
      const polite = start();
      const client = await startSession(polite.channel);
      client.open('Dockerfile', dockerfile);
      assert.deepEqual(summary(await client.diagnostics('Dockerfile')), [
        'shouted-stage@0:15',
        'root-account@1:5',
      ]);
      assert.equal(await client.request('shutdown', undefined), null);
      client.notify('exit', undefined);
      assert.equal(await polite.exit, 0);

      const abrupt = start();
      (await startSession(abrupt.channel)).notify('exit', undefined);
      assert.equal(await abrupt.exit, 1);
    },
  );
}

for (const [name, start] of starts.filter(([name]) => name !== 'the channel of Node')) {
  test(`${name}: the process ends with its input`, patience, async () => {
    const { channel, closeInput, exit } = start();
    await startSession(channel);
    closeInput();
    assert.equal(await exit, 1);
  });
}

test('for what is not open there is nothing', patience, async () => {
  const client = await startSession(startProcess(server).channel);
  const textDocument = { uri: client.uriOf('Dockerfile') };
  const position = { line: 0, character: 0 };
  assert.deepEqual(await client.report('Dockerfile'), { kind: 'full', items: [] });
  assert.deepEqual(await client.actions('Dockerfile', everywhere), []);
  assert.equal(await client.request('textDocument/hover', { textDocument, position }), null);

  client.open('Dockerfile', dockerfile);
  assert.notDeepEqual(await client.diagnostics('Dockerfile'), []);
  client.notify('textDocument/didClose', { textDocument });
  assert.deepEqual(await client.diagnostics('Dockerfile'), []);
});

test('a language that is not ours is not linted', patience, async () => {
  const client = await startSession(startProcess(server).channel);
  client.open('values.yaml', dockerfile, 'yaml');
  assert.deepEqual(await client.diagnostics('values.yaml'), []);
  client.open('Dockerfile.web', dockerfile, 'plaintext');
  assert.notDeepEqual(await client.diagnostics('Dockerfile.web'), []);
});

test('a request that is taken back is answered as such', patience, async () => {
  const client = await startSession(startProcess(server).channel);
  client.open('Dockerfile', dockerfile);
  const params = { textDocument: { uri: client.uriOf('Dockerfile') } };
  const { result, cancel } = client.cancellable('textDocument/diagnostic', params);
  cancel();
  await assert.rejects(result, { code: -32800 });
});

test('what fails is told and the rest goes on', patience, async () => {
  const client = await startSession(startProcess(server).channel);
  client.open('Dockerfile', `${dockerfile}STOPSIGNAL 9\n`);
  assert.deepEqual(summary(await client.diagnostics('Dockerfile')), [
    'internal-error@0:0',
    'shouted-stage@0:15',
    'root-account@1:5',
  ]);
  client.notify('textDocument/didChange', { textDocument: { uri: 'file:///unknown' }, contentChanges: [{}] });
  client.notify('textDocument/didChange', {
    textDocument: { uri: client.uriOf('Dockerfile'), version: 2 },
    contentChanges: [{ wrong: true }],
  });
  client.notify('workspace/didChangeConfiguration', null);
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: '%', type: 7 }] });
  assert.equal(await client.request('textDocument/hover', {}), null);
  await assert.rejects(client.request('no/such/method', {}), { code: -32601 });
  assert.equal((await client.diagnostics('Dockerfile')).length, 3);
});

test('every text on the way to a finished one has findings or none', patience, async () => {
  const client = await startSession(startProcess(server).channel);
  client.open('Dockerfile', '');
  const text = 'FROM alpine AS BASE\nRUN <<EOF\nset -e\nEOF\nUSER root\nCMD ["a", "b"]\n';
  for (const [i, character] of [...text].entries()) {
    const end = { line: 99, character: 0 };
    client.change('Dockerfile', i + 2, { range: { start: end, end }, text: character });
    const report = (await client.report('Dockerfile')) as FullDocumentDiagnosticReport;
    assert.equal(report.kind, 'full');
  }
  const names = summary(await client.diagnostics('Dockerfile'));
  assert.ok(names.includes('shouted-stage@0:15') && names.includes('root-account@4:5'), names.join());
});

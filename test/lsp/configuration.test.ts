// Configuration: settings of the editor, files beside and above the document, and what is wrong in those files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { bundleServer } from './bundle.ts';
import { modern, plain } from './capabilities.ts';
import { startProcess } from './process.ts';
import { type Session, type SessionOptions, startSession, summary } from './session.ts';

const patience = { timeout: 30_000 };
const server = await bundleServer();

const start = (options: SessionOptions = {}) => startSession(startProcess(server).channel, options);
const dockerfile = 'FROM alpine AS BASE\nUSER root\n';
const both = ['shouted-stage@0:15', 'root-account@1:5'];
const rootAlone = ['root-account@1:5'];
const quiet = { rules: { 'shouted-stage': 'off' } };

const findings = async (client: Session, path: string) => summary(await client.diagnostics(path));

test('settings are asked for by document, and again when they change', patience, async () => {
  let settings: unknown = { rules: { 'shouted-stage': 'off' }, profile: null };
  const asked: unknown[] = [];
  const client = await start({
    answers: {
      'workspace/configuration': ({ items }: { items: readonly unknown[] }) => {
        asked.push(...items);
        return items.map(() => settings);
      },
    },
  });
  client.open('Dockerfile', dockerfile);
  assert.deepEqual(await findings(client, 'Dockerfile'), rootAlone);
  assert.deepEqual(await findings(client, 'Dockerfile'), rootAlone);
  assert.deepEqual(asked, [{ scopeUri: client.uriOf('Dockerfile'), section: 'bulkhead' }]);

  const rows: [settings: unknown, expected: readonly string[]][] = [
    [{ rules: {} }, both],
    [{ enable: false }, []],
    [
      { enable: true, rules: { 'root-account': 'off', 'no-such-rule': 'error' }, profile: 'nonsense' },
      ['shouted-stage@0:15'],
    ],
    ['nonsense', both],
    [null, both],
  ];
  for (const [next, expected] of rows) {
    settings = next;
    client.notify('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await findings(client, 'Dockerfile'), expected, JSON.stringify(next));
  }
});

test('the stage that ships is the one that the settings name', patience, async () => {
  let settings: unknown = {};
  const client = await start({ answers: { 'workspace/configuration': () => [settings] } });
  client.open('Dockerfile', 'FROM a AS dev\nUSER root\nFROM a\nUSER b\n');
  assert.deepEqual(await findings(client, 'Dockerfile'), []);
  settings = { target: 'dev' };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  assert.deepEqual(await findings(client, 'Dockerfile'), ['root-account@1:5']);
});

test('a client that cannot be asked sends its settings', patience, async () => {
  const capabilities = { ...modern, workspace: { ...modern.workspace, configuration: false } };
  const client = await start({ capabilities, initializationOptions: { settings: { bulkhead: quiet } } });
  client.open('Dockerfile', dockerfile);
  assert.deepEqual(await findings(client, 'Dockerfile'), rootAlone);
  client.notify('workspace/didChangeConfiguration', { settings: { bulkhead: {} } });
  await client.next('workspace/diagnostic/refresh');
  assert.deepEqual(await findings(client, 'Dockerfile'), both);
});

test('the nearest file wins over the settings, and counts as soon as it is there', patience, async () => {
  const client = await start({
    answers: { 'workspace/configuration': () => [{ rules: { 'shouted-stage': 'error' } }] },
    files: { 'web/Dockerfile': dockerfile },
  });
  client.open('web/Dockerfile', dockerfile);
  assert.deepEqual(await findings(client, 'web/Dockerfile'), both);

  const changed = async (path: string, type: number) => {
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uriOf(path), type }] });
    await client.next('workspace/diagnostic/refresh');
  };
  client.writeFile('.bulkhead.yaml', 'rules:\n  shouted-stage: off\n');
  await changed('.bulkhead.yaml', 1);
  assert.deepEqual(await findings(client, 'web/Dockerfile'), rootAlone);
  client.writeFile('web/.bulkhead.yaml', 'rules:\n  root-account: off\n');
  await changed('web/.bulkhead.yaml', 1);
  assert.deepEqual(await findings(client, 'web/Dockerfile'), ['shouted-stage@0:15']);
  client.writeFile('web/.bulkhead.yaml', 'exclude: [Dockerfile]\n');
  await changed('web/.bulkhead.yaml', 2);
  assert.deepEqual(await findings(client, 'web/Dockerfile'), []);
});

test('a Compose file is judged within its set, as soon as the configuration has one', patience, async () => {
  const text = 'services:\n  web:\n    build: web\n';
  const healthy = 'services: {web: {healthcheck: {test: [CMD, a]}}}';
  const client = await start({
    files: { 'web/Dockerfile': 'FROM a\n', 'compose.yaml': text, 'ops/prod.yaml': healthy },
  });
  client.open('compose.yaml', text);
  const comesTo = async (expected: readonly string[]): Promise<void> => {
    while (!isDeepStrictEqual(await findings(client, 'compose.yaml'), expected)) {
      await client.next('workspace/diagnostic/refresh');
    }
  };
  await comesTo(['unhealthy-service@1:2']);
  client.writeFile('.bulkhead.yaml', 'compose-sets: {prod: [compose.yaml, ops/prod.yaml]}\n');
  client.notify('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uriOf('.bulkhead.yaml'), type: 1 }],
  });
  await comesTo([]);
});

test('a configuration file has findings of its own, and counts while it is edited', patience, async () => {
  const client = await start();
  client.open('Dockerfile', dockerfile);
  client.open('.bulkhead.yaml', 'rules:\n  shouted-stag: off\n');
  const [unknown] = await client.diagnostics('.bulkhead.yaml');
  assert.equal(unknown?.code, 'invalid-configuration');
  assert.deepEqual(unknown?.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 14 } });
  assert.deepEqual(await findings(client, 'Dockerfile'), both);

  const end = { line: 1, character: 14 };
  client.change('.bulkhead.yaml', 2, { range: { start: end, end }, text: 'e' });
  assert.deepEqual(await client.diagnostics('.bulkhead.yaml'), []);
  assert.deepEqual(await findings(client, 'Dockerfile'), rootAlone);
});

test('files out of reach are read by the client, where it offers to', patience, async () => {
  const texts: Readonly<Record<string, string>> = {
    'vscode-vfs://github/o/r/.bulkhead.yaml': 'rules:\n  shouted-stage: off\n',
    'vscode-vfs://github/o/r/.env': 'A=1\n',
  };
  const answers = {
    'bulkhead/readFile': ({ uri }: { uri: string }) => texts[uri] ?? null,
    'bulkhead/listFolder': ({ uri }: { uri: string }) =>
      Object.keys(texts)
        .filter(file => file.slice(0, file.lastIndexOf('/')) === uri)
        .map(file => ({ name: file.slice(uri.length + 1), kind: 'file' })),
  };
  const uri = 'vscode-vfs://github/o/r/Dockerfile';
  const textDocument = { uri, languageId: 'dockerfile', version: 1, text: `${dockerfile}COPY . .\n` };
  const rows: [capabilities: object, readsFiles: boolean, expected: readonly string[]][] = [
    [modern, true, ['root-account@1:5', 'copied-secret@2:0']],
    [modern, false, both],
  ];
  for (const [capabilities, readsFiles, expected] of rows) {
    const client = await start({ answers, capabilities, initializationOptions: { readsFiles } });
    client.notify('textDocument/didOpen', { textDocument });
    const pull = async () =>
      summary((await client.request<{ items: [] }>('textDocument/diagnostic', { textDocument })).items);
    await pull();
    await client.next('workspace/diagnostic/refresh');
    assert.deepEqual(await pull(), expected);
    assert.equal(client.received('bulkhead/readFile').length > 0, readsFiles);
  }
});

test('a text without a place is linted by settings alone', patience, async () => {
  const client = await start({ capabilities: plain, initializationOptions: { settings: quiet } });
  const textDocument = { uri: 'untitled:Untitled-1', languageId: 'dockerfile', version: 1, text: dockerfile };
  client.notify('textDocument/didOpen', { textDocument });
  const { diagnostics } = await client.next<{ diagnostics: [] }>('textDocument/publishDiagnostics');
  assert.deepEqual(summary(diagnostics), rootAlone);
});

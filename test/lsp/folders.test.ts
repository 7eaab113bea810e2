// What is asked of the server beyond the protocol: findings of files that are not open, the status, the rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver';
import type { LintFoldersResult, RulesResult, StatusResult } from '../../server/core/protocol/messages.ts';
import { bundleServer } from './bundle.ts';
import { pushed } from './capabilities.ts';
import { startProcess } from './process.ts';
import { type Session, type SessionOptions, startSession, summary } from './session.ts';

const patience = { timeout: 30_000 };
const server = await bundleServer();
const shouted = 'FROM alpine AS BASE\n';

const files = {
  '.git/HEAD': '',
  '.gitignore': 'ignored/\n',
  'a/Dockerfile': shouted,
  'b/Dockerfile': 'FROM alpine AS base\n',
  'b/compose.yaml': 'services:\n  web:\n    image: nginx\n',
  'ignored/Dockerfile': shouted,
  'node_modules/x/Dockerfile': shouted,
  'README.md': shouted,
};

const start = (options: SessionOptions = {}) =>
  startSession(startProcess(server).channel, { files, ...options });

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
}

const lintFolders = (client: Session): Promise<LintFoldersResult> =>
  client.request('bulkhead/lintFolders', { folders: [client.uriOf('')], workDoneToken: 'work' });

const published = async (client: Session, path: string): Promise<string[]> => {
  const { diagnostics } = await client.next<Published>(
    'textDocument/publishDiagnostics',
    ({ uri }) => uri === client.uriOf(path),
  );
  return summary(diagnostics);
};

test('the files below a folder are linted, but for what the repository ignores', patience, async () => {
  const client = await start();
  assert.deepEqual(await lintFolders(client), { files: 3, findings: 2 });
  assert.deepEqual(await published(client, 'a/Dockerfile'), ['shouted-stage@0:15']);
  assert.deepEqual(await published(client, 'b/compose.yaml'), ['unhealthy-service@1:2']);
  assert.deepEqual(
    client
      .received<{ token: string; value: { percentage: number } }>('$/progress')
      .map(({ token, value }) => [token, value.percentage]),
    [
      ['work', 0],
      ['work', 33],
      ['work', 67],
    ],
  );
});

test(
  'a file that is opened is said nothing of twice, and when closed is as it is on disk',
  patience,
  async () => {
    const client = await start();
    await lintFolders(client);
    await published(client, 'a/Dockerfile');
    client.open('a/Dockerfile', shouted);
    assert.deepEqual(await published(client, 'a/Dockerfile'), []);
    assert.deepEqual(summary(await client.diagnostics('a/Dockerfile')), ['shouted-stage@0:15']);
    client.writeFile('a/Dockerfile', `# Moved.\n${shouted}`);
    client.notify('textDocument/didClose', { textDocument: { uri: client.uriOf('a/Dockerfile') } });
    assert.deepEqual(await published(client, 'a/Dockerfile'), ['shouted-stage@1:15']);
  },
);

test('clients that are told of findings hear of an open file once', patience, async () => {
  const client = await start({ capabilities: pushed });
  client.open('a/Dockerfile', `# Edited.\n${shouted}`);
  assert.deepEqual(await published(client, 'a/Dockerfile'), ['shouted-stage@1:15']);
  await lintFolders(client);
  client.change('a/Dockerfile', 2, { text: shouted });
  assert.deepEqual(await published(client, 'a/Dockerfile'), ['shouted-stage@0:15']);
});

test('a file that changes on disk is looked at again', patience, async () => {
  const client = await start();
  await lintFolders(client);
  await published(client, 'a/Dockerfile');
  client.writeFile('a/Dockerfile', 'FROM alpine AS base\n');
  client.notify('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uriOf('a/Dockerfile'), type: 2 }],
  });
  assert.deepEqual(await published(client, 'a/Dockerfile'), []);
});

test('linting folders can be cancelled', patience, async () => {
  const client = await start();
  const { result, cancel } = client.cancellable('bulkhead/lintFolders', { folders: [client.uriOf('')] });
  cancel();
  await assert.rejects(result, { code: -32800 });
});

test('the status tells what holds for a document', patience, async () => {
  const client = await start({
    files: {
      'strict/.bulkhead.yaml': 'profile: strict\n',
      'none/.bulkhead.yaml': 'exclude: ["*"]\n',
    },
  });
  const rows: [
    path: string,
    expected: Omit<StatusResult, 'configuration'> & { configuration: string | null },
  ][] = [
    [
      'Dockerfile',
      { state: 'on', profile: 'recommended', findings: 1, shownElsewhere: 0, configuration: null },
    ],
    [
      'strict/Dockerfile',
      {
        state: 'on',
        profile: 'strict',
        findings: 1,
        shownElsewhere: 0,
        configuration: client.uriOf('strict/.bulkhead.yaml'),
      },
    ],
    [
      'none/Dockerfile',
      {
        state: 'excluded',
        profile: 'recommended',
        findings: 0,
        shownElsewhere: 0,
        configuration: client.uriOf('none/.bulkhead.yaml'),
      },
    ],
  ];
  for (const [path, expected] of rows) {
    client.open(path, shouted);
    assert.deepEqual(await client.request('bulkhead/status', { uri: client.uriOf(path) }), expected, path);
  }
  assert.equal(await client.request('bulkhead/status', { uri: client.uriOf('unopened') }), null);
});

test('the rules and a configuration to start from can be had', patience, async () => {
  const client = await start();
  const rules = await client.request<RulesResult>('bulkhead/rules', {});
  assert.deepEqual(rules[0], { id: 'shouted-stage', title: rules[0]?.title, severity: rules[0]?.severity });
  assert.match(await client.request<string>('bulkhead/initialConfiguration', {}), /^profile: recommended$/m);
});

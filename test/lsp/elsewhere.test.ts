// Findings that another extension shows at the same line are left to it, unless a setting asks for both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FullDocumentDiagnosticReport } from 'vscode-languageserver';
import type { ShownElsewhereParams, StatusResult } from '../../server/core/protocol/messages.ts';
import { bundleServer } from './bundle.ts';
import { pushed } from './capabilities.ts';
import { startProcess } from './process.ts';
import { type SessionOptions, startSession, summary } from './session.ts';

const patience = { timeout: 30_000 };
const server = await bundleServer();
const text = 'FROM alpine AS BASE\nUSER root\n';
const both = ['shouted-stage@0:15', 'root-account@1:5'];

const start = (options: SessionOptions = {}) => startSession(startProcess(server).channel, options);

const rows: [
  name: string,
  settings: object | null,
  findings: ShownElsewhereParams['findings'],
  expected: readonly string[],
][] = [
  ['the same at the same line', null, [{ equivalent: 'hadolint:DL3002', line: 1 }], ['shouted-stage@0:15']],
  ['ids compare without case', null, [{ equivalent: 'hadolint:dl3002', line: 1 }], ['shouted-stage@0:15']],
  ['at another line', null, [{ equivalent: 'hadolint:DL3002', line: 0 }], both],
  ['something else', null, [{ equivalent: 'hadolint:DL3008', line: 1 }], both],
  ['the setting asks for both', { showDuplicates: true }, [{ equivalent: 'hadolint:DL3002', line: 1 }], both],
];

for (const [name, settings, findings, expected] of rows) {
  test(name, patience, async () => {
    const client = await start({ answers: { 'workspace/configuration': () => [settings] } });
    client.open('Dockerfile', text);
    const first = (await client.report('Dockerfile')) as FullDocumentDiagnosticReport;
    assert.deepEqual(summary(first.items), both);
    client.notify('bulkhead/shownElsewhere', { uri: client.uriOf('Dockerfile'), findings });
    await client.next('workspace/diagnostic/refresh');
    const second = await client.report('Dockerfile', first.resultId);
    if (expected === both) assert.equal(second.kind, 'unchanged');
    else assert.deepEqual(summary((second as FullDocumentDiagnosticReport).items), expected);
    const status = await client.request<StatusResult>('bulkhead/status', { uri: client.uriOf('Dockerfile') });
    assert.equal(status.shownElsewhere, both.length - expected.length);

    client.notify('bulkhead/shownElsewhere', { uri: client.uriOf('Dockerfile'), findings: [] });
    await client.next('workspace/diagnostic/refresh');
    assert.deepEqual(summary(await client.diagnostics('Dockerfile')), both);
  });
}

test('clients that are told of findings are told again', patience, async () => {
  const client = await start({ capabilities: pushed });
  const published = async (): Promise<string[]> =>
    summary((await client.next<{ diagnostics: [] }>('textDocument/publishDiagnostics')).diagnostics);
  client.open('Dockerfile', text);
  assert.deepEqual(await published(), both);
  const uri = client.uriOf('Dockerfile');
  const findings = [{ equivalent: 'hadolint:DL3002', line: 1 }];
  client.notify('bulkhead/shownElsewhere', { uri, findings });
  assert.deepEqual(await published(), ['shouted-stage@0:15']);
});

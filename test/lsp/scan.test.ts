// Scans in the editor: lines with what they bring, their repairs, what is accepted, and what is in the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkspaceEdit } from 'vscode-languageserver';
import {
  type AcceptParams,
  acceptRequest,
  type ScanParams,
  type ScanResult,
  scanRequest,
} from '../../server/core/protocol/messages.ts';
import { sha, trivyReport } from '../scan/reports.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { fakeScanner } from '../support/fake-scanner.ts';
import { bundleServer } from './bundle.ts';
import { startProcess } from './process.ts';
import { applyEdit, type Session, startSession } from './session.ts';

const patience = { timeout: 60_000, skip: process.platform === 'win32' };
const server = await bundleServer();

const vulnerability = (id: string, name: string, layer: number) => ({
  VulnerabilityID: id,
  PkgName: name,
  InstalledVersion: '1.0-1',
  FixedVersion: '1.0-2',
  Severity: 'HIGH',
  Layer: { DiffID: sha(layer) },
});
const report = trivyReport({
  results: [
    {
      Class: 'os-pkgs',
      Type: 'debian',
      Vulnerabilities: [vulnerability('CVE-1', 'openssl', 1), vulnerability('CVE-2', 'curl', 2)],
    },
  ],
  config: {
    history: [{ created_by: 'base' }, { created_by: 'RUN /bin/sh -c apt-get install curl=1.0-1 # buildkit' }],
    rootfs: { diff_ids: [sha(1), sha(2)] },
  },
});
const scanner = fakeScanner('trivy', { report });
const engine = fakeEngine('docker', { 'shop:1': {}, 'example/base:1': {} });
// Servers that are started from here on find them.
process.env.PATH = `${scanner.folder}:${engine.folder}`;

const dockerfile = 'FROM example/base:1\nRUN apt-get install curl=1.0-1\n';
const compose = 'services:\n  web:\n    image: shop:1\n  gone:\n    image: gone:1\n';
const files = { Dockerfile: dockerfile, 'compose.yaml': compose };

const start = (options: object = {}, settings: object = {}): Promise<Session> =>
  startSession(startProcess(server).channel, {
    files,
    answers: { 'workspace/configuration': () => [settings] },
    ...options,
  });

const scan = (client: Session, params: Partial<ScanParams>): Promise<ScanResult> =>
  client.request<ScanResult>(scanRequest, {
    uris: [],
    folders: [],
    image: null,
    mayUpdate: false,
    ...params,
  });

test('the image that was built from a file, and a repair of it', patience, async () => {
  const client = await start();
  client.open('Dockerfile', dockerfile);
  const uri = client.uriOf('Dockerfile');
  const { images, problems } = await scan(client, { uris: [uri], image: 'shop:1' });
  assert.deepEqual(problems, []);
  const [image] = images;
  assert.deepEqual(
    [image?.image, image?.uri, image?.counts, image?.summary],
    ['shop:1', uri, '2 high', 'Trivy 0.74.0'],
  );
  assert.deepEqual(
    image?.lines.map(({ range, severity, count, packages }) => [
      range?.start,
      severity,
      count,
      packages[0]?.title,
      packages[0]?.detail,
    ]),
    [
      [{ line: 0, character: 5 }, 'high', 1, 'openssl 1.0-1', '→ 1.0-2'],
      [{ line: 1, character: 0 }, 'high', 1, 'curl 1.0-1', '→ 1.0-2'],
    ],
  );
  const [fix] = image?.lines[1]?.fixes ?? [];
  assert.equal(fix?.title, 'Raise curl to 1.0-2');
  const after = applyEdit(fix.edit as WorkspaceEdit, { [uri]: dockerfile }, 1);
  assert.equal(after[uri], dockerfile.replace('1.0-1', '1.0-2'));
});

test('bases and services; one that is not there leaves the others', patience, async () => {
  const client = await start();
  const uris = [client.uriOf('Dockerfile'), client.uriOf('compose.yaml')];
  const { images, problems } = await scan(client, { uris });
  assert.deepEqual(
    images.map(({ image, lines }) => [image, lines[0]?.range?.start.line, lines.length]),
    [
      ['example/base:1', 0, 1],
      ['shop:1', 2, 1],
    ],
  );
  assert.deepEqual(
    problems.map(({ kind, text }) => [kind, text]),
    [['no image', 'docker has no image gone:1. Build it, or pull it: `docker pull gone:1`.']],
  );
});

test('a folder, but for what git ignores', patience, async () => {
  const ignored = { '.gitignore': 'out/\n', 'out/Dockerfile': 'FROM shop:1\n', '.git/HEAD': '' };
  const client = await start({ files: { 'app/Dockerfile': dockerfile, ...ignored } });
  const { images, problems } = await scan(client, { folders: [client.uriOf('.')] });
  assert.deepEqual(problems, []);
  assert.deepEqual(
    images.map(({ image, uri }) => [image, uri]),
    [['example/base:1', client.uriOf('app/Dockerfile')]],
  );
});

test('any image', patience, async () => {
  const client = await start();
  const { images } = await scan(client, { image: 'shop:1' });
  assert.deepEqual(
    images.map(({ uri, lines }) => [uri, lines.map(({ label }) => label)]),
    [[null, ['layer 1: base', 'layer 2: RUN /bin/sh -c apt-get install curl=1.0-1']]],
  );
});

test('accepted, in a new configuration and in one that is there', patience, async () => {
  const client = await start();
  const uri = client.uriOf('Dockerfile');
  const params: AcceptParams = { uri, id: 'CVE-1', package: 'openssl', reason: 'no TLS here' };
  const edit = await client.request<WorkspaceEdit>(acceptRequest, params);
  const config = client.uriOf('.bulkhead.yaml');
  const written = 'scan:\n  ignore:\n    - id: CVE-1\n      package: openssl\n      reason: no TLS here\n';
  const texts = applyEdit(edit, { [uri]: dockerfile }, 1);
  assert.equal(texts[config], written);
  client.writeFile('.bulkhead.yaml', written);
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: config, type: 1 }] });
  const { images } = await scan(client, { uris: [uri], image: 'shop:1' });
  assert.deepEqual([images[0]?.counts, images[0]?.summary], ['1 high', 'Trivy 0.74.0. 1 accepted']);
  const second = await client.request<WorkspaceEdit>(acceptRequest, {
    ...params,
    id: 'CVE-2',
    package: 'curl',
  });
  assert.match(applyEdit(second, { [config]: written }, 1)[config] ?? '', /openssl[\s\S]*- id: CVE-2/);
});

test('not where programs may not run', patience, async () => {
  const client = await start({ initializationOptions: { runsPrograms: false } });
  const { images, problems } = await scan(client, { image: 'shop:1' });
  assert.deepEqual(images, []);
  assert.match(problems[0]?.text ?? '', /trusted folders/);
});

test('the scanner that the machine names', patience, async () => {
  const client = await start({}, { scan: { scanner: 'grype', path: scanner.file } });
  const { problems } = await scan(client, { image: 'shop:1' });
  assert.deepEqual(
    problems.map(({ kind }) => kind),
    ['no scanner'],
  );
});

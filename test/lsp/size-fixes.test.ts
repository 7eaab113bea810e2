// What an inspection has found is repaired at its line by the rule that knows the cure, also where the rule itself is off.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver';
import { type InspectSizeResult, inspectSizeRequest } from '../../server/core/protocol/messages.ts';
import { temporaryFolder } from '../support/fake-engine.ts';
import { imageEngine } from '../support/image-engine.ts';
import { type MadeImage, oldArchive, tar } from '../support/tar.ts';
import { bundleServer } from './bundle.ts';
import { startProcess } from './process.ts';
import { applyEdit, type Session, startSession } from './session.ts';

const patience = { timeout: 60_000, skip: process.platform === 'win32' };
const server = await bundleServer('product');

const text = 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\nUSER a\nRUN make\nRUN rm /big\n';
const image: MadeImage = {
  name: 'app:1',
  layers: [
    tar({ path: 'src/a', data: Buffer.alloc(1_000) }),
    tar({ path: 'var/lib/apt/lists/debian', data: Buffer.alloc(2_000_000) }),
    tar({ path: 'big', data: Buffer.alloc(3_000_000) }),
    tar({ path: '.wh.big' }),
  ],
  history: [
    { created_by: '# debian.sh' },
    { created_by: 'RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit' },
    { created_by: 'USER a # buildkit', empty_layer: true },
    { created_by: 'RUN /bin/sh -c make # buildkit' },
    { created_by: 'RUN /bin/sh -c rm /big # buildkit' },
  ],
};
const archive = path.join(temporaryFolder(), 'image.tar');
writeFileSync(archive, oldArchive(image));
// Servers that are started from here on find it.
process.env.PATH = imageEngine(image, `exec /bin/cat '${archive}'`);

async function inspected(configuration: string): Promise<Session> {
  const client = await startSession(startProcess(server).channel, {
    initializationOptions: { runsPrograms: true },
    answers: { 'workspace/configuration': () => [{ engine: 'off' }] },
    files: { '.bulkhead.yaml': configuration, '.git/HEAD': '' },
  });
  client.open('Dockerfile', text);
  const uri = client.uriOf('Dockerfile');
  const params = { uri, image: null, nonce: '0123456789abcdef' };
  const result = await client.request<InspectSizeResult>(inspectSizeRequest, params);
  assert.ok('html' in result, JSON.stringify(result));
  assert.deepEqual(
    result.notices.map(({ line, rule }) => [line, rule]),
    [
      [4, 'consecutive-layers'],
      [1, 'package-cache-left'],
    ],
  );
  assert.match(result.html, /&quot;line&quot;:1,&quot;repair&quot;:true/);
  return client;
}

const isCure = ({ title }: CodeAction): boolean => /apt\/lists|cache/i.test(title);
const at = (line: number) => ({ start: { line, character: 2 }, end: { line, character: 2 } });
const curesAt = async (client: Session, line: number): Promise<CodeAction[]> =>
  (await client.actions('Dockerfile', at(line), ['quickfix'])).filter(isCure);

test('at its line, until the line changes', patience, async () => {
  const client = await inspected('rules:\n  package-cache-left: off\n');
  const [cure, ...others] = await curesAt(client, 1);
  assert.deepEqual(others, []);
  const uri = client.uriOf('Dockerfile');
  const after = applyEdit(cure?.edit as WorkspaceEdit, { [uri]: text }, 1);
  assert.match(after[uri] ?? '', /install -y curl.* && rm -rf \/var\/lib\/apt\/lists\/\*|rm -rf/);
  assert.notEqual(after[uri], text);
  assert.deepEqual(await curesAt(client, 0), []);

  client.change('Dockerfile', 2, { text: `# ours\n${text}` });
  assert.equal((await curesAt(client, 2)).length, 1);
  client.change('Dockerfile', 3, { text: text.replace('curl', 'wget') });
  assert.deepEqual(await curesAt(client, 1), []);
});

test('two RUNs of which the second removes what the first has made are joined', patience, async () => {
  const client = await inspected('');
  const actions = await client.actions('Dockerfile', at(4), ['quickfix']);
  const join = actions.filter(({ title }) => title === 'Join them into one RUN');
  assert.equal(join.length, 1);
  const uri = client.uriOf('Dockerfile');
  const after = applyEdit(join[0]?.edit as WorkspaceEdit, { [uri]: text }, 1);
  assert.equal(after[uri], text.replace('\nRUN rm', ' \\\n    && rm'));
  assert.ok(
    !(await client.actions('Dockerfile', at(1), ['quickfix'])).some(({ title }) => /^Join/.test(title)),
  );
});

test('once, where the rule tells it too', patience, async () => {
  const client = await inspected('');
  assert.equal((await curesAt(client, 1)).length, 1);
});

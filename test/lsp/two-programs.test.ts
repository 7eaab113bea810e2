// Programs that answer one after the other: whoever looks at the document in between takes nothing away from the editor.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type StatusResult, statusRequest } from '../../server/core/protocol/messages.ts';
import { program } from '../support/fake-engine.ts';
import { bundleServer, temporaryFolder } from './bundle.ts';
import { startProcess } from './process.ts';
import { startSession, summary } from './session.ts';

const patience = { timeout: 60_000, skip: process.platform === 'win32' };
const server = await bundleServer('product');

const folder = temporaryFolder();
const goOn = path.join(folder, 'go-on');
const comment = {
  file: '-',
  line: 1,
  endLine: 1,
  column: 4,
  endColumn: 8,
  level: 'info',
  code: 2086,
  message: 'Quote it.',
};
program(folder, 'shellcheck', `/bin/cat >/dev/null\necho '${JSON.stringify({ comments: [comment] })}'\n`);
// It knows no image, and takes its time to say so.
program(
  folder,
  'docker',
  `while [ ! -e '${goOn}' ]; do /bin/sleep 0.05; done\necho 'Error: No such image' >&2\nexit 1\n`,
);

test('a finding that was first made for another request is shown too', patience, async () => {
  process.env.PATH = folder;
  const client = await startSession(startProcess(server).channel);
  client.open('Dockerfile', 'FROM example.com/base:1\nRUN cd $DIR && ls\nUSER app\n');
  const before = summary(await client.diagnostics('Dockerfile'));
  assert.ok(!before.some(finding => finding.startsWith('shellcheck-finding')));
  const count = async (): Promise<number> =>
    (await client.request<StatusResult>(statusRequest, { uri: client.uriOf('Dockerfile') })).findings;
  while ((await count()) === before.length);
  writeFileSync(goOn, '');
  await client.next('workspace/diagnostic/refresh');
  assert.ok(summary(await client.diagnostics('Dockerfile')).includes('shellcheck-finding@1:7'));
});

// ShellCheck beside the server: asked where it is there and may be, and found findings arrive without anybody waiting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findShellcheck } from '../../server/node/shellcheck.ts';
import { bundleServer } from './bundle.ts';
import { startProcess } from './process.ts';
import { startSession, summary } from './session.ts';

const patience = { timeout: 30_000, skip: (await findShellcheck()) === null && process.env.CI === undefined };
const server = await bundleServer();

const rows: readonly [name: string, mayRun: boolean | undefined, settings: object, found: string[]][] = [
  ['where nobody says otherwise', undefined, {}, ['checked-script@1:0']],
  ['where programs may be started', true, { shellcheck: 'auto' }, ['checked-script@1:0']],
  ['not where none may be', false, {}, []],
  ['not where it is switched off', true, { shellcheck: 'off' }, []],
  ['not where it is not', true, { shellcheckPath: '/nowhere/shellcheck' }, []],
];
for (const [name, runsPrograms, settings, found] of rows) {
  test(`asked ${name}`, patience, async () => {
    const client = await startSession(startProcess(server).channel, {
      initializationOptions: { runsPrograms },
      answers: { 'workspace/configuration': () => [settings] },
    });
    client.open('Dockerfile', 'FROM a\nRUN ls $SHELLCHECK\n');
    const first = summary(await client.diagnostics('Dockerfile'));
    assert.deepEqual(first, []);
    // A host that can run none has nothing to look up, and so nothing to say later.
    if (runsPrograms !== false && !('shellcheck' in settings && settings.shellcheck === 'off')) {
      await client.next('workspace/diagnostic/refresh');
    }
    assert.deepEqual(summary(await client.diagnostics('Dockerfile')), found);
  });
}

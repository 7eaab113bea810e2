// Where the servers are that tests start, and folders for them to work in.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { bundled, type Rules } from '../../scripts/test-bundles.ts';
import type { WorkerScripts } from '../../server/core/protocol/settings.ts';

/** A folder that lives as long as the tests of a file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-lsp-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const inBundles = async (name: string, rules: Rules): Promise<string> =>
  path.join(await bundled('lsp', rules, temporaryFolder), name);

/** `product`: with its own rules. */
export const bundleServer = (rules: Rules = 'toy'): Promise<string> => inBundles('server.cjs', rules);

/** The one that the extension starts. */
export const bundleChannelServer = (): Promise<string> => inBundles('channel.cjs', 'toy');

export interface WorkerBundles extends WorkerScripts {
  readonly worker: string;
}

export async function bundleWorker(): Promise<WorkerBundles> {
  const folder = await bundled('lsp', 'toy', temporaryFolder);
  const [worker = '', protocol = '', connection = '', session = ''] = [
    'worker.js',
    'protocol.js',
    'connection.js',
    'session.js',
  ].map(name => path.join(folder, name));
  return { worker, protocol, connection, session };
}

// Bundles for the tests: those that are shipped, with the toy rules of this folder in place of the product's.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { build, type Plugin } from 'esbuild';
import { bundles } from '../../scripts/bundles.ts';
import { inRepository } from '../../scripts/repository.ts';
import type { WorkerScripts } from '../../server/core/protocol/settings.ts';

const toyRules: Plugin = {
  name: 'toy rules',
  setup({ onResolve }) {
    onResolve({ filter: /\/rules\/index\.generated\.ts$/ }, () => ({
      path: inRepository('test/lsp/rules.ts'),
    }));
  },
};

/** A folder that lives as long as the tests of a file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-lsp-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The bundle of this name in a folder; where it lies. */
async function bundle(name: string, folder: string, rules: 'toy' | 'product' = 'toy'): Promise<string> {
  const options = bundles[name];
  const outfile = path.join(folder, path.basename(name));
  await build({
    ...options,
    absWorkingDir: inRepository(),
    outfile,
    bundle: true,
    logLevel: 'error',
    plugins: [...(options?.plugins ?? []), ...(rules === 'toy' ? [toyRules] : [])],
  });
  return outfile;
}

/** `product`: with its own rules. */
export async function bundleServer(rules: 'toy' | 'product' = 'toy'): Promise<string> {
  const folder = temporaryFolder();
  const [server] = await Promise.all([
    bundle('dist/server.cjs', folder, rules),
    bundle('dist/session.js', folder, rules),
    bundle('dist/local.cjs', folder, rules),
    bundle('dist/on-demand.cjs', folder, rules),
  ]);
  return server;
}

/** The one that the extension starts. */
export async function bundleChannelServer(): Promise<string> {
  const folder = temporaryFolder();
  const names = [
    'dist/channel.cjs',
    'dist/protocol.js',
    'dist/connection.js',
    'dist/session.js',
    'dist/local.cjs',
  ];
  const [server = ''] = await Promise.all(names.map(name => bundle(name, folder)));
  return server;
}

export interface WorkerBundles extends WorkerScripts {
  readonly worker: string;
}

export async function bundleWorker(): Promise<WorkerBundles> {
  const folder = temporaryFolder();
  const [worker, protocol, connection, session] = await Promise.all([
    bundle('dist/worker.js', folder),
    bundle('dist/protocol.js', folder),
    bundle('dist/connection.js', folder),
    bundle('dist/session.js', folder),
  ]);
  return { worker, protocol, connection, session };
}

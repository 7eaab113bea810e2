// The command line as it is shipped, with the toy rules of this folder, and folders to run it in.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text as read } from 'node:stream/consumers';
import { after } from 'node:test';
import { bundled, type Rules, startFlags } from '../../scripts/test-bundles.ts';

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly in?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

export type Bulkhead = (words: readonly string[], surroundings?: Surroundings) => Outcome;

/** A folder with these files in it, that lives as long as the tests of the file. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'bulkhead-cli-')));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

export const bundleBulkhead = async (rules: Rules = 'toy'): Promise<string> =>
  path.join(await bundled('cli', rules, () => folderWith({})), 'cli.cjs');

export async function builtBulkhead(rules: Rules = 'toy'): Promise<Bulkhead> {
  const file = await bundleBulkhead(rules);
  return (words, { in: cwd = tmpdir(), input = '', env = {} } = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...startFlags(), file, ...words], {
      cwd,
      input,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: cwd, ...env },
      timeout: 60_000,
    });
    return { code: status, out: stdout, err: stderr };
  };
}

/** Beside what runs in this process, such as a registry; its home lies in the folder that it is started in. */
export async function startedBulkhead(
  rules: Rules = 'toy',
): Promise<
  (words: readonly string[], surroundings: Surroundings & { readonly in: string }) => Promise<Outcome>
> {
  const file = await bundleBulkhead(rules);
  return async (words, { in: cwd, input = '', env = {} }) => {
    const child = spawn(process.execPath, [...startFlags(), file, ...words], {
      cwd,
      env: { PATH: process.env.PATH, HOME: path.join(cwd, '.home'), ...env },
    });
    child.stdin.on('error', () => {}).end(input);
    const [out, err, code] = await Promise.all([
      read(child.stdout),
      read(child.stderr),
      new Promise<number | null>(resolve => child.on('close', resolve)),
    ]);
    return { code, out, err };
  };
}

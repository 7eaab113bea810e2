// The extension as it is shipped: one file, held to a size that is no burden to download.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { inRepository } from './repository.ts';

const mostBytes = 500_000;

/** Builds and packages the extension. */
export function packageExtension(file: string): void {
  execFileSync('npx', ['vsce', 'package', '--no-dependencies', '--out', file], {
    cwd: inRepository(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { size } = statSync(file);
  if (size > mostBytes) throw new Error(`${file} has ${size} bytes, and may have ${mostBytes}.`);
}

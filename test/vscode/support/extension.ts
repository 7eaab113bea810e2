// The extension as it is shipped.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { inRepository } from '../../../scripts/repository.ts';

/** Where its package lies, in a folder. */
export function packageExtension(folder: string): string {
  const vsix = path.join(folder, 'bulkhead.vsix');
  execFileSync('npx', ['vsce', 'package', '--no-dependencies', '--out', vsix], {
    cwd: inRepository(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return vsix;
}

// The packaged extension, made by the script that makes it for users.
import { execFileSync } from 'node:child_process';
import { inRepository } from '../../../scripts/repository.ts';

/** In a process of its own: the packer takes whatever goes wrong in its process for its own failure. */
export const packageExtension = (file: string): unknown =>
  execFileSync(process.execPath, ['--import', 'tsx', inRepository('scripts', 'package.ts'), file], {
    cwd: inRepository(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });

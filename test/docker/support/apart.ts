// A laboratory apart from the machine, and a program in it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Task } from './inside.ts';

/**
 * In a network, a process tree and mounts of its own: no test can reach out, nothing on the machine is changed, and
 * whatever a run starts ends with it.
 */
const apart = ['--net', '--mount', '--mount-proc', '--pid', '--fork', '--kill-child'];

export function runApart(task: Task): Promise<number> {
  const inner = [process.execPath, '--import', 'tsx', join(import.meta.dirname, 'inside.ts')];
  return new Promise(resolve => {
    const child = spawn('unshare', [...apart, '--', ...inner, JSON.stringify(task)], { stdio: 'inherit' });
    // Ctrl+C reaches the inner process by itself.
    process.on('SIGINT', () => {});
    // Its namespaces, and all that runs in them, end with it.
    process.on('SIGTERM', () => child.kill('SIGKILL'));
    child.on('error', error => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', code => resolve(code ?? 1));
  });
}

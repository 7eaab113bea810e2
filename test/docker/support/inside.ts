// The inner process of a run: opens the laboratory in its own network, runs a program in it, and closes it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { addressVariable, type LabAddress, openLaboratory } from './laboratory.ts';
import type { Materials } from './materials.ts';
import { must } from './process.ts';

export interface Task {
  /** A folder that is gone after the run. */
  readonly work: string;
  readonly materials: Materials;
  /** What follows `node` and the loader for TypeScript: the program that runs in the laboratory. */
  readonly args: readonly string[];
}

function runInside(address: LabAddress, args: readonly string[]): Promise<number> {
  return new Promise(resolve => {
    const env = { ...process.env, [addressVariable]: JSON.stringify(address) };
    const program = spawn(process.execPath, ['--import', 'tsx', ...args], { stdio: 'inherit', env });
    program.on('close', code => resolve(code ?? 1));
  });
}

async function main({ work, materials, args }: Task): Promise<number> {
  const busybox = join(materials.busybox, 'busybox');
  await must(busybox, ['ifconfig', 'lo', 'up']);
  // Sockets of the machine's own services: an engine would take its containerd for ours.
  await must(busybox, ['mount', '-t', 'tmpfs', 'tmpfs', '/run']);
  const { address, components, close } = await openLaboratory(work, materials);
  try {
    const status = await runInside(address, args);
    console.log(`real components: ${components.join(', ')}`);
    return status;
  } finally {
    await close();
  }
}

// Ctrl+C reaches the program too: it ends, and the laboratory is closed as after any run.
process.on('SIGINT', () => {});
process.exitCode = await main(JSON.parse(process.argv[2] ?? ''));

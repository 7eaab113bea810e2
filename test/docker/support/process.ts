// Programs of the machine: started without a shell, within a time limit, with the end of their output where they fail.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

export interface RunOptions {
  readonly cwd?: string;
  /** On top of the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly limit?: number;
}

export interface Outcome {
  readonly ok: boolean;
  readonly stdout: string;
  /** Both streams as they came. */
  readonly output: string;
}

const defaultLimit = 120_000;

/** The last lines of a long output: where it went wrong. */
export const tail = (text: string, lines = 40): string => text.trimEnd().split('\n').slice(-lines).join('\n');

/** Runs to the end. A program that fails, cannot be started or takes too long gives an outcome that is not ok. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { cwd, env, limit = defaultLimit } = options;
  return new Promise(resolve => {
    const child = spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    const timer = setTimeout(() => {
      output += `\nstopped: it took longer than ${limit / 1000} s`;
      child.kill('SIGKILL');
    }, limit);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('error', error => {
      clearTimeout(timer);
      resolve({ ok: false, stdout, output: error.message });
    });
    child.on('close', code => {
      clearTimeout(timer);
      resolve({ ok: code === 0, stdout, output });
    });
  });
}

/** The standard output of a program that has to succeed, without the final newline. */
export async function must(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { ok, stdout, output } = await run(program, args, options);
  if (!ok) throw new Error(`${program} ${args.join(' ')} failed:\n${tail(output)}`);
  return stdout.trimEnd();
}

/** Asks again and again until there is an answer. */
export async function until<T>(
  what: string,
  limit: number,
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = performance.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`Not within ${limit / 1000} s: ${what}.`);
    await wait(100);
  }
}

/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>;
}

export interface DaemonSpec {
  readonly program: string;
  readonly args: readonly string[];
  /** The file that takes what it says. */
  readonly log: string;
  readonly isReady: () => Promise<boolean>;
  /** Milliseconds until it answers. */
  readonly limit: number;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(timer);
}

/** Starts a program that stays, in a process group of its own so that Ctrl+C leaves the end of it to us. */
export async function startDaemon({ program, args, log, isReady, limit }: DaemonSpec): Promise<Running> {
  const file = openSync(log, 'a');
  const child = spawn(program, args, { stdio: ['ignore', file, file], detached: true });
  closeSync(file);
  let failure: string | undefined;
  child.on('error', error => {
    failure = error.message;
  });
  try {
    await until(`${program} answers`, limit, async () => {
      if (failure !== undefined || hasEnded(child)) throw new Error(`${program} ended: ${failure ?? ''}`);
      return (await isReady()) || undefined;
    });
  } catch (error) {
    await stopChild(child);
    throw new Error(`${error}\n${tail(readFileSync(log, 'utf8'))}`);
  }
  return { stop: () => stopChild(child) };
}

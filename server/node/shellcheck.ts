// The machine's shellcheck: found in PATH or where somebody says, started without a shell, each run within limits.
import { spawn } from 'node:child_process';
import { availableParallelism, tmpdir } from 'node:os';
import { readComments, type ScriptChecker } from '../core/engine/shellcheck.ts';
import { findProgram } from './programs.ts';

const longestRun = 5_000;
/** Characters; what is longer is generated, and nobody's to mend. */
const longestScript = 100_000;
const longestAnswer = 4_000_000;

/** Null where there is none. */
export const findShellcheck = (): Promise<string | null> => findProgram('shellcheck');

/** What it prints; null where it fails or takes too long. */
function run(file: string, dialect: string, script: string): Promise<string | null> {
  return new Promise(resolve => {
    // Nothing of the project is read: no .shellcheckrc, and no file beside the script.
    const child = spawn(file, ['--norc', '-s', dialect, '-f', 'json1', '-'], {
      cwd: tmpdir(),
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: longestRun,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    let printed = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      printed += text;
      if (printed.length > longestAnswer) child.kill('SIGKILL');
    });
    child.on('error', () => resolve(null));
    child.on('close', (_code, signal) => resolve(signal === null ? printed : null));
    // It may end before it has read everything.
    child.stdin.on('error', () => {});
    child.stdin.end(script);
  });
}

/** Leaves half of the machine's cores to whoever waits for something else. */
function inTurns<Result>(): (task: () => Promise<Result>) => Promise<Result> {
  let free = Math.max(1, Math.floor(availableParallelism() / 2));
  const waiting: (() => void)[] = [];
  return async task => {
    if (free > 0) free--;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}

/** `file` is the program; null looks for it in PATH when it is first needed. */
export function scriptChecker(file: string | null): ScriptChecker {
  const inTurn = inTurns<string | null>();
  let found: Promise<string | null> | null = null;
  return async ({ dialect, script }) => {
    found ??= file === null ? findShellcheck() : Promise.resolve(file);
    const at = await found;
    if (at === null || script.length > longestScript) return null;
    const printed = await inTurn(() => run(at, dialect, script));
    return printed === null ? null : readComments(printed);
  };
}

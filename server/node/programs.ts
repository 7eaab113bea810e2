// Programs of the machine: found in PATH, started without a shell, each run within limits and ended with all it started.
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

const isWindows = process.platform === 'win32';

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

const isBelow = (folder: string, file: string): boolean => {
  const way = path.relative(folder, file);
  return way === '' || (!way.startsWith('..') && !path.isAbsolute(way));
};

const realPath = (file: string): Promise<string> => realpath(file).catch(() => file);

/** A person's home, and what it lies in, hold programs of their own: they are nobody's project. */
async function projectFolders(folders: readonly string[]): Promise<string[]> {
  const real = await Promise.all(folders.map(realPath));
  return real.filter(folder => !isBelow(folder, homedir()));
}

/**
 * Where PATH has the program; null where it is nowhere. Passed over are relative folders, because what they name depends
 * on where we stand, and what lies in the folders of a project, because its author is not the one who trusts it.
 */
export async function findProgram(name: string, projects: readonly string[] = []): Promise<string | null> {
  const { PATH = '' } = process.env;
  const apart = await projectFolders(projects);
  for (const folder of PATH.split(path.delimiter)) {
    const file = path.join(folder, isWindows ? `${name}.exe` : name);
    if (!path.isAbsolute(file) || !(await isExecutable(file))) continue;
    const places = [file, await realPath(file)];
    if (!places.some(place => apart.some(project => isBelow(project, place)))) return file;
  }
  return null;
}

export interface Limits {
  /** Milliseconds. */
  readonly time: number;
  /** Characters of what it prints. */
  readonly output: number;
}

export interface Printed {
  /** Null where it could not be started, or was ended. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** It took too long, printed too much, or was ended from outside. */
  readonly isCut: boolean;
}

/** Ends a process with everything that it has started. */
function endTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (isWindows) {
    const taskkill = path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    spawn(taskkill, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => child.kill('SIGKILL'),
    );
    return;
  }
  try {
    // Its group: it was made the leader of one.
    process.kill(-pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Only these variables of our own environment are passed on. */
export function environmentOf(names: readonly string[]): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) =>
    names.includes(isWindows ? name.toUpperCase() : name),
  );
  return Object.fromEntries(passed);
}

export interface Run {
  /** What it reads from its standard input. */
  readonly input?: string;
  /** Where it stands; the folder of temporary files where nobody says. */
  readonly cwd?: string;
  /** Ends it before its time. */
  readonly signal?: AbortSignal | undefined;
}

/** Without a shell, at the head of a group of its own. */
function start(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { input = '', cwd = tmpdir() }: Run = {},
) {
  const child = spawn(file, args, {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: !isWindows,
    windowsHide: true,
  });
  // It may end without having read it.
  child.stdin.on('error', () => {}).end(input);
  return child;
}

export function runProgram(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { time, output }: Limits,
  run: Run = {},
): Promise<Printed> {
  return new Promise(resolve => {
    const { signal } = run;
    const child = start(file, args, env, run);
    const printed = { out: '', err: '' };
    let isCut = false;
    const cut = (): void => {
      isCut = true;
      endTree(child);
      // Somebody who is out of reach may hold them open.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(cut, time);
    if (signal?.aborted) cut();
    signal?.addEventListener('abort', cut, { once: true });
    const take = (into: 'out' | 'err') => (text: string) => {
      if (printed.out.length + printed.err.length + text.length > output) cut();
      else printed[into] += text;
    };
    child.stdout.setEncoding('utf8').on('data', take('out'));
    child.stderr.setEncoding('utf8').on('data', take('err'));
    const end = (code: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cut);
      resolve({ code: isCut ? null : code, ...printed, isCut });
    };
    child.on('error', () => end(null));
    child.on('close', end);
  });
}

/** How a program ended whose output went to somebody else. */
export type Ended = Omit<Printed, 'out'>;

/** Characters of what it complains of. */
const longestComplaint = 20_000;

/**
 * Runs a program for what it prints, which `read` takes while it comes: nothing is kept of it. However `read` ends, the
 * program and all that it has started end too; so they do after `time` milliseconds, and when the signal says so.
 */
export async function streamProgram<Result>(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { time, signal }: { readonly time: number; readonly signal?: AbortSignal | undefined },
  read: (out: AsyncIterable<Buffer>) => Promise<Result>,
): Promise<Ended & { readonly result: Result | null; readonly failure: unknown }> {
  const child = start(file, args, env);
  const state = { err: '', isCut: false };
  const cut = (): void => {
    state.isCut = true;
    endTree(child);
    child.stdout.destroy();
    child.stderr.destroy();
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    state.err = (state.err + text).slice(-longestComplaint);
  });
  const ended = new Promise<number | null>(resolve => {
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  const timer = setTimeout(cut, time);
  signal?.addEventListener('abort', cut);
  if (signal?.aborted) cut();
  let result: Result | null = null;
  let failure: unknown = null;
  try {
    result = await read(child.stdout);
  } catch (error) {
    failure = error;
    if (child.exitCode === null && !child.stdout.readableEnded) cut();
  }
  child.stdout.resume();
  const code = await ended;
  clearTimeout(timer);
  signal?.removeEventListener('abort', cut);
  return { code: state.isCut ? null : code, err: state.err, isCut: state.isCut, result, failure };
}

/** Characters of a line; what is longer is cut. */
const longestLine = 20_000;
/** Milliseconds that a program has to tidy up when it is asked to end. */
const grace = 10_000;

/** Asks the whole group to end, as Ctrl+C does; where there is no such asking, it just ends. */
function interruptTree(child: ChildProcess): void {
  if (isWindows || child.pid === undefined) {
    endTree(child);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGINT');
  } catch {
    child.kill('SIGINT');
  }
}

/** Gives whole lines on, and what is left at the end. */
function linesInto(take: (line: string) => void): { write(text: string): void; end(): void } {
  let rest = '';
  return {
    write(text) {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(0, longestLine);
      for (const line of lines) take(line.slice(0, longestLine));
    },
    end() {
      if (rest !== '') take(rest);
    },
  };
}

/**
 * Runs a program for the lines that it prints on either stream, as they come. The signal asks it to end, and ends it
 * with all that it has started where it does not. Its code; null where it could not be started, or was ended.
 */
export function followProgram(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { time, signal }: { readonly time: number; readonly signal: AbortSignal },
  take: (line: string) => void,
): Promise<number | null> {
  return new Promise(resolve => {
    const child = start(file, args, env);
    let patience: NodeJS.Timeout | undefined;
    const cut = (): void => {
      endTree(child);
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const interrupt = (): void => {
      interruptTree(child);
      patience ??= setTimeout(cut, grace);
    };
    const timer = setTimeout(interrupt, time);
    const lines = [child.stdout, child.stderr].map(stream => {
      const into = linesInto(take);
      stream.setEncoding('utf8').on('data', (text: string) => into.write(text));
      return into;
    });
    // Nothing that we have started goes on without us.
    const abandon = (): void => endTree(child);
    process.on('exit', abandon);
    signal.addEventListener('abort', interrupt);
    if (signal.aborted) interrupt();
    const end = (code: number | null): void => {
      clearTimeout(timer);
      clearTimeout(patience);
      signal.removeEventListener('abort', interrupt);
      process.off('exit', abandon);
      for (const each of lines) each.end();
      // It has ended, but perhaps not all that it has started.
      if (patience !== undefined) endTree(child);
      resolve(patience === undefined ? code : null);
    };
    child.on('error', () => end(null));
    child.on('close', end);
  });
}

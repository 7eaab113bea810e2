// Interpreters: which program reads a text, and whether its language is one that can be parsed.
import type { ShellKind } from './script.ts';

export const posixShells: readonly string[] = ['sh', 'bash', 'dash', 'ash', 'ksh', 'mksh', 'zsh'];

const kinds: ReadonlyMap<string, ShellKind> = new Map([
  ...posixShells.map(name => [name, 'posix'] as const),
  ['powershell', 'powershell'],
  ['pwsh', 'powershell'],
  ['cmd', 'cmd'],
]);

/** What a shell as SHELL gives it reads: `["/bin/bash", "-c"]` is posix. */
export const shellKindOf = (shell: readonly string[]): ShellKind =>
  kinds.get(programOf(shell) ?? '') ?? 'other';

/** The program of a `#!` line, without its folder: `#!/usr/bin/env python3` names python3. */
export function interpreterOf(firstLine: string): string | null {
  return firstLine.startsWith('#!') ? programOf(firstLine.slice(2).trim().split(/\s+/)) : null;
}

/** The program without folder and `.exe`; of `env` and `busybox` the one that they run. */
function programOf(words: readonly string[]): string | null {
  for (const word of words) {
    const name = baseName(word)
      .replace(/\.exe$/i, '')
      .toLowerCase();
    if (name === 'env' || name === 'busybox' || word.startsWith('-') || word.includes('=')) continue;
    return name === '' ? null : name;
  }
  return null;
}

/** The name of a program without its folder. */
export const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** The name of a program as its users say it: without its folder and without the minor version of Python (`pip3.14`). */
export const programName = (path: string): string =>
  baseName(path).replace(/^(pip|python)([23])\.\d+$/, '$1$2');

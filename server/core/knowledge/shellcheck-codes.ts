// ShellCheck and containers: which shell `sh` is, and what is no finding in an instruction of a Dockerfile.
import { isBashism } from './bashisms.ts';

/** What is said of a script that stands alone, and does not hold for one that an image surrounds. */
const besideThePoint: ReadonlySet<number> = new Set([
  // A file that is sourced lies in the image, where it is not looked for.
  1090, 1091,
  // There is no first line with `#!`: the shell is known from SHELL.
  2148,
  // The image may set the variable; where it does not, the rule `undefined-variable` says so.
  2154,
  // Busybox's shell is read as dash.
  2187,
]);

/** Undefined in a POSIX shell, but known to the one of busybox. */
const knownToBusybox: ReadonlySet<number> = new Set([
  3010, 3014, 3015, 3036, 3037, 3040, 3043, 3045, 3057, 3060,
]);

/** The program that `sh` is, by the family of the system. */
const shells: ReadonlyMap<string, string> = new Map([
  ...['debian', 'ubuntu'].map(family => [family, 'dash'] as const),
  ...['alpine', 'busybox', 'wolfi'].map(family => [family, 'ash'] as const),
  ...['rhel', 'fedora', 'almalinux', 'rockylinux', 'oraclelinux', 'amazonlinux', 'archlinux', 'suse'].map(
    family => [family, 'bash'] as const,
  ),
]);

/** The shell that reads a script. */
export const shellBehind = (interpreter: string, family: string | undefined): string =>
  (interpreter === 'sh' ? shells.get(family ?? '') : undefined) ?? interpreter;

/** Whether it holds in an image, for a script that `shell` reads. */
export const holdsInImages = (code: number, shell: string): boolean =>
  !besideThePoint.has(code) &&
  // The rule `bashism` tells those.
  !(shell === 'dash' && isBashism(code)) &&
  !(shell === 'ash' && knownToBusybox.has(code));

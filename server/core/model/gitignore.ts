// Ignore files of Git: which paths one of them ignores, or takes back from another.
import { exactGlobMatcher } from '../text/globs.ts';

/**
 * True: ignored, false: taken back with `!`, null: not mentioned. Paths are relative to the folder of the file; those of
 * folders end with a slash.
 */
export type IgnoreFile = (path: string) => boolean | null;

interface Line {
  readonly ignores: boolean;
  matches(path: string): boolean;
}

function readLine(written: string): Line[] {
  // Blanks at the end count only behind a backslash.
  const line = written.replace(/(?<!\\)[ \t]+$/, '');
  if (line === '' || line.startsWith('#')) return [];
  const ignores = !line.startsWith('!');
  const pattern = ignores ? line : line.slice(1);
  // Braces mean nothing here.
  return [{ ignores, matches: exactGlobMatcher(pattern.replaceAll('{', '\\{')) }];
}

export function readIgnoreFile(text: string): IgnoreFile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap(readLine)
    .reverse();
  return path => lines.find(({ matches }) => matches(path))?.ignores ?? null;
}

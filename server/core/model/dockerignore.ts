// .dockerignore: which files of a build context a build never sees, as Docker matches them.
import { globMatcher } from '../text/globs.ts';

export interface Dockerignore {
  /** The path is relative to the context and uses `/`. A folder that is ignored takes what is in it along. */
  ignores(path: string): boolean;
}

interface Pattern {
  readonly exception: boolean;
  matches(path: string): boolean;
}

function readPattern(line: string): Pattern | undefined {
  if (line.startsWith('#')) return undefined;
  const trimmed = line.trim();
  const exception = trimmed.startsWith('!');
  const path = (exception ? trimmed.slice(1).trim() : trimmed).replace(/^(?:\.?\/)+|\/+$/g, '');
  if (path === '' || path === '.') return undefined;
  // Docker's patterns start at the root of the context and know no braces.
  return { exception, matches: globMatcher(`/${path.replace(/[{},]/g, '\\$&')}`) };
}

/** The last pattern that matches decides. */
export function parseDockerignore(text: string): Dockerignore {
  const patterns = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap(line => readPattern(line) ?? []);
  return { ignores: path => patterns.findLast(({ matches }) => matches(path))?.exception === false };
}

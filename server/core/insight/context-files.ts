// The files of the build context, and how the sources of COPY and ADD name them.
import { globMatcher } from '../text/globs.ts';

/** What of the build context matters here. */
export interface ContextFiles {
  readonly files: readonly string[];
  /** False where it holds more files than these. */
  readonly complete: boolean;
  readonly ignoreFile: { readonly text: string } | null;
}

export const isRemote = (source: string): boolean => /^(?:https?|git|ssh):|^git@/.test(source);

/** A source as a path within the context, empty for all of it. */
export const contextPath = (source: string): string =>
  source.replace(/^(?:\.?\/)+|\/+$/g, '').replace(/^\.$/, '');

export const isPattern = (path: string): boolean => /[*?[]/.test(path);

/** Which files a path within the context takes along: itself, what is in it, or what it matches. */
export function takes(path: string): (file: string) => boolean {
  if (path === '') return () => true;
  return globMatcher(`/${path.replace(/[{},]/g, '\\$&')}`);
}

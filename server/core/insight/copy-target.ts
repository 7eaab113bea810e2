// Where COPY and ADD put what they copy.
import type { CopyInstruction, State, Word } from '../model/dockerfile/model.ts';

/** A path with the variables filled in that are known there; null where one is not. */
export function filledIn(path: string, state: State): string | null {
  let complete = true;
  const text = path.replace(/\$(?:(\w+)|\{(\w+)\})/g, (_, plain: string | undefined, braced: string) => {
    const value = state.variable(plain ?? braced)?.value;
    complete &&= value?.known === true;
    return value?.known ? value.value : '';
  });
  return complete && !text.includes('$') ? text : null;
}

/** Without empty parts, `.` and `..`. */
function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The absolute path of a path in an instruction; null where that cannot be known. */
export function absolutePath(path: string, state: State): string | null {
  const known = filledIn(path, state);
  if (known === null) return null;
  if (known.startsWith('/')) return normalised(known);
  return state.workdir.known ? normalised(`${state.workdir.value}/${known}`) : null;
}

/** The same, with the root as the working folder where nothing says otherwise, as of most images. */
export function likelyPath(path: string, state: State): string | null {
  const known = filledIn(path, state);
  if (known === null || known.startsWith('/') || state.workdir.setAt !== null)
    return absolutePath(path, state);
  return normalised(known);
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The destination is a folder into which the sources go under their own names. */
const isFolder = ({ destination, sources, heredocs }: CopyInstruction): boolean =>
  sources.length + heredocs.length > 1 || /(?:^|\/)\.{0,2}$/.test(destination?.value ?? '');

export const destinationOf = ({ destination, before }: CopyInstruction): string | null =>
  destination && absolutePath(destination.value, before);

/** Where one of the sources, which is a file, is found afterwards. */
export function targetOf(copy: CopyInstruction, source: Word): string | null {
  const destination = destinationOf(copy);
  if (destination === null || !isFolder(copy)) return destination;
  return normalised(`${destination}/${lastPart(source.value)}`);
}

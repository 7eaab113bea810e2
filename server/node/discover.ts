// Discovery: from the paths and globs of a command line to the files to read.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { languageOf } from '../core/engine/language.ts';
import type { Language } from '../core/engine/rule.ts';
import { globMatcher } from '../core/text/globs.ts';
import type { Location } from '../host/files.ts';
import { search } from '../host/search.ts';
import { diskFiles, locationOf } from './files.ts';
import { reasonOf } from './text-file.ts';

export interface Found {
  /** As a person would write it from the current folder, with `/`. */
  readonly path: string;
  readonly location: Location;
  readonly language: Language;
}

export interface Discovery {
  readonly files: readonly Found[];
  /** One sentence for each path that leads nowhere. */
  readonly problems: readonly string[];
}

/** A file that is named is read whatever its name: YAML as Compose, all else as a Dockerfile. */
export const languageOfNamed = (name: string): Language =>
  languageOf(name) ?? (/\.ya?ml$/i.test(name) ? 'compose' : 'dockerfile');

const globSign = /[*?[{]/;

/** The folder to search for a glob, and the glob as seen from there. */
function splitGlob(operand: string): { folder: string; glob: string } {
  const sign = operand.search(globSign);
  const slash = operand.lastIndexOf('/', sign);
  return { folder: operand.slice(0, slash + 1) || '.', glob: `/${operand.slice(slash + 1)}` };
}

/** A path below an operand in the operand's own terms. */
const shownBelow = (operand: string, root: Location, location: Location): string =>
  path.posix.join(operand, diskFiles.relative(root, location) ?? location);

async function filesBelow(operand: string, glob: string): Promise<Found[]> {
  const root = locationOf(operand);
  const matches = globMatcher(glob);
  const below = (location: Location): string => diskFiles.relative(root, location) ?? '';
  const files = await search(diskFiles, root);
  return files
    .filter(({ location }) => matches(below(location)))
    .map(file => ({ ...file, path: shownBelow(operand, root, file.location) }));
}

async function discoverOperand(written: string): Promise<Discovery> {
  const operand = written.replaceAll(path.sep, '/');
  try {
    const found = await stat(operand);
    if (found.isDirectory()) return { files: await filesBelow(operand, '**'), problems: [] };
    const shown = path.posix.normalize(operand);
    return {
      files: [{ path: shown, location: locationOf(operand), language: languageOfNamed(operand) }],
      problems: [],
    };
  } catch (error) {
    if (!globSign.test(operand)) return { files: [], problems: [`${operand} ${reasonOf(error)}.`] };
    const { folder, glob } = splitGlob(operand);
    const files = await filesBelow(folder, glob);
    return files.length > 0
      ? { files, problems: [] }
      : { files, problems: [`${operand} matches no Dockerfile and no Compose file.`] };
  }
}

/** Each file once, in the order of the operands; below a folder by name. */
export async function discover(operands: readonly string[]): Promise<Discovery> {
  const files = new Map<Location, Found>();
  const problems: string[] = [];
  for (const operand of operands) {
    const discovery = await discoverOperand(operand);
    problems.push(...discovery.problems);
    for (const file of discovery.files) if (!files.has(file.location)) files.set(file.location, file);
  }
  return { files: [...files.values()], problems };
}

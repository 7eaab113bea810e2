// Discovery: from the paths and globs of a command line to the files to read.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { languageOf } from '../core/engine/language.ts';
import type { Language } from '../core/engine/rule.ts';
import { globMatcher } from '../core/text/globs.ts';
import type { Location } from '../host/files.ts';
import { diskFiles, locationOf } from './files.ts';
import { type IgnoreFile, readIgnoreFile } from './gitignore.ts';
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

/** Never looked into, ignored or not. */
const skippedFolders = new Set(['.git', 'node_modules']);

/** An ignore file and the folder that its lines are about. */
interface Ignoring {
  readonly folder: Location;
  readonly verdict: IgnoreFile;
}

async function ignoringAt(folder: Location): Promise<Ignoring[]> {
  const text = await diskFiles.read(diskFiles.resolve(folder, '.gitignore'));
  return text === null ? [] : [{ folder, verdict: readIgnoreFile(text) }];
}

/** The ignore files of the folders above, up to the root of the repository; none outside of one. */
async function ignoringAbove(folder: Location): Promise<Ignoring[]> {
  const found: Ignoring[] = [];
  for (let at: Location | null = folder; at !== null; at = diskFiles.parent(at)) {
    if (at !== folder) found.unshift(...(await ignoringAt(at)));
    const isRoot = await stat(diskFiles.resolve(at, '.git')).catch(() => null);
    if (isRoot) return found;
  }
  return [];
}

/** The deepest ignore file that mentions the path decides. */
function isIgnored(ignoring: readonly Ignoring[], location: Location, isFolder: boolean): boolean {
  for (const { folder, verdict } of [...ignoring].reverse()) {
    const relative = diskFiles.relative(folder, location) ?? '';
    const ignored = verdict(isFolder ? `${relative}/` : relative);
    if (ignored !== null) return ignored;
  }
  return false;
}

/** Dockerfiles and Compose files below a folder, by name. Links are not followed. */
async function walk(root: Location): Promise<{ location: Location; language: Language }[]> {
  const found: { location: Location; language: Language }[] = [];
  const visit = async (folder: Location, above: readonly Ignoring[]): Promise<void> => {
    const ignoring = [...above, ...(await ignoringAt(folder))];
    const entries = [...((await diskFiles.list(folder)) ?? [])];
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, kind } of entries) {
      const location = diskFiles.resolve(folder, name);
      if (kind === 'folder') {
        if (!skippedFolders.has(name) && !isIgnored(ignoring, location, true))
          await visit(location, ignoring);
      } else {
        const language = languageOf(name);
        if (language && !isIgnored(ignoring, location, false)) found.push({ location, language });
      }
    }
  };
  await visit(root, await ignoringAbove(root));
  return found;
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
  const files = await walk(root);
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

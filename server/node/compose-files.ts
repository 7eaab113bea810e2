// Compose files on disk: which ones a folder's project is made of, and the variables it is given.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter } from 'node:path';
import util from 'node:util';
import { joinPath } from '../core/model/compose/project/paths.ts';
import type { Environment } from '../core/model/compose/project/value.ts';
import type { Location } from '../host/files.ts';
import { decode } from './text-file.ts';

const maximumBytes = 5_000_000;

/** The text of a file; null where there is none, or it is too large for one that people write. Never throws. */
export function readText(path: Location): string | null {
  try {
    const found = statSync(path);
    return found.isFile() && found.size <= maximumBytes ? decode(readFileSync(path)).text : null;
  } catch {
    return null;
  }
}

/** What Node makes of an env file, by its own rules; nothing where this Node has none. */
const readByNode = (path: Location): NodeJS.Dict<string> =>
  'parseEnv' in util ? util.parseEnv(readText(path) ?? '') : {};

/**
 * The variables of this process. Node 20 takes `--env-file` from the command line of any program and has set the
 * variables of those files already: they are not the shell's.
 */
export function shellEnvironment(envFiles: readonly Location[]): Environment {
  const set: NodeJS.Dict<string> = Object.assign({}, ...envFiles.map(readByNode));
  const own = Object.entries(process.env).filter(([name, value]) => set[name] !== value);
  return new Map(own.map(([name, value = '']) => [name, { name, value, from: null }] as const));
}

export const homeFolder = (): Location => homedir().replaceAll('\\', '/');

/** The files that `COMPOSE_FILE` names. */
export function filesNamed(environment: Environment, folder: Location): Location[] {
  const named = environment.get('COMPOSE_FILE')?.value ?? '';
  const separator = environment.get('COMPOSE_PATH_SEPARATOR')?.value || delimiter;
  return named === '' ? [] : named.split(separator).map(file => joinPath(folder, file));
}

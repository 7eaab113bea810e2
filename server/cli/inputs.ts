// Inputs: the texts that a command is about, from files, folders, globs or standard input.
import type { Document } from '../host/check.ts';
import { discover, languageOfNamed } from '../node/discover.ts';
import { locationOf } from '../node/files.ts';
import { decode, readTextFile } from '../node/text-file.ts';
import { filesAtOnce, mapBounded } from './bounded.ts';
import { Failure } from './failure.ts';
import type { Terminal } from './terminal.ts';

export interface Input extends Document {
  /** As a person would write it. */
  readonly path: string;
  /** Not UTF-8: it can be read, but not written back. */
  readonly lossy: boolean;
  /** Read because another file includes it, which may declare the names that are missing in it. */
  readonly included?: true;
}

export interface Inputs {
  readonly inputs: readonly Input[];
  /** One sentence for each path that was named, or found, and not read. */
  readonly problems: readonly string[];
}

/** Where a command looks that is told no place. */
export const placesOf = (operands: readonly string[]): readonly string[] =>
  operands.length > 0 ? operands : ['.'];

export const isStandardInput = (operands: readonly string[]): boolean => operands.includes('-');

async function readStandardInput(
  operands: readonly string[],
  name: string,
  terminal: Terminal,
): Promise<Inputs> {
  if (operands.length > 1) {
    throw new Failure('Standard input (-) cannot be mixed with other paths. Run the command twice.');
  }
  const path = name.replaceAll('\\', '/');
  const { text, lossy } = decode(await terminal.input());
  return {
    inputs: [{ path, location: locationOf(name), language: languageOfNamed(path), text, lossy }],
    problems: [],
  };
}

/** `stdinName` is what standard input is taken for. */
export async function readInputs(
  operands: readonly string[],
  stdinName: string | undefined,
  terminal: Terminal,
): Promise<Inputs> {
  if (isStandardInput(operands)) return readStandardInput(operands, stdinName ?? 'Dockerfile', terminal);
  const places = placesOf(operands);
  const { files, problems } = await discover(places);
  if (files.length === 0 && problems.length === 0) {
    throw new Failure(
      `There is no Dockerfile and no Compose file below ${places.join(' or ')}. Name a file, or a folder that holds one.`,
    );
  }
  const read = await mapBounded(files, filesAtOnce, async file => ({
    ...file,
    ...(await readTextFile(file.location)),
  }));
  return {
    inputs: read.flatMap(file => ('text' in file ? file : [])),
    problems: [
      ...problems,
      ...read.flatMap(file => ('problem' in file ? `${file.path} ${file.problem}.` : [])),
    ],
  };
}

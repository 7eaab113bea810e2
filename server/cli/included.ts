// Files that the Compose files of a folder include: they are part of it, whatever their names.
import path from 'node:path';
import { includedNames } from '../core/model/compose/neighbours/model.ts';
import { parseCompose } from '../core/model/compose/parse.ts';
import { diskFiles, locationOf } from '../node/files.ts';
import { readTextFile } from '../node/text-file.ts';
import type { Input } from './inputs.ts';

/** Below one of the places; the place itself is a file that somebody has named. */
const isBelow = (places: readonly string[], { location }: Pick<Input, 'location'>): boolean =>
  places.some(place => (diskFiles.relative(locationOf(place), location) ?? '') !== '');

function namedBy({ path: shown, language, text }: Input): string[] {
  if (language !== 'compose' || !/\binclude["']?\s*:/.test(text)) return [];
  const { root } = parseCompose(text);
  if (root === null) return [];
  return includedNames(root).map(name => path.posix.join(path.posix.dirname(shown), name));
}

/** The inputs, and those that they include, so far as these lie below a folder that is walked. */
export async function withIncluded(inputs: readonly Input[], places: readonly string[]): Promise<Input[]> {
  const all = [...inputs];
  const seen = new Set(all.map(({ location }) => location));
  for (let input = all[0], at = 0; input !== undefined; input = all[++at]) {
    // Most files name none: where they lie is asked of the few that do.
    for (const shown of namedBy(input)) {
      const location = locationOf(shown);
      if (seen.has(location) || !isBelow(places, input) || !isBelow(places, { location })) continue;
      seen.add(location);
      const read = await readTextFile(location);
      // Compose itself says what is wrong with a file that is not there.
      if ('text' in read) all.push({ path: shown, location, language: 'compose', included: true, ...read });
    }
  }
  return all;
}

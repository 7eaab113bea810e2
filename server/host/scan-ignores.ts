// What has been accepted for a place: by its configuration, by the .trivyignore beside it or above, and by VEX.
import type { ScanConfig } from '../core/engine/config/scan.ts';
import { type Ignore, ignoresOfConfig, readTrivyIgnore, readTrivyIgnoreYaml } from '../core/scan/ignores.ts';
import { readVex } from '../core/scan/vex.ts';
import type { FileSystem, Location } from './files.ts';

export interface Accepted {
  readonly ignores: readonly Ignore[];
  /** Files that could not be read, in sentences. */
  readonly problems: readonly string[];
}

const readers = { '.trivyignore': readTrivyIgnore, '.trivyignore.yaml': readTrivyIgnoreYaml };

/** Of the nearest folder that has such a file, looking upward until the root of the repository. */
async function ofTrivy(files: FileSystem, document: Location): Promise<readonly Ignore[]> {
  for (let folder = files.parent(document); folder !== null; folder = files.parent(folder)) {
    const names = (await files.list(folder))?.map(({ name }) => name) ?? [];
    for (const [name, read] of Object.entries(readers)) {
      const text = names.includes(name) ? await files.read(files.resolve(folder, name)) : null;
      if (text !== null) return read(text);
    }
    if (names.includes('.git')) return [];
  }
  return [];
}

export async function acceptedFor(
  files: FileSystem,
  document: Location,
  { ignore = [], vex = [] }: ScanConfig,
  image: string,
): Promise<Accepted> {
  const ignores: Ignore[] = [...ignoresOfConfig(ignore), ...(await ofTrivy(files, document))];
  const problems: string[] = [];
  for (const location of new Set(vex)) {
    const name = location.slice(location.lastIndexOf('/') + 1);
    const text = await files.read(location);
    const read = text === null ? `${name} cannot be read. It is not honoured.` : readVex(text, image, name);
    if (typeof read === 'string') problems.push(read);
    else ignores.push(...read);
  }
  return { ignores, problems };
}

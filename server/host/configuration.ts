// Configuration of a document: found beside it and upward, merged with what the host itself was given.
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { NamedFile } from '../core/engine/config/compose-sets.ts';
import type { Config } from '../core/engine/config/config.ts';
import { readHadolintConfig } from '../core/engine/config/hadolint.ts';
import { type ConfigLayer, type Merged, settingsFor } from '../core/engine/config/merge.ts';
import { readConfig } from '../core/engine/config/read.ts';
import type { Finding } from '../core/engine/finding.ts';
import { setsFrom } from './compose-sets.ts';
import type { FileSystem, Location } from './files.ts';

/** A configuration file that rules the document, with what is wrong in it. */
export interface ConfigSource {
  readonly location: Location;
  readonly text: string;
  readonly findings: readonly Finding[];
}

export interface Configuration extends Merged {
  readonly sources: readonly ConfigSource[];
}

/** What a host brings besides files. */
export interface ProjectLayers {
  /** Weaker than the files: an editor's settings. */
  readonly below?: Config;
  /** Stronger than the files: flags of a command line. */
  readonly above?: Config;
  /** This file instead of those beside and above the document; null: none at all. */
  readonly file?: Location | null;
}

const ownNames = ['.bulkhead.yaml', '.bulkhead.yml'];
const hadolintNames = ['.hadolint.yaml', '.hadolint.yml'];

export const isOwnConfig = (location: Location): boolean =>
  ownNames.some(name => location.endsWith(`/${name}`));

export const isConfigName = (name: string): boolean =>
  ownNames.includes(name) || hadolintNames.includes(name);

interface Found {
  readonly folder: Location;
  readonly location: Location;
  readonly text: string;
}

async function firstOf(files: FileSystem, folder: Location, names: readonly string[]): Promise<Found | null> {
  for (const name of names) {
    const location = files.resolve(folder, name);
    const text = await files.read(location);
    if (text !== null) return { folder, location, text };
  }
  return null;
}

/** The nearest file of ours, looking upward until the root of the repository. */
async function nearest(files: FileSystem, from: Location): Promise<Found | null> {
  for (let folder: Location | null = from; folder !== null; folder = files.parent(folder)) {
    const found = await firstOf(files, folder, ownNames);
    if (found) return found;
    const entries = await files.list(folder);
    if (entries?.some(({ name }) => name === '.git')) return null;
  }
  return null;
}

/** What is to be told of files that are not there. */
async function missingOf(
  files: FileSystem,
  root: Location,
  named: readonly NamedFile[],
): Promise<readonly Finding[]> {
  const found = named.map(async ({ path, missing }) => {
    const location = files.resolve(root, path);
    const folder = files.parent(location);
    const entries = folder === null ? null : await files.list(folder);
    const isThere = entries?.some(({ name }) => files.resolve(folder ?? root, name) === location);
    return isThere ? [] : [missing];
  });
  return (await Promise.all(found)).flat();
}

export async function findConfiguration(
  files: FileSystem,
  catalogue: Catalogue,
  layers: ProjectLayers,
  document: Location,
): Promise<Configuration> {
  const folder = files.parent(document) ?? document;
  const below: ConfigLayer[] = [];
  const sources: ConfigSource[] = [];
  const add = async ({ folder: root, location, text }: Found, read: typeof readConfig): Promise<void> => {
    const { config, findings, named } = read(text, catalogue);
    const { scan, composeSets } = config;
    const vex = scan?.vex?.map(path => files.resolve(root, path));
    below.push({
      config: {
        ...config,
        ...(vex && { scan: { ...scan, vex } }),
        ...(composeSets && { composeSets: setsFrom(files, root, composeSets) }),
      },
      path: files.relative(root, document) ?? document,
    });
    sources.push({ location, text, findings: [...findings, ...(await missingOf(files, root, named))] });
  };

  if (layers.below) below.push({ config: layers.below, path: document });
  if (layers.file === undefined) {
    const hadolint = await firstOf(files, folder, hadolintNames);
    if (hadolint) await add(hadolint, readHadolintConfig);
    const own = await nearest(files, folder);
    if (own) await add(own, readConfig);
  } else if (layers.file !== null) {
    const text = await files.read(layers.file);
    const root = files.parent(layers.file) ?? folder;
    if (text !== null) await add({ folder: root, location: layers.file, text }, readConfig);
  }
  if (layers.above) below.push({ config: layers.above, path: document });
  return { ...settingsFor(below), sources };
}

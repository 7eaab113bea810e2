// Configuration of a document: found beside it and upward, merged with what the host itself was given.
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { Config } from '../core/engine/config/config.ts';
import { readHadolintConfig } from '../core/engine/config/hadolint.ts';
import { type ConfigLayer, settingsFor } from '../core/engine/config/merge.ts';
import { readConfig } from '../core/engine/config/read.ts';
import type { ScanConfig } from '../core/engine/config/scan.ts';
import type { SizeBudget } from '../core/engine/config/size.ts';
import type { Finding, Severity } from '../core/engine/finding.ts';
import type { Settings } from '../core/engine/settings.ts';
import type { FileSystem, Location } from './files.ts';

/** A configuration file that rules the document, with what is wrong in it. */
export interface ConfigSource {
  readonly location: Location;
  readonly text: string;
  readonly findings: readonly Finding[];
}

export interface Configuration {
  readonly settings: Settings;
  /** The configuration says not to read this document. */
  readonly excluded: boolean;
  /** Null where nobody chose. */
  readonly failOn: Severity | 'never' | null;
  readonly size: SizeBudget;
  readonly scan: ScanConfig;
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

export async function findConfiguration(
  files: FileSystem,
  catalogue: Catalogue,
  layers: ProjectLayers,
  document: Location,
): Promise<Configuration> {
  const folder = files.parent(document) ?? document;
  const below: ConfigLayer[] = [];
  const sources: ConfigSource[] = [];
  const add = ({ folder: root, location, text }: Found, read: typeof readConfig): void => {
    const { config, findings } = read(text, catalogue);
    const scan = config.scan?.vex && {
      ...config.scan,
      vex: config.scan.vex.map(vex => files.resolve(root, vex)),
    };
    below.push({
      config: scan ? { ...config, scan } : config,
      path: files.relative(root, document) ?? document,
    });
    sources.push({ location, text, findings });
  };

  if (layers.below) below.push({ config: layers.below, path: document });
  if (layers.file === undefined) {
    const hadolint = await firstOf(files, folder, hadolintNames);
    if (hadolint) add(hadolint, readHadolintConfig);
    const own = await nearest(files, folder);
    if (own) add(own, readConfig);
  } else if (layers.file !== null) {
    const text = await files.read(layers.file);
    if (text !== null)
      add({ folder: files.parent(layers.file) ?? folder, location: layers.file, text }, readConfig);
  }
  if (layers.above) below.push({ config: layers.above, path: document });
  return { ...settingsFor(below), sources };
}

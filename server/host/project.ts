// Project: configuration and facts of documents over a file system, remembered until a file changes.
import type { Catalogue } from '../core/engine/catalogue.ts';
import {
  type Answer,
  type FactKind,
  type FactReader,
  type FactRequest,
  type Facts,
  factKey,
} from '../core/engine/facts.ts';
import type { Settings } from '../core/engine/settings.ts';
import type { ScriptChecker } from '../core/engine/shellcheck.ts';
import { parseCompose } from '../core/model/compose/parse.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import { boundaryIn } from './boundary.ts';
import { readContext } from './build-context.ts';
import { setFor } from './compose-sets.ts';
import { type Configuration, findConfiguration, isConfigName, type ProjectLayers } from './configuration.ts';
import { readEnvFile } from './env-file.ts';
import type { FileSystem, Location } from './files.ts';
import { type ImageSource, noImages } from './local-images.ts';
import { noRegistries, type RegistrySource } from './registries.ts';
import { rememberScripts } from './scripts.ts';
import { noVersions, type VersionSource } from './versions.ts';

export interface Project {
  configuration(document: Location): Promise<Configuration>;
  /** What is known now; never waits. */
  facts(document: Location): FactReader;
  /** The place of a file by its path beside the document. */
  beside(document: Location, path: string): Location;
  /** Looks up what a lint of the document missed. */
  fetch(document: Location, requests: readonly FactRequest[]): Promise<void>;
  /** Something happened to a file or folder: what rested on it is looked up again when asked. */
  forget(location: Location, event?: FileEvent): void;
}

/** `content`: a file that was there before and still is holds another text. `presence`, without a word: anything. */
export type FileEvent = 'content' | 'presence';

interface Fact {
  readonly kind: FactKind;
  readonly answer: Answer<FactKind>;
  /** The folder or file it was read from. */
  readonly from: Location;
}

/** What programs of the machine can tell; nothing where they are left out. */
export interface Programs {
  readonly checkScript?: ScriptChecker | null;
  readonly versions?: VersionSource;
  readonly images?: ImageSource;
  /** What registries have said. */
  readonly registries?: RegistrySource;
}

/** Settings that say the same become one object: what rests on them is worked out once for all documents. */
function sharedSettings(): (settings: Settings) => Settings {
  const known = new Map<string, Settings>();
  return settings => {
    const key = JSON.stringify(settings, (_name, value: unknown) =>
      value instanceof Map || value instanceof Set ? [...value] : value,
    );
    const same = known.get(key) ?? settings;
    known.set(key, same);
    return same;
  };
}

/** Configurations of documents, each found once. */
function rememberConfigurations(find: (document: Location) => Promise<Configuration>) {
  const known = new Map<Location, Promise<Configuration>>();
  const shared = sharedSettings();
  /** Some configuration tells which files of its own are not there. */
  let namesFiles = false;
  const findShared = async (document: Location): Promise<Configuration> => {
    const found = await find(document);
    namesFiles ||= found.composeSets.size > 0;
    return { ...found, settings: shared(found.settings) };
  };
  return {
    of(document: Location): Promise<Configuration> {
      const found = known.get(document) ?? findShared(document);
      known.set(document, found);
      return found;
    },
    forget(isConfig: boolean, event: FileEvent): void {
      if (isConfig || (event === 'presence' && namesFiles)) known.clear();
    },
  };
}

async function readFolder(
  files: FileSystem,
  folder: Location,
  document: Location,
  configuration: Configuration,
): Promise<Facts['folder'] | null> {
  const entries = await files.list(folder);
  const name = files.relative(folder, document);
  if (entries === null || name === null) return null;
  const names = entries.filter(({ kind }) => kind === 'file').map(entry => entry.name);
  // A document may be open before it is written.
  return {
    document: name,
    files: names.includes(name) ? names : [...names, name],
    set: setFor(files, configuration, document),
  };
}

/** The place of a file by its path beside a document. */
const besideIn =
  ({ resolve, parent }: FileSystem) =>
  (document: Location, path: string): Location =>
    resolve(parent(document) ?? document, path);

/** Reads what a fact about files is made of. */
function readingIn(
  files: FileSystem,
  boundary: ReturnType<typeof boundaryIn>,
  configurationOf: Project['configuration'],
) {
  const beside = besideIn(files);
  return async (document: Location, { kind, path }: FactRequest): Promise<Fact> => {
    const from = beside(document, path);
    if (kind === 'context') return { kind, from, answer: await readContext(files, from, document) };
    if (kind === 'env') return { kind, from, answer: await readEnvFile(files, from) };
    if (kind === 'folder') {
      return { kind, from, answer: await readFolder(files, from, document, await configurationOf(document)) };
    }
    const isBeyond = kind === 'compose' && !(await boundary.holds(document, from));
    const text = isBeyond ? null : await files.read(from);
    const read = kind === 'compose' ? parseCompose : parseDockerfile;
    return { kind, from, answer: text === null ? null : read(text) };
  };
}

const keyOf = (document: Location, request: FactRequest): string => `${document}\n${factKey(request)}`;

export function createProject(
  files: FileSystem,
  catalogue: Catalogue,
  layers: ProjectLayers = {},
  { checkScript = null, versions = noVersions, images = noImages, registries = noRegistries }: Programs = {},
): Project {
  const configurations = rememberConfigurations(document =>
    findConfiguration(files, catalogue, layers, document),
  );
  const facts = new Map<string, Fact>();
  const scripts = rememberScripts(checkScript);
  const boundary = boundaryIn(files);

  const beside = besideIn(files);

  const lookUp = readingIn(files, boundary, configurations.of);

  const knownOf = (document: Location, request: FactRequest): Answer<FactKind> => {
    if (request.kind === 'shellcheck') return scripts.known(request.path);
    if (request.kind === 'version') return versions.known(request.path);
    if (request.kind === 'image') return images.known(request.path);
    if (request.kind === 'registry') return registries.known(request.path);
    return facts.get(keyOf(document, request))?.answer;
  };

  return {
    configuration: configurations.of,
    facts: document => ({
      get<K extends FactKind>(kind: K, path: string) {
        // Each answers for its kind, and the key of a file holds the kind.
        return knownOf(document, { kind, path }) as Answer<K>;
      },
    }),
    beside,
    async fetch(document, requests) {
      const asked = (wanted: FactKind): string[] =>
        requests.filter(({ kind }) => kind === wanted).map(({ path }) => path);
      const [packages, pulled] = [asked('version'), asked('registry')];
      await Promise.all([
        ...requests.map(async request => {
          if (request.kind === 'version' || request.kind === 'registry') return;
          if (request.kind === 'shellcheck') await scripts.ask(request.path);
          else if (request.kind === 'image') await images.ask(request.path);
          else facts.set(keyOf(document, request), await lookUp(document, request));
        }),
        packages.length > 0 && versions.ask(packages),
        pulled.length > 0 && registries.ask(pulled),
      ]);
    },
    forget(location, event = 'presence') {
      if (event === 'presence') boundary.forget();
      const isConfig = isConfigName(location.slice(location.lastIndexOf('/') + 1));
      configurations.forget(isConfig, event);
      for (const [key, { kind, from }] of facts) {
        const path = files.relative(from, location);
        // Of a folder or context, names are known, and the text of ignore files alone.
        const listsNames = kind === 'context' || kind === 'folder';
        const restsOnIt = !listsNames || event === 'presence' || path?.endsWith('.dockerignore');
        const maybeIgnored = kind === 'env' && location.endsWith('.gitignore');
        const maybeInSet = kind === 'folder' && isConfig;
        if ((path !== null && restsOnIt) || maybeIgnored || maybeInSet) facts.delete(key);
      }
    },
  };
}

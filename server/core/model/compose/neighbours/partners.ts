// Partners: the files that Compose reads together with a file, told by the names in its folder.
import { meantBy } from '../effective.ts';
import type { Lookup } from '../interpolation.ts';
import type { ComposeModel, Service } from '../model.ts';
import { defaultNames, overrideNames } from '../project/discover.ts';
import { cleanPath, folderOf, joinPath } from '../project/paths.ts';
import type { ReadNeighbour } from './layers.ts';

/** Compose files that are run together, each going over those before it. */
export interface FileSet {
  readonly files: readonly string[];
  /** Variables in place of those of `.env`. */
  readonly envFiles: readonly string[];
}

export interface Folder {
  /** The name of the file itself. */
  readonly document: string;
  /** The names of the files beside it, its own too. */
  readonly files: readonly string[];
  /** The set that people have put the file into, its paths seen from this folder. */
  readonly set: FileSet | null;
}

export interface Partners {
  /** Paths of files over which this one goes. */
  readonly before: readonly string[];
  /** Paths of files that go over this one. */
  readonly after: readonly string[];
  /** The folder from which paths in all of them are seen. */
  readonly home: string;
}

/** Files whose variables fill in a file, later ones winning. */
export function envFilesOf({ files, set }: Folder): readonly string[] {
  if (set === null) return files.includes('.env') ? ['.env'] : [];
  return set.envFiles.length > 0 ? set.envFiles : [joinPath(homeOf(set.files), '.env')];
}

/** The files that are asked about in any case: Compose files and files of variables. */
export function likelyPartners(folder: Folder): {
  readonly compose: readonly string[];
  readonly env: readonly string[];
} {
  const { document, files, set } = folder;
  if (set) return { compose: set.files.filter(name => name !== document), env: envFilesOf(folder) };
  const usual = [...defaultNames, ...overrideNames];
  return {
    compose: usual.includes(document) ? usual.filter(name => name !== document && files.includes(name)) : [],
    env: envFilesOf(folder),
  };
}

const homeOf = ([first = '']: readonly string[]): string => folderOf(first);

export const nobody: Partners = { before: [], after: [], home: '.' };

const firstIn = ({ files }: Folder, names: readonly string[]): string[] =>
  names.filter(name => files.includes(name)).slice(0, 1);

/** `compose.prod.yaml` goes over `compose.yaml` by the custom of all who use `-f`. */
const variantName = /^(.*compose)\.[\w-]+\.ya?ml$/;

function baseOfVariant({ document, files }: Folder): string[] {
  const stem = variantName.exec(document)?.[1];
  return ['yaml', 'yml']
    .map(ending => `${stem}.${ending}`)
    .filter(name => files.includes(name))
    .slice(0, 1);
}

const isWhole = (service: Service): boolean =>
  ['image', 'build', 'extends', 'provider'].some(key => service.get(key)?.node != null);

/** The files that `COMPOSE_FILE` of a `.env` puts together, in the folder of that file; none where it does not say. */
function namedTogether(variables: Lookup | null): string[] {
  const named = variables?.('COMPOSE_FILE');
  return named ? named.split(variables?.('COMPOSE_PATH_SEPARATOR') || /[:;]/).map(cleanPath) : [];
}

/**
 * The files of the set that people have made, else those that `COMPOSE_FILE` says, else those that Compose reads together by themselves, and a variant whose services
 * begin in the file it varies.
 */
export function partnersOf(
  folder: Folder,
  model: ComposeModel,
  read: ReadNeighbour,
  variables: Lookup | null,
): Partners {
  const { document } = folder;
  const named = folder.set?.files ?? namedTogether(variables);
  const place = named.indexOf(document);
  if (place >= 0) {
    return { before: named.slice(0, place), after: named.slice(place + 1), home: homeOf(named) };
  }
  if (defaultNames.includes(document)) {
    return firstIn(folder, defaultNames)[0] === document
      ? { ...nobody, after: firstIn(folder, overrideNames) }
      : nobody;
  }
  if (overrideNames.includes(document)) {
    return firstIn(folder, overrideNames)[0] === document
      ? { ...nobody, before: firstIn(folder, defaultNames) }
      : nobody;
  }
  const [base] = baseOfVariant(folder);
  const lacking = base === undefined ? [] : model.services.filter(service => !isWhole(service));
  const begun = base === undefined || lacking.length === 0 ? null : read(base);
  const isVariant = lacking.some(({ name }) => begun?.services.some(service => service.name === name));
  return base !== undefined && isVariant ? { ...nobody, before: [base] } : nobody;
}

/** More files beside one another are no project. */
const maxSiblings = 10;

/** The file that a service takes another one from, and the name of that one. */
function extendedBy(service: Service): readonly [file: string, name: string] | null {
  const file = meantBy(service.get('extends', 'file')?.node ?? null);
  const name = meantBy(service.get('extends', 'service')?.node ?? null);
  return file?.kind === 'scalar' && name?.kind === 'scalar' ? [cleanPath(file.text), name.text] : null;
}

/** Services of a file that is not run by itself, taken by services of the files beside it. */
export function takenBySiblings({ document, files }: Folder, read: ReadNeighbour): string[] {
  if (defaultNames.includes(document) || overrideNames.includes(document)) return [];
  return files
    .filter(name => name !== document && /compose.*\.ya?ml$/.test(name))
    .slice(0, maxSiblings)
    .flatMap(name => read(name)?.services ?? [])
    .flatMap(service => {
      const [file, name] = extendedBy(service) ?? [];
      return file === document && name !== undefined ? [name] : [];
    });
}

/** Services that are there for others of their file to extend: by themselves they cannot run. */
export function templatesIn({ services }: ComposeModel): string[] {
  const taken = new Set(
    services.flatMap(service => {
      const node = service.get('extends')?.node;
      if (node?.kind === 'scalar') return [node.text];
      const name = service.get('extends', 'file') ? null : service.get('extends', 'service')?.node;
      return name?.kind === 'scalar' ? [name.text] : [];
    }),
  );
  return services.filter(service => taken.has(service.name) && !isWhole(service)).map(({ name }) => name);
}

// Include: other projects taken in, each with a folder and env files of its own.
import type { LoadedDocument, Loading } from './document.ts';
import { readEnvFile } from './environment.ts';
import { mergedValues } from './merge.ts';
import { folderOf, joinPath } from './paths.ts';
import { withoutMarked } from './read.ts';
import {
  type Environment,
  entry,
  isNull,
  isSame,
  type MapValue,
  map,
  mapIn,
  Refusal,
  stringIn,
  typeOf,
  type Value,
  withEntries,
} from './value.ts';

interface Include {
  readonly paths: readonly string[];
  readonly folder: string;
  /** Null where it names none: the `.env` of its folder. */
  readonly envFiles: readonly string[] | null;
}

function texts(value: Value | undefined): readonly string[] {
  if (value === undefined || isNull(value)) return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.map(item => {
    const text = stringIn(item);
    if (text === null) throw new Refusal(`include: ${typeOf(item)} where a path is expected`, item.from);
    return text;
  });
}

function readInclude({ folder }: Loading, value: Value): Include {
  const paths = texts(stringIn(value) === null ? entry(value, 'path') : value).map(path =>
    joinPath(folder, path),
  );
  const [first] = paths;
  if (first === undefined) throw new Refusal('include: a path is required', value.from);
  const directory = stringIn(entry(value, 'project_directory'));
  const envFiles = texts(entry(value, 'env_file'));
  return {
    paths,
    folder: directory ? joinPath(folder, directory) : folderOf(first),
    envFiles:
      envFiles.length === 0
        ? null
        : envFiles.filter(file => file !== '/dev/null').map(file => joinPath(folder, file)),
  };
}

/** What is set outside wins over the env files of an include. */
function environmentOf(loading: Loading, { folder, envFiles }: Include): Environment {
  let found: Environment = new Map();
  for (const path of envFiles ?? [joinPath(folder, '.env')]) {
    const text = loading.read(path);
    if (text !== null) found = readEnvFile({ path, text }, loading.environment, found);
    else if (envFiles !== null) throw new Refusal(`couldn't find env file: ${path}`);
  }
  return new Map([...found, ...loading.environment]);
}

const sections = ['services', 'jobs', 'volumes', 'networks', 'secrets', 'configs', 'models'];

function takenIn({ model, marks }: LoadedDocument, imported: MapValue): MapValue {
  return sections.reduce((taking, section) => {
    const found = mapIn(entry(imported, section));
    if (found === null) return taking;
    const own = mapIn(entry(taking, section)) ?? map([], found.from);
    const entries = new Map(own.entries);
    for (const [name, value] of found.entries) {
      const present = entries.get(name);
      if (present === undefined) entries.set(name, value);
      else if (!isSame(present, value)) {
        const path = [section, name];
        entries.set(name, mergedValues(withoutMarked(value, marks, path), present, path));
      }
    }
    return withEntries(taking, { [section]: { ...own, entries } });
  }, model);
}

/** Loads several files as one project. */
type LoadFiles = (loading: Loading, paths: readonly string[]) => MapValue;

/** A document with what it includes taken in; its own resources go over those. */
export function withIncludes(loading: Loading, document: LoadedDocument, loadFiles: LoadFiles): MapValue {
  const include = entry(document.model, 'include');
  if (include === undefined) return document.model;
  if (isNull(include)) return withEntries(document.model, { include: null });
  if (include.kind !== 'list') {
    throw new Refusal(`\`include\` must be a list, got ${typeOf(include)}`, include.from);
  }
  const complete = include.items.reduce<MapValue>((model, item) => {
    const found = readInclude(loading, item);
    const [main = ''] = found.paths;
    if (loading.included.includes(main)) {
      const trail = [...loading.included, main].join(' includes ');
      throw new Refusal(`include cycle detected: ${trail}`, item.from);
    }
    const inside = { ...loading, folder: found.folder, environment: environmentOf(loading, found) };
    return takenIn({ ...document, model }, loadFiles(inside, found.paths));
  }, document.model);
  return withEntries(complete, { include: null });
}

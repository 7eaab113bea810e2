// A project: what `docker compose config` would show of some files, each value with the place it came from.
import { parseYamlStream } from '../../yaml/stream.ts';
import { checkProject } from './consistency.ts';
import type { Loading, ReadFile } from './document.ts';
import { readEnvFile, substitute } from './environment.ts';
import { loadFiles } from './load.ts';
import { normalised } from './normalise.ts';
import { nameOf } from './paths.ts';
import { readRawEnvFile } from './raw-environment.ts';
import { sections, unknownSection } from './shapes.ts';
import {
  type Environment,
  entry,
  isNull,
  type MapValue,
  map,
  mapIn,
  mapValues,
  type Path,
  Refusal,
  scalar,
  stringIn,
  textOf,
  type Value,
  type Variable,
  withEntries,
} from './value.ts';

export interface ProjectRequest {
  /** Absolute, in the order in which they go over each other. */
  readonly files: readonly string[];
  readonly folder: string;
  readonly home: string | null;
  readonly environment: Environment;
  /** `*` for all of them. */
  readonly profiles: readonly string[];
  readonly read: ReadFile;
  readonly warn: (message: string) => void;
  /** What Compose refuses, though the rest of the model is as clear without it: told, or refused as well. */
  readonly object: (message: string) => void;
}

const projectNameVariable = 'COMPOSE_PROJECT_NAME';

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');

/** The last `name` that a file states, its variables filled in; null where none does. */
function statedName({ files, read, environment }: ProjectRequest): string | null {
  const names = files.flatMap(file =>
    parseYamlStream(read(file) ?? '').flatMap(({ root }) => {
      const pair = root?.kind === 'map' ? root.pairs.find(({ key }) => key.text === 'name') : undefined;
      return pair?.value?.kind === 'scalar' && pair.value.text !== '' ? [pair.value.text] : [];
    }),
  );
  const stated = names.at(-1);
  if (stated === undefined) return null;
  const name = substitute(stated, variable => environment.get(variable)).text;
  // Compose also makes it lower-case: what the file says is easier to recognise.
  return plainName(name) === name.toLowerCase() ? name : plainName(name);
}

function nameOfProject(request: ProjectRequest): string {
  const given = request.environment.get(projectNameVariable)?.value;
  if (!given) return statedName(request) ?? plainName(nameOf(request.folder));
  if (plainName(given) === given) return given;
  throw new Refusal(
    `invalid project name "${given}": only lower-case letters, digits, hyphens and underscores, beginning with a letter or digit`,
  );
}

function hasProfile(service: Value, wanted: readonly string[]): boolean {
  const profiles = entry(service, 'profiles');
  if (profiles?.kind !== 'list' || profiles.items.length === 0 || wanted.includes('*')) return true;
  return profiles.items.some(profile => wanted.includes(stringIn(profile) ?? ''));
}

function readerFor(file: Value): typeof readEnvFile {
  const format = stringIn(entry(file, 'format')) ?? '';
  if (format === '') return readEnvFile;
  if (format === 'raw') return readRawEnvFile;
  throw new Refusal(`unsupported env_file format "${format}"`, file.from);
}

/** The variables of `env_file` in front of the service's own. */
function withEnvFiles(name: string, service: MapValue, request: ProjectRequest): MapValue {
  const files = entry(service, 'env_file');
  const own = mapIn(entry(service, 'environment'));
  if (files?.kind !== 'list') return service;
  const given = new Map(request.environment);
  for (const [key, value] of own?.entries ?? []) {
    if (given.has(key) || value.kind !== 'scalar' || value.value === null) continue;
    given.set(key, { name: key, value: textOf(value), from: value.from });
  }
  let found: Environment = new Map<string, Variable>();
  for (const file of files.items) {
    const path = stringIn(entry(file, 'path')) ?? '';
    const text = request.read(path);
    const required = entry(file, 'required');
    const isRequired = required?.kind !== 'scalar' || required.value !== false;
    const readAs = readerFor(file);
    if (text !== null) found = readAs({ path, text }, given, found);
    else if (isRequired) request.object(`Service ${name} takes variables from ${path}, which is not there.`);
  }
  const entries = [...found.values()].map(
    ({ name: key, value, from }) => [key, scalar(value, from)] as const,
  );
  const merged = map([...entries, ...(own?.entries ?? [])], own?.from ?? files.from);
  return merged.entries.size === 0 ? service : withEntries(service, { environment: merged });
}

/** The labels of `label_file` in front of the service's own. */
function withLabelFiles(name: string, service: MapValue, request: ProjectRequest): MapValue {
  const files = entry(service, 'label_file');
  const own = mapIn(entry(service, 'labels'));
  if (files?.kind !== 'list') return service;
  let found: Environment = new Map<string, Variable>();
  for (const file of files.items) {
    const path = stringIn(file) ?? '';
    const text = request.read(path);
    if (text === null) request.object(`Service ${name} takes labels from ${path}, which is not there.`);
    else found = readEnvFile({ path, text }, new Map(), found);
  }
  const entries = [...found.values()].map(
    ({ name: key, value, from }) => [key, scalar(value, from)] as const,
  );
  const merged = map([...entries, ...(own?.entries ?? [])], own?.from ?? files.from);
  return merged.entries.size === 0 ? service : withEntries(service, { labels: merged });
}

function withFiles(name: string, service: Value, request: ProjectRequest): Value {
  if (service.kind !== 'map') return service;
  return withLabelFiles(name, withEnvFiles(name, service, request), request);
}

function shaped(model: MapValue): MapValue {
  const path = (key: string): Path => [key];
  const entries = [...model.entries].flatMap(([key, value]): [string, Value][] => {
    const shape = Object.hasOwn(sections, key) ? sections[key] : unknownSection;
    const shown = shape?.(value, path(key)) ?? null;
    return shown === null ? [] : [[key, shown]];
  });
  return map(entries, model.from);
}

const parted = (services: MapValue, isIn: (service: Value) => boolean): MapValue => ({
  ...services,
  entries: new Map([...services.entries].filter(([, service]) => isIn(service))),
});

/** Throws a refusal where Compose refuses the files. */
export function loadProject(request: ProjectRequest): MapValue {
  const name = nameOfProject(request);
  const environment = new Map(request.environment);
  environment.set(projectNameVariable, { name: projectNameVariable, value: name, from: null });
  const loading: Loading = { ...request, environment, included: [] };
  const loaded = loadFiles(loading, request.files);
  if (loaded.entries.size === 0) throw new Refusal('empty compose file');
  if (name === '') throw new Refusal('project name must not be empty');

  const complete = normalised(loaded, name, environment);
  const model = shaped(withEntries(complete, { name: scalar(name, entry(complete, 'name')?.from ?? null) }));
  const all = mapIn(entry(model, 'services')) ?? map([]);
  const isEnabled = (service: Value): boolean => hasProfile(service, request.profiles);
  const services = parted(all, isEnabled);
  const disabled = parted(all, service => !isEnabled(service));
  checkProject({ services, disabled, model }, request.object);
  const resolved = mapValues(services, (service, key) =>
    withFiles(key, service, { ...request, environment }),
  );
  const jobs = mapIn(entry(model, 'jobs'));
  return withEntries(model, {
    services: resolved,
    ...(jobs ? { jobs: parted(jobs, isEnabled) } : {}),
    ...(isNull(entry(model, 'include')) ? { include: null } : {}),
  });
}

// Extends: a service over the one that it extends, in the same file or another, in chains.
import { settled } from './canonical.ts';
import { documentsOf, type LoadedDocument, type Loading, readSource } from './document.ts';
import { withPathsLocated } from './locate.ts';
import { mergedModels, mergedValues } from './merge.ts';
import { folderOf, joinPath } from './paths.ts';
import { withoutMarked } from './read.ts';
import { withUnique } from './unique.ts';
import {
  entry,
  isNull,
  type MapValue,
  map,
  mapIn,
  type Path,
  Refusal,
  type Source,
  stringIn,
  type Value,
  withEntries,
} from './value.ts';

/** A file whose services are to be extended. */
export interface Extendable {
  readonly source: Source;
  readonly model: MapValue;
  readonly marks: readonly Path[];
}

/** The services of a file; those that are done are kept. */
interface Bases {
  readonly path: string;
  readonly marks: readonly Path[];
  readonly services: Map<string, Value>;
}

interface Extending {
  readonly loading: Loading;
  readonly section: string;
  /** By path, the other files that were read. */
  readonly files: Map<string, Bases>;
}

interface Wanted {
  readonly service: string;
  readonly file: string | null;
}

function wantedBy(name: string, extended: Value): Wanted {
  const short = stringIn(extended);
  if (short !== null) return { service: short, file: null };
  const service = stringIn(entry(extended, 'service'));
  if (service === null) throw new Refusal(`services.${name}.extends: service is required`, extended.from);
  const file = entry(extended, 'file');
  if (file === undefined || isNull(file)) return { service, file: null };
  const path = stringIn(file);
  if (path === null) throw new Refusal(`services.${name}.extends.file must be a path`, file.from);
  return { service, file: path };
}

/** The services of a file that others extend: in canonical form, not yet extended themselves. */
function loadBases(loading: Loading, source: Source): LoadedDocument {
  let model = map([]);
  let marks: LoadedDocument['marks'] = [];
  for (const document of documentsOf(loading, source)) {
    const before = mapIn(withoutMarked(model, document.marks)) ?? model;
    const unique = mapIn(withUnique(mergedModels(before, document.model))) ?? before;
    model = settled(unique);
    marks = document.marks;
  }
  return { model, marks };
}

function basesIn({ loading, section, files }: Extending, path: string): Bases {
  const known = files.get(path);
  if (known !== undefined) return known;
  const source = readSource(loading, path);
  const { model, marks } = loadBases(loading, source);
  const located = withPathsLocated(model, { folder: folderOf(path), home: loading.home });
  const services = mapIn(entry(located, section));
  if (services === null) throw new Refusal(`cannot extend from ${path}: no ${section} section`);
  const bases = { path, marks, services: new Map(services.entries) };
  files.set(path, bases);
  return bases;
}

function extendedService(at: Extending, bases: Bases, name: string, trail: readonly string[]): Value {
  const service = bases.services.get(name) ?? map([]);
  if (isNull(service)) return service;
  if (service.kind !== 'map') throw new Refusal(`services.${name} must be a mapping`, service.from);
  const extended = entry(service, 'extends');
  if (extended === undefined) return service;
  const step = `${name} in ${bases.path}`;
  if (trail.includes(step)) {
    throw new Refusal(`Circular reference: ${[...trail, step].join(' extends ')}`, extended.from);
  }
  const { service: wanted, file } = wantedBy(name, extended);
  const other = file === null ? bases : basesIn(at, joinPath(at.loading.folder, file));
  if (!other.services.has(wanted)) {
    throw new Refusal(
      `cannot extend service "${name}" in ${bases.path}: service "${wanted}" not found in ${other.path}`,
      extended.from,
    );
  }
  const base = extendedService(at, other, wanted, [...trail, step]);
  const own = withEntries(service, { extends: null });
  const done = isNull(base) ? own : overBase(base, own, bases, [at.section, name]);
  bases.services.set(name, done);
  return done;
}

function overBase(base: Value, own: MapValue, { marks }: Bases, path: Path): Value {
  return mergedValues(withoutMarked(base, marks, path), own, ['services', 'x']);
}

/** A model in which no service extends another any more. */
export function withExtends(loading: Loading, { source, model, marks }: Extendable): MapValue {
  return ['services', 'jobs'].reduce((done, section) => {
    const services = mapIn(entry(done, section));
    if (services === null) return done;
    const at: Extending = { loading, section, files: new Map() };
    const bases: Bases = { path: source.path, marks, services: new Map(services.entries) };
    const extended = [...services.entries].map(
      ([name, service]) => [name, isNull(service) ? service : extendedService(at, bases, name, [])] as const,
    );
    return withEntries(done, { [section]: { ...services, entries: new Map(extended) } });
  }, model);
}

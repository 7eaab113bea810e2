// Merging: what an override makes of what was there before, key by key as Compose does it.
import { pathTable, under } from './table.ts';
import { keyOfPair, uniqueBy } from './unique.ts';
import {
  entry,
  isNull,
  isSame,
  list,
  type MapValue,
  map,
  mapIn,
  type Path,
  Refusal,
  scalar,
  spelled,
  textOf,
  typeOf,
  type Value,
} from './value.ts';

type Merger = (base: Value, override: Value, path: Path) => Value;

const replaced: Merger = (_, override) => override;

/** A list of what a value says, whichever way it says it: `NAME=value` for a map, sorted. */
function asList(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items;
  if (value.kind === 'scalar') return typeof value.value === 'string' ? [value] : [];
  const items = [...value.entries].flatMap(([key, inner]) => {
    if (isNull(inner)) return [scalar(key, inner.from)];
    const all = inner.kind === 'list' ? inner.items : [inner];
    return all.map(one => scalar(`${key}=${one.kind === 'scalar' ? textOf(one) : typeOf(one)}`, one.from));
  });
  return items.sort((a, b) => (String(a.value) < String(b.value) ? -1 : 1));
}

function appended(base: readonly Value[], more: readonly Value[]): Value[] {
  const all = [...base];
  for (const item of more) if (!all.some(known => isSame(known, item))) all.push(item);
  return all;
}

const mergedLists: Merger = (base, override) =>
  list(appended(asList(base), asList(override)), override.from ?? base.from);

/** By key: the later value at the place of the first. */
const mergedPairs: Merger = (base, override, path) =>
  list(uniqueBy([...asList(base), ...asList(override)], keyOfPair, path), override.from ?? base.from);

/** A list of names as a map of them. */
function asMap(value: Value, path: Path, standard: (from: Value) => Value): MapValue {
  if (value.kind === 'map') return value;
  if (isNull(value)) return map([], value.from);
  const names = value.kind === 'list' ? value.items : [value];
  return map(
    names.map(name => {
      if (name.kind !== 'scalar' || typeof name.value !== 'string') {
        throw new Refusal(`${spelled(path)}: cannot use ${typeOf(name)} as a name`, name.from);
      }
      return [name.value, standard(name)] as const;
    }),
    value.from,
  );
}

const mergedAsMaps =
  (standard: (from: Value) => Value): Merger =>
  (base, override, path) =>
    mergedMaps(asMap(base, path, standard), asMap(override, path, standard), path);

const nothing = (from: Value): Value => scalar(null, from.from);

const started = ({ from }: Value): Value =>
  map(
    [['condition', scalar('service_started', from)] as const, ['required', scalar(true, from)] as const],
    from,
  );

const asBuild = (value: Value): MapValue => {
  if (value.kind === 'map') return value;
  return map(isNull(value) ? [] : [['context', value] as const], value.from);
};

const mergedBuilds: Merger = (base, override, path) => mergedMaps(asBuild(base), asBuild(override), path);

/** Options go with their driver: those of another one are of no use. */
const mergedLogging: Merger = (base, override, path) => {
  if (base.kind !== 'map' || override.kind !== 'map') {
    throw new Refusal(`${spelled(path)}: cannot merge logging: a mapping is expected`, override.from);
  }
  const [before, after] = [entry(base, 'driver'), entry(override, 'driver')];
  return before === undefined || after === undefined || isSame(before, after)
    ? mergedMaps(base, override, path)
    : override;
};

/** Both halves of a limit are kept where both sides name halves. */
const mergedLimits: Merger = (base, override, path) =>
  base.kind === 'map' && override.kind === 'map' ? mergedMaps(base, override, path) : override;

/** The pools of the override, each over the one of its subnet; Compose lets go of those that it does not name. */
const mergedPools: Merger = (base, override, path) => {
  if (base.kind !== 'list' || override.kind !== 'list') {
    throw new Refusal(`${spelled(path)}: a list is expected`, override.from);
  }
  const subnet = (pool: Value): Value => entry(pool, 'subnet') ?? scalar(null);
  const pools = override.items.map(after => {
    const before = base.items.find(known => isSame(subnet(known), subnet(after)));
    return before === undefined ? after : mergedValues(before, after, [...path, '[]']);
  });
  return list(pools, override.from);
};

/** How what stands at a path goes together with what was there before; else maps by key and lists one behind the other. */
export type MergeKind =
  | 'replaced'
  | 'lists'
  | 'pairs'
  | 'dependencies'
  | 'names'
  | 'build'
  | 'limits'
  | 'logging'
  | 'pools';

const inContainer: Readonly<Record<string, MergeKind>> = {
  annotations: 'pairs',
  build: 'build',
  'build.args': 'pairs',
  'build.additional_contexts': 'pairs',
  'build.extra_hosts': 'lists',
  'build.labels': 'pairs',
  command: 'replaced',
  depends_on: 'dependencies',
  dns: 'lists',
  dns_opt: 'lists',
  dns_search: 'lists',
  entrypoint: 'replaced',
  env_file: 'lists',
  label_file: 'lists',
  environment: 'pairs',
  extra_hosts: 'lists',
  'healthcheck.test': 'replaced',
  labels: 'pairs',
  'volumes.*.volume.labels': 'pairs',
  logging: 'logging',
  models: 'names',
  networks: 'names',
  sysctls: 'pairs',
  tmpfs: 'lists',
  'ulimits.*': 'limits',
};

const kinds = pathTable<MergeKind>({
  ...under(['services.*', 'jobs.*'], inContainer),
  'services.*.deploy.labels': 'pairs',
  'networks.*.ipam.config': 'pools',
  ...under(['networks.*', 'volumes.*', 'secrets.*', 'configs.*'], { labels: 'pairs' } as const),
});

export const mergeKindAt = (path: Path): MergeKind | undefined => kinds.at(path);

const mergers: Readonly<Record<MergeKind, Merger>> = {
  replaced,
  lists: mergedLists,
  pairs: mergedPairs,
  dependencies: mergedAsMaps(started),
  names: mergedAsMaps(nothing),
  build: mergedBuilds,
  limits: mergedLimits,
  logging: mergedLogging,
  pools: mergedPools,
};

function mergedMaps(base: MapValue, override: MapValue, path: Path): MapValue {
  const entries = new Map(base.entries);
  for (const [key, value] of override.entries) {
    const before = entries.get(key);
    entries.set(key, before === undefined ? value : mergedValues(before, value, [...path, key]));
  }
  return { kind: 'map', entries, from: override.from ?? base.from };
}

/** What `override` makes of `base` at a path. */
export function mergedValues(base: Value, override: Value, path: Path): Value {
  const kind = mergeKindAt(path);
  if (kind !== undefined) return mergers[kind](base, override, path);
  if (isNull(override)) return base;
  if (base.kind === 'map') {
    if (override.kind !== 'map') throw cannot(path, override);
    return mergedMaps(base, override, path);
  }
  if (base.kind === 'list') {
    if (override.kind !== 'list') throw cannot(path, override);
    return list(appended(base.items, override.items), override.from);
  }
  return override;
}

const cannot = (path: Path, override: Value): Refusal =>
  new Refusal(`cannot override ${spelled(path)} with ${typeOf(override)}`, override.from);

/** A whole file over what was there before it. */
export const mergedModels = (base: MapValue, override: MapValue): MapValue =>
  mapIn(mergedValues(base, override, [])) ?? override;

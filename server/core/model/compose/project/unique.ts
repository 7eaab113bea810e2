// Uniqueness: lists in which an entry replaces an earlier one that is about the same thing.
import { pathTable, under } from './table.ts';
import {
  entry,
  mapBelow,
  type Path,
  Refusal,
  spelled,
  stringIn,
  textOf,
  typeOf,
  type Value,
} from './value.ts';
import { parseVolume } from './volume.ts';

/** What an entry is about. */
type KeyOf = (item: Value, path: Path) => string;

const refuse = (item: Value, path: Path): Refusal =>
  new Refusal(`${spelled(path)}: ${typeOf(item)} is not expected here`, item.from);

/** The last entry about a thing, at the place of the first. */
export function uniqueBy(items: readonly Value[], keyOf: KeyOf, path: Path): Value[] {
  const found = new Map<string, Value>();
  for (const item of items) found.set(keyOf(item, path), item);
  return [...found.values()];
}

export const keyOfPair: KeyOf = (item, path) => {
  const text = stringIn(item);
  if (text === null) throw refuse(item, path);
  const equals = text.indexOf('=');
  return equals < 0 ? text : text.slice(0, equals);
};

const volumeTarget: KeyOf = (item, path) => {
  const text = stringIn(item);
  if (text !== null) return parseVolume(text, item.from).target;
  const target = stringIn(entry(item, 'target'));
  if (target === null) throw new Refusal(`${spelled(path)}: a mount target is missing`, item.from);
  return target;
};

const deviceTarget: KeyOf = (item, path) => {
  const text = stringIn(item);
  if (text !== null) {
    const [source = '', target = source] = text.split(':');
    return target;
  }
  const target = stringIn(entry(item, 'target'));
  if (target === null) throw new Refusal(`${spelled(path)}: a target is missing`, item.from);
  return target;
};

const exposed: KeyOf = (item, path) => {
  if (item.kind !== 'scalar' || item.isFloat || typeof item.value === 'boolean') throw refuse(item, path);
  return textOf(item);
};

const mountTarget =
  (folder: string): KeyOf =>
  (item, path) => {
    const name = stringIn(item);
    if (name !== null) return `${folder}/${name}`;
    if (item.kind !== 'map') throw refuse(item, path);
    return stringIn(entry(item, 'target')) ?? `${folder}/${stringIn(entry(item, 'source')) ?? ''}`;
  };

const portKey: KeyOf = (item, path) => {
  if (item.kind === 'scalar') return textOf(item);
  const part = (name: string, standard: string): string => {
    const value = entry(item, name);
    return value?.kind === 'scalar' ? textOf(value) : standard;
  };
  const target = part('target', '');
  if (target === '') throw new Refusal(`${spelled(path)}: a target port is missing`, item.from);
  return `${part('host_ip', '0.0.0.0')}:${part('published', '')}:${target}/${part('protocol', 'tcp')}`;
};

const envFilePath: KeyOf = (item, path) => {
  const found = stringIn(item) ?? stringIn(entry(item, 'path'));
  if (found === null) throw new Refusal(`${spelled(path)}: the path is missing`, item.from);
  return found;
};

const pairKeys = [
  ...['annotations', 'build.args', 'build.additional_contexts', 'build.platform', 'build.tags'],
  ...['build.labels', 'cap_add', 'cap_drop', 'deploy.labels', 'dns', 'dns_opt', 'dns_search', 'environment'],
  ...['labels', 'links', 'networks.*.aliases', 'networks.*.link_local_ips', 'profiles', 'sysctls', 'tmpfs'],
];

const keys = pathTable<KeyOf>({
  'networks.*.labels': keyOfPair,
  'networks.*.ipam.options': keyOfPair,
  ...under(['services.*'], Object.fromEntries(pairKeys.map(key => [key, keyOfPair]))),
  ...under(['services.*'], {
    devices: deviceTarget,
    configs: mountTarget(''),
    env_file: envFilePath,
    expose: exposed,
    ports: portKey,
    secrets: mountTarget('/run/secrets'),
    volumes: volumeTarget,
  }),
});

/** What tells the entries of a list apart; undefined where nothing does. */
export const uniqueKeyAt = (path: Path): KeyOf | undefined => keys.at(path);

/** A value without the entries that later ones of the same list replace. */
export function withUnique(value: Value, path: Path = []): Value {
  if (value.kind === 'list') {
    const keyOf = uniqueKeyAt(path);
    return keyOf === undefined ? value : { ...value, items: uniqueBy(value.items, keyOf, path) };
  }
  return keys.leadsOn(path) ? mapBelow(value, path, withUnique) : value;
}

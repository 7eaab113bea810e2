// Locating: relative paths of a file as the paths they mean, seen from the folder that counts for it.
import { cleanPath, isAbsolute, joinPath } from './paths.ts';
import { pathTable, under } from './table.ts';
import { entry, mapBelow, type Path, Refusal, stringIn, type Value, withEntries } from './value.ts';

export interface Base {
  readonly folder: string;
  /** What `~` stands for; null where that is not known. */
  readonly home: string | null;
}

type Locate = (value: Value, base: Base) => Value;

const expanded = (path: string, { home }: Base): string =>
  path.startsWith('~') && home !== null ? cleanPath(`${home}/${path.slice(1)}`) : path;

const located =
  (keepsEmpty: boolean): Locate =>
  (value, base) => {
    const path = stringIn(value);
    if (value.kind !== 'scalar' || path === null || (keepsEmpty && path === '')) return value;
    const full = expanded(path, base);
    return isAbsolute(full) ? { ...value, value: full } : { ...value, value: joinPath(base.folder, full) };
  };

const file = located(true);
const maybeFile = located(false);

const remote = /:\/\/|^(?:service:|github\.com\/|git@)/;

const context: Locate = (value, base) => (remote.test(stringIn(value) ?? '') ? value : file(value, base));

const mount: Locate = (value, base) => {
  if (value.kind !== 'map' || stringIn(entry(value, 'type')) !== 'bind') return value;
  const source = entry(value, 'source');
  if (source === undefined) {
    throw new Refusal('invalid mount config for type "bind": field source must not be empty', value.from);
  }
  return withEntries(value, { source: maybeFile(source, base) });
};

const driverOptions: Locate = (value, base) => {
  const options = entry(value, 'driver_opts');
  const device = entry(options, 'device');
  const isBind = stringIn(entry(value, 'driver')) === 'local' && stringIn(entry(options, 'o')) === 'bind';
  if (!isBind || value.kind !== 'map' || options?.kind !== 'map' || device === undefined) return value;
  return withEntries(value, { driver_opts: withEntries(options, { device: maybeFile(device, base) }) });
};

const locates = pathTable<Locate>({
  ...under(['services.*', 'jobs.*'], {
    'build.context': context,
    'build.additional_contexts.*': context,
    'build.ssh.*': maybeFile,
    'extends.file': file,
  }),
  ...under(['services.*', 'jobs.*', 'services.*.pre_start.*'], {
    'env_file.*.path': file,
    'label_file.*': file,
    'volumes.*': mount,
  }),
  'services.*.develop.watch.*.path': file,
  'configs.*.file': maybeFile,
  'secrets.*.file': maybeFile,
  'volumes.*': driverOptions,
});

export function withPathsLocated(value: Value, base: Base, path: Path = []): Value {
  const locate = locates.at(path);
  if (locate !== undefined) return locate(value, base);
  if (!locates.leadsOn(path)) return value;
  return mapBelow(value, path, (inner, at) => withPathsLocated(inner, base, at));
}

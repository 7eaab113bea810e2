// Defaults that Compose fills in, and what it then refuses in a single resource.
import { isIpAddress } from './ip.ts';
import { pathTable, under } from './table.ts';
import {
  entry,
  type MapValue,
  mapBelow,
  type Path,
  Refusal,
  scalar,
  spelled,
  stringIn,
  type Value,
  withEntries,
} from './value.ts';

type Change = (value: MapValue, path: Path) => MapValue;

const standard =
  (key: string, fallback: (value: MapValue) => string | boolean): Change =>
  value =>
    value.entries.has(key) ? value : withEntries(value, { [key]: scalar(fallback(value)) });

const port: Change = (value, path) => {
  const address = stringIn(entry(value, 'host_ip'));
  if (address !== null && !isIpAddress(address)) {
    throw new Refusal(`${spelled(path)}: invalid ip address: ${address}`, value.from);
  }
  return standard('mode', () => 'ingress')(standard('protocol', () => 'tcp')(value, path), path);
};

const deviceRequest: Change = (value, path) => {
  const hasIds = value.entries.has('device_ids');
  if (hasIds && value.entries.has('count')) {
    throw new Refusal(`${spelled(path)}: "count" and "device_ids" attributes are exclusive`, value.from);
  }
  return hasIds ? value : standard('count', () => 'all')(value, path);
};

const bindMount: Change = (value, path) => {
  const bind = entry(value, 'bind');
  if (bind?.kind !== 'map') return value;
  return withEntries(value, { bind: standard('create_host_path', () => true)(bind, path) });
};

const watch: Change = (value, path) => {
  if (stringIn(entry(value, 'path')) === '') {
    throw new Refusal(`${spelled(path)}.path: value can't be blank`, value.from);
  }
  return value;
};

const fileObject =
  (keys: readonly string[]): Change =>
  (value, path) => {
    const stated = keys.filter(key => value.entries.has(key));
    if (stated.length > 1) {
      throw new Refusal(`${spelled(path)}: ${keys.join('|')} attributes are mutually exclusive`, value.from);
    }
    if (stated.length === 0 && !value.entries.has('driver') && !value.entries.has('external')) {
      throw new Refusal(`${spelled(path)}: one of ${keys.join('|')} must be set`, value.from);
    }
    return value;
  };

const volume: Change = (value, path) => {
  const isExternal = entry(value, 'external');
  if (isExternal?.kind !== 'scalar' || isExternal.value !== true) return value;
  const other = [...value.entries.keys()].find(
    key => key !== 'name' && key !== 'external' && !key.startsWith('x-'),
  );
  if (other === undefined) return value;
  throw new Refusal(
    `${spelled(path)}: conflicting parameters "external" and "${other}" specified`,
    value.from,
  );
};

const changes = pathTable<Change>({
  ...under(['services.*', 'jobs.*'], {
    build: standard('context', () => '.'),
    'secrets.*': standard('target', value => `/run/secrets/${stringIn(entry(value, 'source')) ?? ''}`),
    'ports.*': port,
    'gpus.*': deviceRequest,
    'volumes.*': bindMount,
  }),
  'services.*.deploy.resources.reservations.devices.*': deviceRequest,
  'services.*.develop.watch.*': watch,
  'volumes.*': volume,
  'configs.*': fileObject(['file', 'environment', 'content']),
  'secrets.*': fileObject(['file', 'environment']),
});

export function withDefaults(value: Value, path: Path = []): Value {
  const change = changes.at(path);
  if (change !== undefined && value.kind === 'map') return change(value, path);
  return changes.leadsOn(path) ? mapBelow(value, path, withDefaults) : value;
}

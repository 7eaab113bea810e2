// Canonical form: every short way to write something as the long one.
import { longPorts } from './port.ts';
import { pathTable, under } from './table.ts';
import { withUnique } from './unique.ts';
import {
  entry,
  list,
  type MapValue,
  map,
  mapBelow,
  mapIn,
  mapValues,
  type Path,
  Refusal,
  type ScalarValue,
  scalar,
  spelled,
  stringIn,
  textOf,
  typeOf,
  type Value,
  withEntries,
} from './value.ts';
import { longVolume } from './volume.ts';

type Transform = (value: Value, path: Path) => Value;

const refuse = (value: Value, path: Path, expected: string): Refusal =>
  new Refusal(`${spelled(path)}: ${typeOf(value)} where ${expected} is expected`, value.from);

const listOfOne: Transform = value => (stringIn(value) === null ? value : list([value], value.from));

/** A text that stands for a map with one entry. */
const shortFor =
  (key: string, expected: string): Transform =>
  (value, path) => {
    if (value.kind === 'map') return canonicalBelow(value, path);
    if (stringIn(value) !== null) return map([[key, value]], value.from);
    throw refuse(value, path, expected);
  };

const fileMount = shortFor('source', 'a name or a mapping');

const envFile: Transform = value => {
  if (stringIn(value) !== null) {
    return map([['path', value] as const, ['required', scalar(true, value.from)] as const], value.from);
  }
  if (value.kind !== 'map' || value.entries.has('required')) return value;
  return withEntries(value, { required: scalar(true, value.from) });
};

const envFiles: Transform = (value, path) => {
  if (stringIn(value) !== null) return list([envFile(value, path)], value.from);
  if (value.kind !== 'list') throw refuse(value, path, 'a path or a list of them');
  return list(
    value.items.map(item => envFile(item, path)),
    value.from,
  );
};

const namesAsMap: Transform = (value, path) => {
  if (value.kind !== 'list') return value;
  return map(
    value.items.map(item => {
      const name = stringIn(item);
      if (name === null) throw refuse(item, path, 'a name');
      return [name, scalar(null, item.from)] as const;
    }),
    value.from,
  );
};

const volume: Transform = (value, path) => {
  const spec = stringIn(value);
  if (spec !== null) return longVolume(spec, value.from);
  if (value.kind !== 'map') throw refuse(value, path, 'a mount');
  return value;
};

const device: Transform = (value, path) => {
  if (value.kind === 'map') return value;
  const spec = stringIn(value);
  if (spec === null) throw refuse(value, path, 'a device');
  const [source = '', target = '', permissions = 'rwm', ...more] = spec.split(':');
  if (more.length > 0) {
    throw new Refusal(`confusing device mapping, please use long syntax: ${spec}`, value.from);
  }
  const of = (text: string): ScalarValue => scalar(text, value.from);
  return map(
    [
      ['source', of(source)],
      ['target', of(target || source)],
      ['permissions', of(permissions)],
    ],
    value.from,
  );
};

const gpus: Transform = (value, path) => {
  if (value.kind === 'list') return value;
  if (stringIn(value) === null) throw refuse(value, path, 'a list, or all');
  return list([map([['count', scalar('all', value.from)]], value.from)], value.from);
};

const ulimit: Transform = (value, path) => {
  const isNumber = value.kind === 'scalar' && typeof value.value === 'number' && !value.isFloat;
  if (value.kind === 'map' || isNumber) return value;
  throw refuse(value, path, 'a whole number or a mapping');
};

const dependency: Transform = (value, path) => {
  if (value.kind !== 'map') throw refuse(value, path, 'a mapping');
  return withEntries(value, {
    condition: entry(value, 'condition') ?? scalar('service_started', value.from),
    required: entry(value, 'required') ?? scalar(true, value.from),
  });
};

const dependsOn: Transform = (value, path) => {
  if (value.kind === 'map') {
    return map(
      [...value.entries].map(([name, inner]) => [name, dependency(inner, [...path, name])]),
      value.from,
    );
  }
  if (value.kind !== 'list') throw refuse(value, path, 'a list or a mapping');
  return map(
    value.items.map(item => {
      const name = stringIn(item);
      if (name === null) throw refuse(item, path, 'a name');
      return [name, dependency(map([], item.from), path)] as const;
    }),
    value.from,
  );
};

const ports: Transform = (value, path) => {
  if (value.kind !== 'list') throw refuse(value, path, 'a list');
  const items = value.items.flatMap(item => {
    if (item.kind === 'map') return [item];
    if (item.kind !== 'scalar' || item.isFloat || item.value === null || typeof item.value === 'boolean') {
      throw refuse(item, path, 'a port');
    }
    return longPorts(textOf(item), item.from);
  });
  return list(items, value.from);
};

const keyedBy =
  (bareNames: readonly string[] | null): Transform =>
  (value, path) => {
    if (value.kind === 'map') return value;
    if (value.kind !== 'list') throw refuse(value, path, 'a mapping');
    return map(
      value.items.map(item => {
        const text = stringIn(item);
        const equals = text?.indexOf('=') ?? -1;
        if (text === null || (equals < 0 && !bareNames?.includes(text)))
          throw refuse(item, path, 'key=value');
        if (equals < 0) return [text, scalar(null, item.from)] as const;
        return [text.slice(0, equals), scalar(text.slice(equals + 1), item.from)] as const;
      }),
      value.from,
    );
  };

const asText: Transform = value =>
  value.kind === 'scalar' && typeof value.value !== 'string' ? { ...value, value: textOf(value) } : value;

const external: Transform = (value, path) => {
  if (value.kind === 'scalar' && value.value === null) return value;
  if (value.kind !== 'map') throw new Refusal(`${spelled(path)}: must be a mapping`, value.from);
  const old = entry(value, 'external');
  if (old?.kind !== 'map') return value;
  const [name, oldName] = [entry(value, 'name'), entry(old, 'name')];
  if (name !== undefined && oldName !== undefined && stringIn(name) !== stringIn(oldName)) {
    throw new Refusal(`${spelled(path)}: name and external.name conflict; only use name`, name.from);
  }
  const changed = withEntries(value, { external: scalar(true, old.from) });
  return oldName === undefined ? changed : withEntries(changed, { name: oldName });
};

const inContainer: Readonly<Record<string, Transform>> = {
  env_file: envFiles,
  label_file: listOfOne,
  gpus,
  networks: namesAsMap,
  models: namesAsMap,
  'volumes.*': volume,
  dns: listOfOne,
  'devices.*': device,
  'secrets.*': fileMount,
  'configs.*': fileMount,
  'ulimits.*': ulimit,
};

const inWorkload: Readonly<Record<string, Transform>> = {
  'build.secrets.*': fileMount,
  'build.provenance': asText,
  'build.sbom': asText,
  'build.additional_contexts': keyedBy(null),
  depends_on: dependsOn,
  extends: shortFor('service', 'a name or a mapping'),
  ports,
  build: shortFor('context', 'a path or a mapping'),
  'build.ssh': keyedBy(['default']),
  'build.ulimits.*': ulimit,
};

const transforms = pathTable<Transform>({
  ...under(['services.*', 'jobs.*', 'services.*.pre_start.*'], inContainer),
  ...under(['services.*', 'jobs.*'], inWorkload),
  'jobs.*.triggers.schedule.*': shortFor('cron', 'a schedule'),
  'services.*.develop.watch.*.ignore': listOfOne,
  'services.*.develop.watch.*.include': listOfOne,
  ...under(['volumes.*', 'networks.*', 'secrets.*', 'configs.*'], { '': external }),
});

/** The values below one that stays as it is. */
function canonicalBelow(value: Value, path: Path): Value {
  return transforms.leadsOn(path) ? mapBelow(value, path, canonical) : value;
}

function canonical(value: Value, path: Path = []): Value {
  const transform = transforms.at(path);
  return transform === undefined ? canonicalBelow(value, path) : transform(value, path);
}

/** Empty entries of `dns` say nothing: a variable without a value leaves none. */
function withoutEmptyDns(service: Value): Value {
  const dns = entry(service, 'dns');
  if (service.kind !== 'map' || dns?.kind !== 'list') return service;
  const items = dns.items.filter(item => item.kind !== 'scalar' || textOf(item) !== '');
  return withEntries(service, { dns: { ...dns, items } });
}

const withoutEmptyDnsAnywhere = (model: Value): Value => {
  const services = mapIn(entry(model, 'services'));
  if (model.kind !== 'map' || services === null) return model;
  return withEntries(model, { services: mapValues(services, withoutEmptyDns) });
};

/** A merged model in canonical form, and unique again: ranges of ports may be so no longer. */
export function settled(model: MapValue): MapValue {
  return mapIn(withUnique(withoutEmptyDnsAnywhere(canonical(model)))) ?? model;
}

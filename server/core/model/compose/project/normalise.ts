// Normalising: what Compose adds to a model that is loaded: the default network, names, dependencies, defaults.
import { mergedValues } from './merge.ts';
import { cleanPath } from './paths.ts';
import { containerKeys } from './shapes.ts';
import {
  type Environment,
  entry,
  isNull,
  list,
  type MapValue,
  map,
  mapIn,
  mapValues,
  type Origin,
  scalar,
  stringIn,
  textOf,
  type Value,
  withEntries,
} from './value.ts';

const texts = (value: Value | undefined): readonly { text: string; from: Origin | null }[] =>
  value?.kind === 'list'
    ? value.items.flatMap(item => (item.kind === 'scalar' ? [{ text: textOf(item), from: item.from }] : []))
    : [];

/** Values of names without one, taken from the environment; names that have none there go, or stay as they are. */
function resolved(value: Value, environment: Environment, keepsUnset: boolean): Value {
  if (value.kind === 'list') {
    const items = value.items.flatMap(item => {
      const name = stringIn(item);
      if (name === null || name.includes('=')) return [item];
      const found = environment.get(name);
      if (found !== undefined) {
        return [{ ...scalar(`${name}=${found.value}`, item.from), variables: [found] }];
      }
      return keepsUnset ? [item] : [];
    });
    return { ...value, items };
  }
  if (value.kind !== 'map') return value;
  const entries = [...value.entries].flatMap(([name, inner]): [string, Value][] => {
    if (!isNull(inner)) return [[name, inner]];
    const found = environment.get(name);
    if (found !== undefined) return [[name, { ...scalar(found.value, inner.from), variables: [found] }]];
    return keepsUnset ? [[name, inner]] : [];
  });
  return { ...value, entries: new Map(entries) };
}

function normalBuild(build: MapValue, environment: Environment): MapValue {
  const hasFile = !isNull(entry(build, 'dockerfile')) || !isNull(entry(build, 'dockerfile_inline'));
  const args = entry(build, 'args');
  return withEntries(build, {
    ...(isNull(entry(build, 'context')) ? { context: scalar('.') } : {}),
    ...(hasFile ? {} : { dockerfile: scalar('Dockerfile') }),
    ...(args ? { args: resolved(args, environment, false) } : {}),
  });
}

const servicePrefix = 'service:';

/** What a service depends on without saying so. */
function* impliedBy(
  service: MapValue,
): Generator<readonly [name: string, from: Origin | null, restart: boolean]> {
  for (const { text, from } of texts(entry(service, 'links'))) {
    const parts = text.split(':');
    yield [parts.length === 2 ? (parts[0] ?? text) : text, from, true];
  }
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const value = entry(service, key);
    const shared = stringIn(value);
    if (shared?.startsWith(servicePrefix)) {
      yield [shared.slice(servicePrefix.length), value?.from ?? null, true];
    }
  }
  for (const { text, from } of texts(entry(service, 'volumes_from'))) {
    if (!text.startsWith('container:')) yield [text.split(':')[0] ?? text, from, false];
  }
}

function dependenciesOf(service: MapValue): MapValue | null {
  const stated = mapIn(entry(service, 'depends_on')) ?? map([]);
  const entries = new Map(stated.entries);
  for (const [name, from, restart] of impliedBy(service)) {
    if (entries.has(name)) continue;
    const dependency = map(
      [
        ['condition', scalar('service_started', from)],
        ['restart', scalar(restart, from)],
        ['required', scalar(true, from)],
      ],
      from,
    );
    entries.set(name, dependency);
  }
  return entries.size === 0 ? null : { ...stated, entries };
}

function normalVolumes(volumes: Value): Value {
  if (volumes.kind !== 'list') return volumes;
  const items = volumes.items.map(volume => {
    const target = entry(volume, 'target');
    if (volume.kind !== 'map' || target?.kind !== 'scalar' || typeof target.value !== 'string') return volume;
    return withEntries(volume, { target: { ...target, value: cleanPath(target.value) } });
  });
  return list(items, volumes.from);
}

/** What runs before a start gets what its service has, but for the volumes. */
function completeHooks(service: MapValue): MapValue {
  const hooks = entry(service, 'pre_start');
  if (hooks?.kind !== 'list' || hooks.items.length === 0) return service;
  const shared = [...service.entries].filter(([key]) => key !== 'volumes' && containerKeys.has(key));
  const items = hooks.items.map(hook =>
    hook.kind === 'map' ? mergedValues(map(shared, null), hook, ['services', 'hook']) : hook,
  );
  return withEntries(service, { pre_start: { ...hooks, items } });
}

/** Both ways to say how many containers there are say the same. */
function withReplicas(service: MapValue): MapValue {
  const [scale, deploy] = [entry(service, 'scale'), mapIn(entry(service, 'deploy'))];
  if (scale === undefined || deploy === null || !isNull(entry(deploy, 'replicas'))) return service;
  return withEntries(service, { deploy: withEntries(deploy, { replicas: scale }) });
}

function normalService(service: Value, environment: Environment): Value {
  if (service.kind !== 'map') return service;
  const build = mapIn(entry(service, 'build'));
  const variables = entry(service, 'environment');
  const volumes = entry(service, 'volumes');
  const dependencies = dependenciesOf(service);
  const policy = entry(service, 'pull_policy');
  return completeHooks(
    withEntries(withReplicas(service), {
      ...(build ? { build: normalBuild(build, environment) } : {}),
      ...(variables ? { environment: resolved(variables, environment, true) } : {}),
      ...(volumes ? { volumes: normalVolumes(volumes) } : {}),
      ...(dependencies ? { depends_on: dependencies } : {}),
      ...(stringIn(policy) === 'if_not_present' ? { pull_policy: scalar('missing', policy?.from) } : {}),
    }),
  );
}

/** A service that says nothing about networks is in the default one. */
function inDefaultNetwork(service: Value): Value {
  if (service.kind !== 'map' || service.entries.has('provider') || service.entries.has('network_mode')) {
    return service;
  }
  const networks = service.entries.get('networks');
  if (networks !== undefined && (networks.kind !== 'map' || networks.entries.size > 0)) return service;
  return withEntries(service, { networks: map([['default', scalar(null)]]) });
}

function withNetworks(model: MapValue): MapValue {
  let complete = model;
  let usesDefault = false;
  for (const section of ['services', 'jobs']) {
    const services = mapIn(entry(complete, section));
    if (services === null) continue;
    const connected = mapValues(services, inDefaultNetwork);
    usesDefault ||= [...connected.entries.values()].some(
      service => mapIn(entry(service, 'networks'))?.entries.has('default') === true,
    );
    complete = withEntries(complete, { [section]: connected });
  }
  const networks = mapIn(entry(complete, 'networks')) ?? map([]);
  if (!usesDefault || networks.entries.has('default')) return complete;
  return withEntries(complete, { networks: withEntries(networks, { default: scalar(null) }) });
}

/** Resources are called after the project and their key, where they do not say otherwise. */
function withNames(model: MapValue, project: string): MapValue {
  let named = model;
  for (const section of ['networks', 'volumes', 'configs', 'secrets']) {
    const resources = mapIn(entry(named, section));
    if (resources === null) continue;
    const complete = mapValues(resources, (resource, key) => {
      const known = mapIn(resource) ?? map([], resource.from);
      if (!isNull(entry(known, 'name'))) return known;
      const external = entry(known, 'external');
      const isExternal = external?.kind === 'scalar' && external.value === true;
      return withEntries(known, { name: scalar(isExternal ? key : `${project}_${key}`) });
    });
    named = withEntries(named, { [section]: complete });
  }
  return named;
}

export function normalised(model: MapValue, project: string, environment: Environment): MapValue {
  let complete = withNetworks(model);
  for (const section of ['services', 'jobs']) {
    const services = mapIn(entry(complete, section));
    if (services === null) continue;
    const normal = mapValues(services, service => normalService(service, environment));
    complete = withEntries(complete, { [section]: normal });
  }
  return withNames(complete, project);
}

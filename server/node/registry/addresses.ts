// Addresses: where the interface of a registry is, with which scheme, and through which mirrors, as Docker's daemon and podman
// have it.
import { readFile } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import path from 'node:path';
import { hub, isImageReference, type Repository, repositoryOf } from '../../core/model/image-reference.ts';
import { readObject } from '../../core/registry/readings.ts';
import {
  insecureIn,
  locationsBy,
  type RegistryTable,
  readRegistryTables,
  tableFor,
} from '../../core/registry/registries-conf.ts';
import { dockerSettings, podmanSettings } from './places.ts';
import { RegistryProblem } from './problem.ts';

/** `[::1]`, `127.1.2.3` or `localhost`, without a port. */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/** Where a repository is asked for. */
export interface Place extends Repository {
  readonly origin: URL;
}

export interface Addresses {
  /** Mirrors first, the registry itself last. Throws a `RegistryProblem` where it may not be asked. */
  placesOf(repository: Repository): readonly Place[];
  /** Whether one that answered at an address may send us on to another: never to plain HTTP, nor into this machine. */
  mayLead(from: URL, to: URL): boolean;
}

const hubAddress = 'https://registry-1.docker.io';

const withoutPort = (registry: string): string => registry.replace(/:\d*$/, '');

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];

const urlOf = (text: string): URL[] => {
  try {
    return [new URL(text)];
  } catch {
    return [];
  }
};

export interface RegistrySettings {
  /** Of Docker Hub. */
  readonly mirrors: readonly string[];
  /** Hosts, `*.example.com`, and networks as `10.0.0.0/8`, to which plain HTTP may be spoken. */
  readonly insecure: readonly string[];
  readonly tables: readonly RegistryTable[];
}

const daemonFiles = (): string[] =>
  dockerSettings().map((folder, index) =>
    process.platform === 'win32' && index === 0
      ? path.join(folder, 'config', 'daemon.json')
      : path.join(folder, 'daemon.json'),
  );

export async function registrySettings(): Promise<RegistrySettings> {
  const read = (files: readonly string[]): Promise<string[]> =>
    Promise.all(files.map(file => readFile(file, 'utf8').catch(() => '')));
  const all = (await read(daemonFiles())).map(text => readObject(text) ?? {});
  const tables = (await read(await podmanSettings())).flatMap(readRegistryTables);
  return {
    mirrors: all.flatMap(settings => textsIn(settings['registry-mirrors'])),
    insecure: [...all.flatMap(settings => textsIn(settings['insecure-registries'])), ...insecureIn(tables)],
    tables,
  };
}

/** Names are not looked up for it: whoever answers for them could then take the encryption away. */
function holds(network: string, host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  const [start = '', bits = ''] = network.split('/');
  const [family, longest] = isIP(start) === 6 ? (['ipv6', 128] as const) : (['ipv4', 32] as const);
  if (isIP(start) === 0 || isIP(address) !== isIP(start) || !/^\d{1,3}$/.test(bits) || Number(bits) > longest)
    return false;
  const list = new BlockList();
  list.addSubnet(start, Number(bits), family);
  return list.check(address, family);
}

/** What stands in front is a host, also where it looks like none. */
function repositoryAt(location: string): Repository[] {
  const [registry = '', ...path] = location.split('/');
  return path.length > 0 && isImageReference(location)
    ? [repositoryOf({ registry, name: path.join('/') })]
    : [];
}

const isBelow = (pattern: string, name: string): boolean =>
  pattern.startsWith('*.') && name.endsWith(pattern.slice(1));

export function addressesBy({ mirrors, insecure, tables }: RegistrySettings): Addresses {
  const mayBePlain = (host: string): boolean => {
    const name = withoutPort(host);
    const isListed = (entry: string): boolean => entry === host || isBelow(entry, name) || holds(entry, name);
    return isLoopback(name) || insecure.some(isListed);
  };
  const placeAt = (repository: Repository): Place[] => {
    const { registry } = repository;
    const address =
      registry === hub ? hubAddress : `${mayBePlain(registry) ? 'http' : 'https'}://${registry}`;
    return urlOf(address).map(origin => ({ ...repository, origin }));
  };
  const mirrorUrls = mirrors
    .flatMap(urlOf)
    .filter(({ protocol, host }) => protocol === 'https:' || (protocol === 'http:' && mayBePlain(host)));
  return {
    placesOf(repository) {
      const { registry, path } = repository;
      const table = tableFor(tables, repository);
      if (table?.blocked) {
        throw new RegistryProblem(
          `registries.conf blocks ${registry}/${path}. Name an image that it allows, or take \`blocked\` out.`,
        );
      }
      const ofHub = registry === hub ? mirrorUrls : [];
      const named = table ? locationsBy(table, repository).flatMap(repositoryAt) : [repository];
      return [...ofHub.map(origin => ({ registry: origin.host, path, origin })), ...named.flatMap(placeAt)];
    },
    mayLead(from, to) {
      const isInside = isLoopback(from.hostname) || !isLoopback(to.hostname);
      const isEncrypted = to.protocol === 'https:';
      return (
        isInside &&
        (isEncrypted || (to.protocol === 'http:' && from.protocol === 'http:' && mayBePlain(to.host)))
      );
    },
  };
}

// Addresses: where the interface of a registry is, with which scheme, and through which mirrors, as Docker's daemon has it.
import { readFile } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import path from 'node:path';
import { hub } from '../../core/model/image-reference.ts';
import { readObject } from '../../core/registry/readings.ts';
import { dockerSettings } from './places.ts';

/** `[::1]`, `127.1.2.3` or `localhost`, without a port. */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

export interface Addresses {
  /** The origins that have a registry, mirrors first. */
  originsOf(registry: string): readonly URL[];
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

export interface DaemonSettings {
  readonly mirrors: readonly string[];
  /** Hosts, and networks as `10.0.0.0/8`, to which plain HTTP may be spoken. */
  readonly insecure: readonly string[];
}

const daemonFiles = (): string[] =>
  dockerSettings().map((folder, index) =>
    process.platform === 'win32' && index === 0
      ? path.join(folder, 'config', 'daemon.json')
      : path.join(folder, 'daemon.json'),
  );

export async function daemonSettings(files: readonly string[] = daemonFiles()): Promise<DaemonSettings> {
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8').catch(() => '')));
  const all = texts.map(text => readObject(text) ?? {});
  return {
    mirrors: all.flatMap(settings => textsIn(settings['registry-mirrors'])),
    insecure: all.flatMap(settings => textsIn(settings['insecure-registries'])),
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

export function addressesBy({ mirrors, insecure }: DaemonSettings): Addresses {
  const mayBePlain = (host: string): boolean => {
    const name = withoutPort(host);
    return isLoopback(name) || insecure.some(entry => entry === host || holds(entry, name));
  };
  const mirrorUrls = mirrors
    .flatMap(urlOf)
    .filter(({ protocol, host }) => protocol === 'https:' || (protocol === 'http:' && mayBePlain(host)));
  return {
    originsOf(registry) {
      if (registry === hub) return [...mirrorUrls, new URL(hubAddress)];
      return urlOf(`${mayBePlain(registry) ? 'http' : 'https'}://${registry}`);
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

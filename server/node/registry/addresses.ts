// Addresses: where the interface of a registry is, with which scheme, and through which mirrors, as Docker's daemon has it.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { hub } from '../../core/model/image-reference.ts';
import { readObject } from '../../core/registry/readings.ts';

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
  /** Hosts to which plain HTTP may be spoken. */
  readonly insecure: readonly string[];
}

const { HOME = homedir(), XDG_CONFIG_HOME = path.join(HOME, '.config') } = process.env;

/** Of the daemon, of one without root, and of Docker Desktop. */
const daemonFiles = [
  process.platform === 'win32'
    ? path.join(process.env.ProgramData ?? 'C:\\ProgramData', 'docker', 'config', 'daemon.json')
    : '/etc/docker/daemon.json',
  path.join(XDG_CONFIG_HOME, 'docker', 'daemon.json'),
  path.join(HOME, '.docker', 'daemon.json'),
];

export async function daemonSettings(files: readonly string[] = daemonFiles): Promise<DaemonSettings> {
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8').catch(() => '')));
  const all = texts.map(text => readObject(text) ?? {});
  return {
    mirrors: all.flatMap(settings => textsIn(settings['registry-mirrors'])),
    insecure: all.flatMap(settings => textsIn(settings['insecure-registries'])),
  };
}

export function addressesBy({ mirrors, insecure }: DaemonSettings): Addresses {
  const mayBePlain = (host: string): boolean => isLoopback(withoutPort(host)) || insecure.includes(host);
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

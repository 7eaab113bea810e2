// What an image is known to need when everything else is taken away: capabilities of root, and places to write to.
// From the entrypoints of the images, and the documentation of the servers in them.
import type { ImageFacts } from './image-facts.ts';
import { selfDropOf } from './privileges.ts';
import { isKnownTag } from './tags.ts';

/** An entrypoint as root that hands files to an account and goes on as that account. */
const stepDown = 'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID';
/** A server whose main process stays root and starts workers as an account. */
const workers = 'KILL SETGID SETUID';
/** The same behind s6, which owns the folders of the service. */
const supervised = 'CHOWN DAC_OVERRIDE FOWNER KILL SETGID SETUID';

interface Needs {
  readonly image: RegExp;
  readonly capabilities?: string;
  /** Capabilities that its program carries itself: it cannot be started where they are taken away, by nobody. */
  readonly carried?: string;
  /** Folders outside its declared volumes that it writes to while it runs. */
  readonly writable?: string;
}

const named = (names: string): RegExp => new RegExp(`^(?:${names})$`);

/** The first one that fits counts for each of the two. */
const table: readonly Needs[] = [
  // nginx.org: the master makes the folders of its cache and starts workers; Docker's own config writes /run/nginx.pid.
  {
    image: named('nginx'),
    capabilities: `CHOWN NET_BIND_SERVICE SETGID SETUID`,
    writable: '/run /tmp /var/cache/nginx',
  },
  { image: named('nginxinc/nginx-unprivileged'), capabilities: '', writable: '/tmp' },
  {
    image: named('httpd'),
    capabilities: `${workers} NET_BIND_SERVICE`,
    writable: '/tmp /usr/local/apache2/logs',
  },
  // caddyserver.com: the program carries NET_BIND_SERVICE, and cannot be started where that is taken away.
  { image: named('caddy'), capabilities: 'NET_BIND_SERVICE', carried: 'NET_BIND_SERVICE', writable: '/tmp' },
  { image: named('traefik'), capabilities: 'NET_BIND_SERVICE', writable: '/tmp' },
  // redis' entrypoint limits what its server can ever get, for which it needs SETPCAP.
  { image: named('redis'), capabilities: 'CHOWN DAC_OVERRIDE SETGID SETPCAP SETUID', writable: '' },
  { image: named('valkey(?:/valkey)?'), capabilities: 'CHOWN DAC_OVERRIDE SETGID SETUID', writable: '' },
  { image: named('memcached'), capabilities: '', writable: '' },
  {
    image: named(
      'postgres|(?:imresamu/)?postgis(?:/postgis)?|pgvector/pgvector|timescale/timescaledb(?:-ha)?',
    ),
    capabilities: stepDown,
    writable: '/run/postgresql /tmp',
  },
  { image: named('mysql|percona(?:/percona-server)?'), capabilities: stepDown, writable: '/run/mysqld /tmp' },
  { image: named('mariadb'), capabilities: stepDown, writable: '/run/mysqld /tmp' },
  { image: named('mongo'), capabilities: stepDown, writable: '/tmp' },
  { image: named('rabbitmq'), capabilities: stepDown, writable: '/tmp /var/log/rabbitmq' },
  { image: named('eclipse-mosquitto'), capabilities: stepDown, writable: '' },
  { image: named('influxdb|couchdb|neo4j|zookeeper|ghost|telegraf'), capabilities: stepDown },
  // hashicorp/docker-vault: the entrypoint gives the program IPC_LOCK.
  { image: named('(?:hashicorp/)?vault'), capabilities: 'CHOWN IPC_LOCK SETFCAP SETGID SETUID' },
  {
    image: named('php|wordpress|drupal|joomla|matomo|mediawiki|nextcloud|phpmyadmin'),
    capabilities: supervised,
  },
  { image: named('wordpress|drupal|joomla|matomo|mediawiki'), writable: '/run /tmp' },
  { image: named('php'), writable: '/run /tmp' },
  { image: /^(?:(?:lscr|ghcr)\.io\/)?linuxserver\//, capabilities: supervised },
  // Programs that ask for nothing, whatever account they run as.
  {
    image: named('registry|minio/minio|nats|axllent/mailpit|etcd|adminer'),
    capabilities: '',
    writable: '/tmp',
  },
  { image: named('prom/prometheus|prom/alertmanager'), capabilities: '', writable: '/tmp' },
  {
    image: named('grafana/grafana(?:-oss|-enterprise)?'),
    capabilities: '',
    writable: '/tmp /var/lib/grafana',
  },
  { image: named('haproxy'), capabilities: 'NET_BIND_SERVICE', writable: '/tmp' },
  // An interpreter, with a program that is somebody's own.
  {
    image: named(
      'node|python|ruby|golang|eclipse-temurin|amazoncorretto|openjdk|oven/bun|denoland/deno|rust|perl',
    ),
    capabilities: '',
    writable: '/tmp',
  },
  { image: named('alpine|busybox|debian|ubuntu'), capabilities: '', writable: '/tmp' },
];

const words = (list: string): string[] => list.split(' ').filter(word => word !== '');

export const isUnprivileged = ({ user }: ImageFacts): boolean =>
  user !== null && !/^(?:root|0+)(?::|$)/.test(user);

/** The capabilities that the image needs as it is; null where that is not known. */
export function neededCapabilities(image: string, facts: ImageFacts | undefined): readonly string[] | null {
  if (facts && isUnprivileged(facts)) return [];
  const known = table.find(
    entry => entry.capabilities !== undefined && entry.image.test(image),
  )?.capabilities;
  if (known !== undefined) return words(known);
  if (facts === undefined) return null;
  if (facts.drops.length > 0) return words(stepDown);
  const programs = [...(facts.entrypoint ?? []), ...(facts.cmd ?? [])];
  const drops = programs.some(word => selfDropOf(word.slice(word.lastIndexOf('/') + 1)));
  return drops ? words(`CHOWN ${workers} NET_BIND_SERVICE`).sort() : null;
}

/** Those that it needs as whatever account. */
export const carriedCapabilities = (image: string): readonly string[] =>
  words(table.find(entry => entry.carried !== undefined && entry.image.test(image))?.carried ?? '');

/** The folders that the image writes to besides its volumes; null where that is not known. */
export function writablePaths(image: string): readonly string[] | null {
  const known = table.find(entry => entry.writable !== undefined && entry.image.test(image))?.writable;
  return known === undefined ? null : words(known);
}

/**
 * Where the service of an image is what root alone may do, the tag of the image that does it without; null where there is
 * none. Undefined for all others. github.com/docker-library/docs, docker: the plain tags are those of `dind`.
 */
export function rootlessTag(image: string, tag: string | null): string | null | undefined {
  const written = tag ?? 'latest';
  if (image !== 'docker' || /cli|git|rootless|windows/.test(written)) return undefined;
  const [version = ''] = /^\d[\d.]*/.exec(written) ?? [];
  const rootless = version === '' ? 'dind-rootless' : `${version}-dind-rootless`;
  return isKnownTag(image, rootless) ? rootless : null;
}

// Rules about how Compose services run: what they publish, keep, take and log.
import anonymousVolume from '../../server/core/rules/compose/compose-anonymous-volume.ts';
import ephemeralState from '../../server/core/rules/compose/compose-ephemeral-state.ts';
import openService from '../../server/core/rules/compose/compose-open-service.ts';
import publishedStore from '../../server/core/rules/compose/compose-published-store.ts';
import shortStop from '../../server/core/rules/compose/compose-short-stop.ts';
import unboundPort from '../../server/core/rules/compose/compose-unbound-port.ts';
import unlimitedCpu from '../../server/core/rules/compose/compose-unlimited-cpu.ts';
import unlimitedMemory from '../../server/core/rules/compose/compose-unlimited-memory.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

/** A service `a` of an image, with lines of its own. */
const service = (image: string, ...own: readonly string[]): string =>
  lines('services:', '  a:', `    image: ${image}`, ...own.map(line => `    ${line}`));

const ports = (name: string, before: string, message: string, after?: string): Row => {
  const code = service('example/a:1', `ports: [${before}]`);
  return after === undefined
    ? [name, code, message]
    : [name, code, message, service('example/a:1', `ports: [${after}]`)];
};

ruleTable(unboundPort, [
  ports('all of IPv6, short', '«"[::]:80:80"»', 'stated', '"127.0.0.1:80:80"'),
  ports('all of IPv6, long', '«"[0:0:0:0:0:0:0:0]:80:80"»', 'stated', '"127.0.0.1:80:80"'),
  ports('all of IPv4 in IPv6', '«"[::ffff:0.0.0.0]:80:80"»', 'stated', '"127.0.0.1:80:80"'),
  ports('the default of a variable', '«"${IP:-0.0.0.0}:80:80"»', 'stated', '"${IP:-127.0.0.1}:80:80"'),
  ports('a protocol', '«53:53/udp»', 'unbound', '127.0.0.1:53:53/udp'),
  ports('a range', '«"8000-8010:80-90"»', 'unbound', '"127.0.0.1:8000-8010:80-90"'),
  ports('one address', '"192.168.1.5:80:80", "[fe80::1]:81:81", "[::1]:82:82"', ''),
  ports('everything in a variable', '"${PORTS}"', ''),
  ports('an empty address', '«{target: 80, published: 80, host_ip: }»', 'unbound'),
  ports('an escape', '«"80\\x3a80"»', 'unbound'),
  ports('a flow map', '«{target: 80}»', 'unbound', '{target: 80, host_ip: 127.0.0.1}'),
]);

ruleTable(openService, [
  ['bound to the host', service('redis:8.10', 'ports: ["127.0.0.1:6379:6379"]'), ''],
  [
    'a password in the command',
    service('redis:8.10', 'command: [redis-server, --requirepass, "${P:?}"]', 'ports: ["6379:6379"]'),
    '',
  ],
  [
    'a configuration file',
    service('redis:8.10', 'command: redis-server /etc/redis.conf', 'ports: ["6379:6379"]'),
    '',
  ],
  ['an env file may hold it', service('mongo:8', 'env_file: .env', 'ports: ["27017:27017"]'), ''],
  ['asks for a login since 8', service('elasticsearch:9.3.1', 'ports: ["9200:9200"]'), ''],
  [
    'did not before',
    service('elasticsearch:7.17.0', 'ports: [«"9200:9200"»]'),
    'open',
    service('elasticsearch:7.17.0', 'ports: ["127.0.0.1:9200:9200"]'),
  ],
  ['a dashboard that is not switched on', service('traefik:v3.6', 'ports: ["8080:8080"]'), ''],
]);

ruleTable(publishedStore, [
  ['another port of the image', service('redis:8.10', 'ports: ["8001:8001"]'), ''],
  [
    'another port on the host',
    service('postgres:17.9', 'ports: [«"15432:5432"»]'),
    'published',
    service('postgres:17.9', 'ports: ["127.0.0.1:15432:5432"]'),
  ],
  ['an exporter', service('prometheuscommunity/postgres-exporter:v0.18', 'ports: ["9187:9187"]'), ''],
]);

const held = (name: string, image: string, ...own: readonly string[]): Row => [
  name,
  service(image, ...own),
  '',
];

ruleTable(ephemeralState, [
  held('a folder above', 'mysql:9.7', 'volumes: ["data:/var/lib"]'),
  held('a folder below', 'mysql:9.7', 'volumes: ["data:/var/lib/mysql/shop"]'),
  held('a folder of the host', 'mongo:8', 'volumes: ["./db:/data/db"]'),
  held('from another service', 'mysql:9.7', 'volumes_from: [data]'),
  held('a variable decides', 'postgres:17.9', 'environment: {PGDATA: "${PGDATA}"}'),
  held('an older one', 'postgres:17.9', 'volumes: ["db:/var/lib/postgresql/data"]'),
  held('of another publisher', 'postgis/postgis:18-3.6', 'volumes: ["db:/var/lib/postgresql/data"]'),
  held('something of a like name', 'example/mysql-backup:1'),
  held('a variable names the image', '${IMAGE}'),
]);

ruleTable(anonymousVolume, [
  held('packages', 'example/a:1', 'volumes: ["/srv/app/node_modules"]'),
  held('below the sources', 'example/a:1', 'volumes: ["./:/app", "/app/cache"]'),
  held('in memory', 'example/a:1', 'volumes: [{type: tmpfs, target: /cache}]'),
  held('a variable', 'example/a:1', 'volumes: ["${MOUNT}"]'),
]);

const stops = (name: string, period: string, message: string, after?: string): Row =>
  after === undefined
    ? [name, service('example/a:1', `stop_grace_period: ${period}`), message]
    : [
        name,
        service('example/a:1', `stop_grace_period: ${period}`),
        message,
        service('example/a:1', `stop_grace_period: ${after}`),
      ];

ruleTable(shortStop, [
  stops('long enough', '1m30s', ''),
  stops('in parts', '«0m9s500ms»', 'short', '10s'),
  stops('no duration', 'soon', ''),
  stops('a variable', '"${PERIOD}"', ''),
]);

const limited = (name: string, ...own: readonly string[]): Row => [name, service('example/a:1', ...own), ''];

ruleTable(unlimitedMemory, [
  limited('bytes', 'mem_limit: 1073741824'),
  limited('units', 'mem_limit: 1.5gb'),
  limited('a variable', 'mem_limit: "${MEMORY}"'),
  ['no number', service('example/a:1', '«mem_limit»: gb'), 'void', service('example/a:1', 'mem_limit: 512M')],
]);

ruleTable(unlimitedCpu, [
  limited('a half', 'cpus: .5'),
  limited('by a quota', 'cpu_quota: 50000'),
  limited('by their numbers', 'cpuset: 0-1'),
  [
    'shares alone',
    service('example/a:1', 'cpu_shares: 512', 'cpus: 0.0').replace('cpus', '«cpus»'),
    'void',
    service('example/a:1', 'cpu_shares: 512', 'cpus: 1.0'),
  ],
]);

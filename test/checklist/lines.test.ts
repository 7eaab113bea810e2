// The checklist: that each line rests on rules there are, and what it says of services and images.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item, Status } from '../../server/core/checklist/checklist.ts';
import { checklistRules, lines } from '../../server/core/checklist/lines.ts';
import { catalogue, type Files, produce } from '../support/production.ts';

test('lines: every one names rules there are, of its language', () => {
  for (const [language, named] of [
    ['compose', lines.flatMap(({ rules }) => rules.compose)],
    ['dockerfile', lines.flatMap(({ rules }) => rules.dockerfile)],
  ] as const) {
    const unknown = named.filter(id => catalogue.rule(id)?.language !== language);
    assert.deepEqual(unknown, [], language);
  }
  assert.deepEqual(
    [...checklistRules].filter(id => !catalogue.rule(id)),
    [],
  );
});

test('lines: each has an id of its own, a short title, a reason and references', () => {
  assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length);
  for (const { id, title, why, references, rules } of lines) {
    assert.match(id, /^[a-z]+(?:-[a-z]+)*$/);
    assert.ok(title.length <= 26 && !title.endsWith('.'), title);
    assert.match(why, /\.$/, id);
    assert.ok(references.length > 0 && references.every(({ url }) => url.startsWith('https://')), id);
    assert.ok(rules.compose.length + rules.dockerfile.length > 0, id);
  }
});

/** No rule decides two lines: a finding would be told twice. */
test('lines: no rule stands in two of them', () => {
  const named = lines.flatMap(({ rules }) => [...rules.compose, ...rules.dockerfile]);
  assert.deepEqual(
    named.filter((id, index) => named.indexOf(id) !== index),
    [],
  );
});

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const short = 'sha256:0123456789ab…';
const compose = (keys: string): Files => ({ 'compose.yaml': `services:\n  web:\n${keys}` });
const keys = (...all: readonly string[]): Files => compose(all.map(each => `    ${each}\n`).join(''));
const plain = (...more: readonly string[]): Files => keys('image: a:1', ...more);
const built = (dockerfile: string, ...all: readonly string[]): Files => ({
  ...keys('build: .', ...all),
  Dockerfile: dockerfile,
});
const image = (dockerfile: string): Files => ({ Dockerfile: dockerfile });

/** Of a service, or of the image of a Dockerfile that comes alone. `from` is the text of the place, or who says it. */
type Row = readonly [status: Status, files: Files, value: string, from: string];

// biome-ignore format: one row a case
const rowsOf: Readonly<Record<string, readonly Row[]>> = {
  'immutable-tag': [
    ['passed', keys(`image: nginx:1.30@${digest}`), `nginx:1.30@${short}`, `nginx:1.30@${digest}`],
    ['failed', keys('image: nginx'), 'nginx', 'nginx'],
    ['failed', keys('image: nginx:1.30'), 'nginx:1.30', 'nginx:1.30'],
    ['unknown', keys('image: nginx:${TAG}'), 'a variable decides', 'nginx:${TAG}'],
    ['unknown', keys('command: a'), 'no image is stated', 'web'],
    ['failed', built('FROM node:24.19-slim\n'), 'built on node:24.19-slim', 'node:24.19-slim'],
    ['unknown', keys('build: ./elsewhere'), 'its Dockerfile is not known', 'build'],
    ['passed', image(`FROM node:24.19-slim@${digest}\n`), `built on node:24.19-slim@${short}`, `node:24.19-slim@${digest}`],
    ['passed', image('FROM scratch\n'), 'built on nothing (scratch)', 'scratch'],
    ['unknown', image('ARG BASE\nFROM $BASE\n'), 'a variable decides', '$BASE'],
  ],
  'supported-base': [
    ['passed', keys('image: nginx:1.30-alpine'), 'nginx:1.30-alpine (alpine)', 'nginx:1.30-alpine'],
    ['failed', keys('image: python:2.7'), 'python:2.7 (debian)', 'python:2.7'],
    ['failed', keys('image: jenkins:2.60'), 'jenkins:2.60, of which nothing is known here', 'jenkins:2.60'],
    ['unknown', keys('image: example/app:1'), 'example/app:1, of which nothing is known here', 'example/app:1'],
    ['failed', built('FROM debian:10\n'), 'built on debian:10 (debian)', 'debian:10'],
    ['passed', image('FROM debian:trixie-slim\n'), 'built on debian:trixie-slim (debian)', 'debian:trixie-slim'],
  ],
  'non-root': [
    ['passed', keys('image: example/app:1', 'user: "1000"'), '1000', 'user'],
    ['passed', keys('image: postgres:18.6'), 'starts as root, but its entrypoint hands over to another account with gosu', 'image postgres:18.6'],
    ['failed', keys('image: node:24.19'), 'root', 'image node:24.19'],
    ['failed', keys('image: node:24.19', 'user: root'), 'root', 'user'],
    ['unknown', keys('image: example/app:1'), 'the account of its image is not known', 'image example/app:1'],
    ['unknown', keys('image: node:24.19', 'user: $WHO'), 'a variable decides', 'user'],
    ['passed', built('FROM node:24.19\nUSER node\n'), 'node', 'USER node'],
    ['failed', built('FROM node:24.19\n'), 'root', 'image node:24.19'],
    ['passed', built('FROM node:24.19\n', 'user: node'), 'node', 'user'],
    ['unknown', keys('build: ./elsewhere'), 'its Dockerfile is not known', 'build'],
    ['passed', image('FROM node:24.19\nUSER node\n'), 'node', 'USER node'],
    ['failed', image('FROM node:24.19\nUSER root\n'), 'root', 'USER root'],
  ],
  capabilities: [
    ['passed', plain('cap_drop: [ALL]'), 'none', 'cap_drop'],
    ['passed', plain('cap_drop: [ALL]', 'cap_add: [CHOWN]'), 'only CHOWN', 'cap_drop'],
    ['failed', plain('cap_drop: [ALL]', 'cap_add: [SYS_ADMIN]'), 'only SYS_ADMIN', 'cap_drop'],
    ['failed', plain('cap_drop: [NET_RAW]'), 'Docker’s without NET_RAW', 'cap_drop'],
    ['failed', plain(), 'those that Docker gives to root', 'default'],
    ['failed', plain('privileged: true'), 'all of them, it is privileged', 'privileged'],
    ['failed', plain('privileged: ${P:-yes}'), 'all of them, it is privileged', 'privileged'],
    ['unknown', plain('cap_drop: [ALL]', 'privileged: $P'), 'a variable decides', 'privileged'],
    ['unknown', plain('cap_drop: [ALL]', 'cap_add: [$C]'), 'a variable decides', 'cap_add'],
  ],
  confinement: [
    ['passed', plain('security_opt: ["no-new-privileges:true"]'), 'no-new-privileges:true', 'security_opt'],
    ['failed', plain(), 'setuid programs work', 'default'],
    ['failed', plain('security_opt: ["no-new-privileges:true", "seccomp:unconfined"]'), 'no-new-privileges:true, seccomp:unconfined', 'security_opt'],
    ['unknown', plain('security_opt: ["no-new-privileges:true", "$O"]'), 'a variable decides', 'security_opt'],
    ['failed', image('FROM debian:trixie\nRUN chmod u+s /usr/bin/tool\nUSER nobody\n'), 'as its base, and what its RUN instructions change', 'debian:trixie'],
  ],
  'read-only-file-system': [
    ['passed', plain('read_only: true'), 'read-only', 'read_only'],
    ['passed', plain('read_only: true', 'tmpfs: /tmp', 'volumes: ["data:/data", "./e:/etc/e:ro"]'), 'read-only but for /tmp, /data', 'read_only'],
    ['failed', plain(), 'can be written', 'default'],
    ['failed', plain('read_only: false'), 'can be written', 'read_only'],
    ['passed', plain('read_only: ${RO:-true}'), 'read-only', 'read_only'],
    ['unknown', plain('read_only: ${RO}'), 'a variable decides', 'read_only'],
  ],
  'apart-from-host': [
    ['passed', plain(), 'it shares nothing of it', 'web'],
    ['passed', plain('volumes: ["./conf:/etc/a:ro"]'), './conf', 'volumes'],
    ['failed', plain('volumes: ["/var/run/docker.sock:/var/run/docker.sock"]'), '/var/run/docker.sock', 'volumes'],
    ['failed', plain('pid: host'), 'pid', 'pid'],
    ['unknown', plain('volumes: ["$DATA:/data"]'), 'a variable decides what is mounted at /data', '"$DATA:/data"'],
  ],
  'secrets-outside': [
    ['passed', plain(), 'it is given none', 'web'],
    ['passed', plain('environment: ["API_TOKEN=${API_TOKEN:?}"]'), 'in variables', 'environment'],
    ['passed', plain('secrets: [one, { source: two, target: b }]'), 'from files: one, two', 'secrets'],
    ['failed', plain('environment: ["API_TOKEN=0d9f7a61c2be4435a1f0"]'), 'one is written in', '0d9f7a61c2be4435a1f0'],
    ['failed', built('FROM a:1\nENV API_TOKEN=0d9f7a61c2be4435a1f0\n'), 'one is written in', 'API_TOKEN=0d9f7a61c2be4435a1f0'],
    ['unknown', keys('build: ./elsewhere'), 'its Dockerfile is not known', 'build'],
    ['passed', image('FROM a:1\n'), 'none is found in it', 'FROM a:1'],
  ],
  'intended-ports': [
    ['passed', plain(), 'none is published', 'web'],
    ['passed', plain('ports: ["127.0.0.1:8080:80", "127.0.0.1:53:53/udp"]'), '8080 on 127.0.0.1, 53/udp on 127.0.0.1', 'ports'],
    ['failed', plain('ports: ["8080:80"]'), '8080 on all addresses', 'ports'],
    ['failed', keys('image: postgres:18.6', 'ports: ["5432:5432"]'), '5432 on all addresses', 'ports'],
    ['unknown', plain('ports: ["$PORTS"]'), 'a variable decides', '"$PORTS"'],
    ['failed', image('FROM a:1\nEXPOSE 22\n'), '22', '22'],
    ['unknown', image('FROM a:1\nARG P\nEXPOSE $P\n'), 'a variable decides', '$P'],
  ],
  'separate-networks': [
    ['passed', plain('networks: [front]'), 'front', 'networks'],
    ['passed', plain(), 'the default network of the project', 'default'],
    ['failed', plain('network_mode: host'), 'network_mode host', 'network_mode'],
    ['unknown', plain('network_mode: $MODE'), 'a variable decides', 'network_mode'],
  ],
  limits: [
    ['passed', plain('mem_limit: 512m', 'cpus: 0.5', 'pids_limit: 100'), 'memory 512m, processors 0.5, processes 100', 'mem_limit'],
    ['failed', plain('mem_limit: 512m'), 'memory 512m', 'mem_limit'],
    ['failed', plain(), 'none', 'default'],
    ['unknown', plain('mem_limit: $M', 'cpus: 0.5', 'pids_limit: 100'), 'memory by a variable, processors 0.5, processes 100', 'mem_limit'],
  ],
  'health-check': [
    ['passed', keys('image: postgres:18.6', 'healthcheck: { test: [CMD, pg_isready] }'), 'pg_isready', 'test'],
    ['failed', keys('image: postgres:18.6'), 'none', 'web'],
    ['failed', keys('image: postgres:18.6', 'healthcheck: { disable: true }'), 'switched off', 'healthcheck'],
    ['failed', keys('image: postgres:18.6', 'healthcheck: { test: ["CMD", "true"] }'), 'true', 'test'],
    ['unknown', keys('image: example/app:1'), 'whether its image has a check is not known', 'web'],
    ['passed', built('FROM node:24.19-slim\nEXPOSE 3000\nHEALTHCHECK CMD ["node", "check.js"]\n'), 'CMD ["node", "check.js"]', 'HEALTHCHECK'],
    ['failed', image('FROM node:24.19-slim\nEXPOSE 3000\nCMD ["node", "a.js"]\n'), 'none', 'FROM node:24.19-slim'],
    ['passed', image('FROM node:24.19-slim\n'), 'none: it listens nowhere', 'FROM node:24.19-slim'],
  ],
  'restart-policy': [
    ['passed', plain('restart: unless-stopped'), 'unless-stopped', 'restart'],
    ['passed', plain(), 'none: it listens nowhere', 'default'],
    ['failed', keys('image: postgres:18.6'), 'none', 'default'],
    ['failed', keys('image: postgres:18.6', 'restart: "no"'), 'no', 'restart'],
    ['unknown', plain('restart: $R'), 'a variable decides', 'restart'],
  ],
  'graceful-stop': [
    ['passed', plain(), 'SIGTERM, then 10s until it is killed', 'default'],
    ['passed', keys('image: postgres:18.6', 'stop_grace_period: 1m', 'stop_signal: SIGINT'), 'SIGINT, then 1m until it is killed', 'stop_grace_period'],
    ['failed', plain('stop_grace_period: 1s'), 'SIGTERM, then 1s until it is killed', 'stop_grace_period'],
    ['failed', built('FROM node:24.19-slim\nCMD node a.js\n'), 'SIGTERM, then 10s until it is killed', 'default'],
    ['unknown', plain('stop_signal: $S'), 'a variable decides', 'stop_signal'],
    ['unknown', keys('build: ./elsewhere'), 'its Dockerfile is not known', 'build'],
    ['failed', image('FROM node:24.19-slim\nCMD node a.js\n'), 'SIGTERM', 'CMD'],
    ['passed', image('FROM node:24.19-slim\nSTOPSIGNAL SIGINT\nCMD ["node", "a.js"]\n'), 'SIGINT', 'STOPSIGNAL SIGINT'],
  ],
  logs: [
    ['passed', plain('logging: { driver: local }'), 'driver local', 'logging'],
    ['passed', plain('logging: { driver: json-file, options: { max-size: 10m } }'), 'driver json-file, at most 10m a file', 'logging'],
    ['failed', plain(), 'driver json-file', 'default'],
    ['failed', plain('logging: { driver: none }'), 'driver none', 'logging'],
    ['unknown', plain('logging: { driver: $D }'), 'a variable decides', 'driver'],
  ],
  'data-on-volumes': [
    ['passed', keys('image: postgres:18.6', 'volumes: ["data:/var/lib/postgresql"]'), '/var/lib/postgresql in data', 'volumes'],
    ['failed', keys('image: postgres:18.6'), 'PostgreSQL, in the container', 'default'],
    ['passed', keys('image: memcached:1.6'), 'Memcached has nothing that must be kept', 'web'],
    ['unknown', keys('image: example/app:1'), 'what it keeps is not known', 'web'],
  ],
};

function fromText(item: Item, files: Files): string {
  const { origin } = item.value;
  if (origin.kind !== 'file') return origin.kind === 'image' ? `image ${origin.image}` : origin.kind;
  const [document = '', dockerfile = ''] = Object.values(files);
  return (origin.where === 'document' ? document : dockerfile).slice(origin.span.start, origin.span.end);
}

async function itemOf(id: string, files: Files): Promise<Item> {
  const { production } = await produce(files);
  const item = production.lists[0]?.checklist.items.find(each => each.id === id);
  assert.ok(item);
  return item;
}

const rows = Object.entries(rowsOf).flatMap(([id, ofLine]) => ofLine.map(row => [id, ...row] as const));
for (const [id, status, files, value, from] of rows) {
  const [text = ''] = Object.values(files);
  test(`${id} ${status}: ${text
    .split('\n')
    .slice(files.Dockerfile === text ? 0 : 2)
    .join(' ')
    .trim()}`, async () => {
    const item = await itemOf(id, files);
    assert.deepEqual(
      { status: item.status, value: item.value.text, from: fromText(item, files) },
      { status, value, from },
    );
    assert.equal(
      item.status === 'failed',
      item.evidence.some(({ accepted }) => !accepted),
    );
  });
}

const base = 'services:\n  web:\n    image: a:1\n    read_only: true\n';

test('what other files of the project say counts, and is placed there', async () => {
  const override = 'services:\n  web:\n    read_only: false\n    user: "1000"\n    privileged: true\n';
  const files = { 'compose.yaml': base, 'compose.override.yaml': override };
  const account = await itemOf('non-root', files);
  assert.deepEqual([account.status, account.value.text], ['passed', '1000']);
  const at = override.indexOf('user');
  assert.deepEqual(account.value.origin, {
    kind: 'file',
    where: 'beside compose.override.yaml',
    span: { start: at, end: at + 4 },
  });
  const rights = await itemOf('capabilities', files);
  assert.equal(rights.status, 'failed');
  assert.deepEqual(
    rights.evidence.map(({ finding, where }) => [finding.rule, where]),
    [
      ['compose-privileged', 'beside compose.override.yaml'],
      ['compose-default-capabilities', 'document'],
    ],
  );
  const system = await itemOf('read-only-file-system', files);
  assert.deepEqual([system.status, system.value.text], ['failed', 'can be written']);
});

test('a file that overrides another one tells the same of the service', async () => {
  const files = {
    'compose.override.yaml': 'services:\n  web:\n    user: "1000"\n',
    'compose.yaml': base,
  };
  const system = await itemOf('read-only-file-system', files);
  assert.deepEqual([system.status, system.value.text], ['passed', 'read-only']);
  const restarts = await itemOf('confinement', files);
  assert.deepEqual(
    restarts.evidence.map(({ finding, where }) => [finding.rule, where]),
    [['compose-new-privileges', 'beside compose.yaml']],
  );
});

test('of what a service leaves to another file nothing is claimed', async () => {
  const files = {
    'compose.common.yaml': 'services:\n  base:\n    image: a:1\n    read_only: true\n',
    'compose.yaml':
      'services:\n  web:\n    extends: { file: compose.common.yaml, service: base }\n    user: "1"\n',
  };
  const { production } = await produce(files);
  const items = production.lists[0]?.checklist.items ?? [];
  const statusOf = (id: string) => items.find(item => item.id === id)?.status;
  assert.deepEqual([statusOf('read-only-file-system'), statusOf('limits')], ['passed', 'unknown']);
});

test('lines: the table shows each line passed, failed and not known', () => {
  for (const { id } of lines) {
    const shown = new Set(rowsOf[id]?.map(([status]) => status));
    assert.deepEqual([...shown].sort(), ['failed', 'passed', 'unknown'], id);
  }
});

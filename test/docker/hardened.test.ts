// Services as the repairs leave them: a read-only root file system, no capability but those added back, no new
// privileges. They start, become healthy, and are as closed as the file says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Example } from '../../server/core/engine/rule.ts';
import { type Place, placeOf } from '../support/contract/subject.ts';
import { becomes } from './support/containers.ts';
import { docker, tryDocker } from './support/lab.ts';
import { repaired } from './support/repairs.ts';
import { withStack } from './support/stacks.ts';

const rules = ['compose-default-capabilities', 'compose-new-privileges', 'compose-writable-root'];

/** The text after the first repair of each rule, one after the other. */
function hardened(example: Example): Place {
  return rules.reduce<Place>((place, rule) => {
    const after = repaired(rule, { code: place.text, files: place.files });
    assert.ok(after, `${rule} repairs nothing in\n${place.text}`);
    return after;
  }, placeOf(example));
}

/** A service with a check that asks it often. */
const service = (keys: readonly string[], check: string, rest = ''): string =>
  `services:\n  app:\n${keys.map(key => `    ${key}\n`).join('')}    healthcheck:\n      test: ["CMD-SHELL", "${check}"]\n      interval: 1s\n      timeout: 5s\n      retries: 30\n${rest}`;

const nodeServer = `node -e \\"require('http').createServer((q, r) => r.end()).listen(3000)\\"`;
const nodeCheck = `node -e \\"require('http').get('http://127.0.0.1:3000/', r => process.exit(r.statusCode < 400 ? 0 : 1))\\"`;
const pythonCheck = `python3 -c \\"import urllib.request as r; r.urlopen('http://127.0.0.1:8000/')\\"`;
const database = 'environment: {POSTGRES_PASSWORD: x}';
const data = 'volumes: ["data:/var/lib/postgresql"]';
const volumes = 'volumes:\n  data:\n';
const webFolders = 'tmpfs: [/var/log/nginx, /var/lib/nginx]';
const webCheck = 'curl -fsS -o /dev/null http://127.0.0.1/';
const fileServer = 'command: ["httpd", "-f", "-p", "8080", "-h", "/etc"]';
const fileCheck = 'wget -q -O /dev/null http://127.0.0.1:8080/passwd';

const cases: readonly [name: string, example: Example, capabilities: number][] = [
  [
    'postgres',
    { code: service(['image: postgres:18.6', database, data], 'pg_isready -U postgres', volumes) },
    5,
  ],
  [
    'postgres as its own account',
    {
      code: service(
        ['image: postgres:18.6', 'user: postgres', database, data],
        'pg_isready -U postgres',
        volumes,
      ),
    },
    0,
  ],
  ['redis', { code: service(['image: redis:8.2'], 'redis-cli ping | grep -q PONG') }, 5],
  [
    'redis as its own account',
    { code: service(['image: redis:8.2', 'user: redis'], 'redis-cli ping | grep -q PONG') },
    0,
  ],
  ['nginx', { code: service(['image: nginx:1.30', webFolders], webCheck) }, 4],
  [
    'a site that is built upon nginx',
    {
      code: service(['build: .', webFolders], webCheck),
      files: { Dockerfile: 'FROM nginx:1.30\nENV A=b\n' },
    },
    4,
  ],
  [
    'node',
    { code: service(['image: node:24.9-slim', `command: ["sh", "-c", "${nodeServer}"]`], nodeCheck) },
    0,
  ],
  [
    'a program of node that is built',
    {
      code: service(['build: .'], nodeCheck),
      files: {
        Dockerfile: 'FROM node:24.9-slim\nUSER node\nCOPY server.js /srv/\nCMD ["node", "/srv/server.js"]\n',
        'server.js': "require('http').createServer((q, r) => r.end()).listen(3000)",
      },
    },
    0,
  ],
  [
    'python',
    {
      code: service(
        ['image: python:3.13-slim', 'command: ["python3", "-m", "http.server", "8000"]'],
        pythonCheck,
      ),
    },
    0,
  ],
  [
    'a program of python that is built',
    {
      code: service(['build: .'], pythonCheck),
      files: {
        Dockerfile:
          'FROM python:3.13-slim\nRUN useradd --system app\nUSER app\nCOPY index.html /srv/\nWORKDIR /srv\nCMD ["python3", "-m", "http.server", "8000"]\n',
        'index.html': 'Hello.\n',
      },
    },
    0,
  ],
  [
    'a program that is built and keeps files in a volume',
    {
      code: service(
        ['build: .', 'volumes: ["data:/var/lib/app"]'],
        'wget -q -O /dev/null http://127.0.0.1:8080/started',
        volumes,
      ),
      files: {
        Dockerfile:
          'FROM alpine:3.22\nRUN mkdir -p /var/lib/app && chown 1000:1000 /var/lib/app\nUSER 1000:1000\nCMD ["sh", "-c", "date > /var/lib/app/started && exec httpd -f -p 8080 -h /var/lib/app"]\n',
      },
    },
    0,
  ],
  [
    'a worker of debian that is built and writes below /run',
    {
      code: service(['build: .', 'tmpfs: [/run]'], 'test -s /run/worker'),
      files: {
        Dockerfile:
          'FROM debian:13-slim\nCMD ["sh", "-c", "while true; do date > /run/worker; sleep 1; done"]\n',
      },
    },
    0,
  ],
  ['busybox', { code: service(['image: alpine:3.22', fileServer], fileCheck) }, 0],
  [
    'busybox as another account',
    { code: service(['image: alpine:3.22', 'user: "1000:1000"', fileServer], fileCheck) },
    0,
  ],
];

/** How many capabilities a process of the container could ever have. */
async function capabilitiesOf(container: string): Promise<number> {
  const status = await docker('exec', '--user', '0', container, 'cat', '/proc/1/status');
  const [, bits = ''] = /^CapBnd:\s*([0-9a-f]+)$/m.exec(status) ?? [];
  return [...BigInt(`0x${bits}`).toString(2)].filter(bit => bit === '1').length;
}

describe('hardened services', { concurrency: 2 }, () => {
  for (const [name, example, capabilities] of cases) {
    test(`${name}: healthy, and closed`, async () => {
      await withStack(hardened(example), async ({ container }) => {
        const id = await container('app');
        await becomes(id, 'healthy');
        assert.equal(await capabilitiesOf(id), capabilities);
        const status = await docker('exec', '--user', '0', id, 'cat', '/proc/1/status');
        assert.match(status, /^NoNewPrivs:\s*1$/m);
        const written = await tryDocker(['exec', '--user', '0', id, 'sh', '-c', ': > /etc/written']);
        assert.equal(written.ok, false);
        assert.match(written.output, /read-only/i);
      });
    });
  }
});

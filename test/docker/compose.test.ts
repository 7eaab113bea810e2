// compose-*: Compose takes the repaired files, and what the repairs claim holds in the containers that it starts.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Example } from '../../server/core/engine/rule.ts';
import { type Place, placeOf } from '../support/contract/subject.ts';
import { becomes } from './support/containers.ts';
import { docker, provideImage, tryDocker } from './support/lab.ts';
import { tail, until } from './support/process.ts';
import { composeRules, repaired, repairsOf } from './support/repairs.ts';
import { readStack, withStack } from './support/stacks.ts';

/** With a value for each variable that the file demands of whoever starts it. */
function withDemanded({ text, files }: Place): Place {
  const given = files['.env'] ?? '';
  const demanded = [...text.matchAll(/\$\{(\w+):?\?/g)].map(([, name = '']) => name);
  const missing = demanded.filter(name => !given.includes(`${name}=`)).map(name => `${name}=./x\n`);
  return { text, files: missing.length === 0 ? files : { ...files, '.env': given + missing.join('') } };
}

/** What a Compose of today has, and the one that drives the engine here does not know yet. */
const isNewer = (output: string): boolean =>
  /[Uu]nsupported (?:config )?option|does not match any of the regexes|Additional properties|is not one of \[/.test(
    output,
  );

async function mustRead(t: TestContext, place: Place): Promise<void> {
  const { ok, output } = await readStack(withDemanded(place));
  if (!ok && isNewer(output)) return t.skip(tail(output, 1));
  assert.ok(ok, `${place.text}\n${tail(output)}`);
}

/** Their examples have to be taken; of other rules some are about files that Compose, or this old one, refuses. */
const readable = new Set([
  'compose-unpinned-image',
  'compose-missing-healthcheck',
  'compose-plaintext-secret',
  'compose-privileged',
  'compose-new-privileges',
]);

async function proveRepairs(t: TestContext, rule: string, example: Example): Promise<void> {
  const before = await readStack(placeOf(example));
  if (!before.ok && (isNewer(before.output) || !readable.has(rule))) return t.skip(tail(before.output, 1));
  await mustRead(t, placeOf(example));
  for (const { title, place } of repairsOf(rule, example)) await t.test(title, one => mustRead(one, place));
}

for (const { id, examples } of composeRules) {
  describe(`${id}: Compose takes the file`, { concurrency: 2 }, () => {
    for (const [index, example] of examples.bad.entries()) {
      test(`${id}, example ${index + 1}`, t => proveRepairs(t, id, example));
    }
  });
}

function mustBeRepaired(rule: string, example: Example): Place {
  const place = repaired(rule, example);
  assert.ok(place, 'there is no repair');
  return place;
}

/** A line of what the kernel says of a container's first process. */
async function processStatus(container: string, field: string): Promise<string> {
  const status = await docker('exec', container, 'cat', '/proc/1/status');
  return new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
}

const inspected = (container: string, format: string): Promise<string> =>
  docker('inspect', '--format', format, container);

const sleeping = 'services:\n  app:\n    image: alpine:3.22\n    command: ["sleep", "600"]\n';

test('compose-new-privileges: no process can gain rights', async () => {
  await withStack(placeOf({ code: sleeping }), async ({ container }) => {
    assert.equal(await processStatus(await container('app'), 'NoNewPrivs'), '0');
  });
  await withStack(mustBeRepaired('compose-new-privileges', { code: sleeping }), async ({ container }) => {
    assert.equal(await processStatus(await container('app'), 'NoNewPrivs'), '1');
  });
});

test('compose-privileged: only the capabilities that are named are left', async t => {
  const code = `${sleeping}    privileged: true\n    cap_add:\n      - NET_ADMIN\n`;
  /** Bit 12 is CAP_NET_ADMIN, bit 21 is CAP_SYS_ADMIN. */
  const capabilities = async (container: string): Promise<{ network: boolean; system: boolean }> => {
    const bits = BigInt(`0x${await processStatus(container, 'CapEff')}`);
    return { network: (bits & (1n << 12n)) !== 0n, system: (bits & (1n << 21n)) !== 0n };
  };
  await provideImage('alpine:3.22');
  if ((await tryDocker(['run', '--rm', '--privileged', 'alpine:3.22', 'true'])).ok) {
    await withStack(placeOf({ code }), async ({ container }) => {
      assert.deepEqual(await capabilities(await container('app')), { network: true, system: true });
    });
  } else {
    t.diagnostic('this machine starts no privileged container: the file was not tried as it is');
  }
  await withStack(mustBeRepaired('compose-privileged', { code }), async ({ container }) => {
    assert.deepEqual(await capabilities(await container('app')), { network: true, system: false });
    assert.equal(await inspected(await container('app'), '{{.HostConfig.Privileged}}'), 'false');
  });
});

describe('compose-plaintext-secret', { concurrency: 2 }, () => {
  const secret = '0d9f7a61c2be4435a1f0';

  test('a database reads its password from a file', async () => {
    const code = `services:\n  db:\n    image: postgres:18.6\n    environment:\n      POSTGRES_PASSWORD: ${secret}\n`;
    await withStack(placeOf({ code }), async ({ container }) => {
      assert.ok((await inspected(await container('db'), '{{json .}}')).includes(secret));
    });
    const place = mustBeRepaired('compose-plaintext-secret', { code });
    assert.ok(!place.text.includes(secret));
    await withStack(place, async ({ container }) => {
      const database = await container('db');
      assert.ok(!(await inspected(database, '{{json .}}')).includes(secret));
      assert.equal(await docker('exec', database, 'cat', '/run/secrets/postgres_password'), secret);
      const login = (password: string): Promise<{ ok: boolean }> =>
        tryDocker([
          'exec',
          database,
          'psql',
          `postgres://postgres:${password}@127.0.0.1/postgres`,
          '-c',
          'select 1',
        ]);
      await until('the password lets in', 30_000, async () => (await login(secret)).ok || undefined);
      assert.equal((await login('another')).ok, false);
    });
  });

  test('a value from .env arrives, and is demanded', async () => {
    const code = `${sleeping}    environment:\n      API_TOKEN: ${secret}\n`;
    const place = mustBeRepaired('compose-plaintext-secret', { code });
    assert.ok(!place.text.includes(secret));
    await withStack(place, async ({ container }) => {
      assert.equal(await docker('exec', await container('app'), 'printenv', 'API_TOKEN'), secret);
    });
    const { ok, output } = await readStack({ ...place, files: {} });
    assert.equal(ok, false);
    assert.match(output, /API_TOKEN/);
  });

  test('a password in an address arrives', async () => {
    const address = `postgres://app:${secret}@db/app`;
    const code = `${sleeping}    environment:\n      DATABASE_URL: ${address}\n`;
    const place = mustBeRepaired('compose-plaintext-secret', { code });
    assert.ok(!place.text.includes(secret));
    await withStack(place, async ({ container }) => {
      assert.equal(await docker('exec', await container('app'), 'printenv', 'DATABASE_URL'), address);
    });
  });
});

describe('compose-missing-healthcheck', { concurrency: 2 }, () => {
  const password = '    environment:\n      POSTGRES_PASSWORD: x\n';
  const server = "require('http').createServer((q, r) => r.end()).listen(3000)";
  const cases: readonly [name: string, service: string, example: Example][] = [
    ['postgres', 'db', { code: `services:\n  db:\n    image: postgres:18.6\n${password}` }],
    ['redis', 'cache', { code: 'services:\n  cache:\n    image: redis:8.2\n' }],
    [
      'an image that is built',
      'api',
      {
        code: 'services:\n  api:\n    build: ./api\n    ports: ["127.0.0.1:3000:3000"]\n',
        files: {
          'api/Dockerfile':
            'FROM node:24.9-slim\nUSER node\nCOPY server.js /srv/\nCMD ["node", "/srv/server.js"]\n',
          'api/server.js': server,
        },
      },
    ],
  ];
  for (const [name, service, example] of cases) {
    test(`${name}: healthy, and unhealthy when it hangs`, async () => {
      const quick = `services:\n  ${service}:\n    healthcheck:\n      interval: 1s\n      timeout: 2s\n      start_period: 0s\n      retries: 1\n`;
      const place = mustBeRepaired('compose-missing-healthcheck', example);
      await withStack({ ...place, override: quick }, async ({ container }) => {
        const id = await container(service);
        await becomes(id, 'healthy');
        await docker('kill', '--signal', 'STOP', id);
        await becomes(id, 'unhealthy');
      });
    });
  }
});

// Credentials: what the Docker configuration and the programs it names have for a registry, and what of it is believed.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { storedCredentials } from '../../server/node/registry/credentials.ts';
import { program, temporaryFolder } from '../support/fake-engine.ts';

const root = temporaryFolder();
const encoded = (text: string): string => Buffer.from(text).toString('base64');

let folders = 0;
function configured(config: unknown): string[] {
  const folder = path.join(root, `config-${++folders}`);
  mkdirSync(folder);
  const file = path.join(folder, 'config.json');
  writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
  return [file];
}

const password = (user: string, secret: string) => ({ kind: 'password', user, password: secret });

const rows: Readonly<Record<string, readonly [config: unknown, registry: string, account: unknown]>> = {
  'none at all': [{}, 'ghcr.io', null],
  'a file that is no JSON': ['{"auths"', 'ghcr.io', null],
  'a file of another form': [{ auths: [1], credHelpers: 5, credsStore: {} }, 'ghcr.io', null],
  'by host': [{ auths: { 'ghcr.io': { auth: encoded('me:a:b') } } }, 'ghcr.io', password('me', 'a:b')],
  'by address': [
    { auths: { 'https://ghcr.io/v1/': { auth: encoded('me:x') } } },
    'ghcr.io',
    password('me', 'x'),
  ],
  'with a port': [{ auths: { 'a:5000': { auth: encoded('me:x') } } }, 'a:5000', password('me', 'x')],
  'another port': [{ auths: { 'a:5000': { auth: encoded('me:x') } } }, 'a:5001', null],
  'a longer name': [{ auths: { 'ghcr.io.evil.com': { auth: encoded('me:x') } } }, 'ghcr.io', null],
  'Docker Hub': [
    { auths: { 'https://index.docker.io/v1/': { auth: encoded('me:x') } } },
    'docker.io',
    password('me', 'x'),
  ],
  'Docker Hub, as podman calls it': [
    { auths: { 'docker.io': { auth: encoded('me:x') } } },
    'docker.io',
    password('me', 'x'),
  ],
  'some of a registry': [
    {
      auths: {
        'quay.io': { auth: encoded('all:x') },
        'quay.io/org': { auth: encoded('org:x') },
        'quay.io/org/other': { auth: encoded('other:x') },
      },
    },
    'quay.io',
    password('org', 'x'),
  ],
  'one image of a registry': [
    { auths: { 'quay.io/org/app': { auth: encoded('app:x') }, 'quay.io/org': { auth: encoded('org:x') } } },
    'quay.io',
    password('app', 'x'),
  ],
  'others of a registry': [{ auths: { 'quay.io/or': { auth: encoded('me:x') } } }, 'quay.io', null],
  'an identity token': [
    { auths: { a: { auth: encoded('0:'), identitytoken: 'id' } } },
    'a',
    { kind: 'identity', token: 'id' },
  ],
  'name and password apart': [{ auths: { a: { username: 'me', password: 'x' } } }, 'a', password('me', 'x')],
  'no password': [{ auths: { a: { auth: encoded('me:') } } }, 'a', null],
  'no base64': [{ auths: { a: { auth: '%%%' } } }, 'a', null],
  'names of all objects': [{ auths: {} }, '__proto__', null],
};
for (const [name, [config, registry, account]] of Object.entries(rows)) {
  test(`credentials: ${name}`, async () => {
    const credentials = storedCredentials({ projects: [], files: configured(config) });
    assert.deepEqual(await credentials.of(registry, 'org/app'), account);
  });
}

const programs = path.join(root, 'programs');
const helper = (name: string, script: string): string =>
  program(programs, `docker-credential-${name}`, script);
const asked = path.join(root, 'asked');
helper(
  'good',
  `read -r server; echo "$1 $server" >> ${asked}; echo '{"ServerURL":"x","Username":"me","Secret":"s3cr3t"}'`,
);
helper('token', `echo '{"Username":"<token>","Secret":"id3ntity"}'`);
helper('empty', `echo 'credentials not found in native keychain'; exit 1`);
helper('broken', `echo 's3cr3t in the open' >&2; echo s3cr3t; exit 1`);
helper('garbage', `echo '{"Secret":5} s3cr3t'`);
helper('hanging', 'while :; do :; done');
helper('endless', 'while :; do echo s3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3t; done');

interface HelperRow {
  readonly config: unknown;
  readonly registry?: string;
  readonly account?: unknown;
  readonly told?: RegExp;
}
const helperRows: Readonly<Record<string, HelperRow>> = {
  'asked by host': { config: { credHelpers: { a: 'good' } }, account: password('me', 's3cr3t') },
  'asked for Docker Hub': {
    config: { credsStore: 'good' },
    registry: 'docker.io',
    account: password('me', 's3cr3t'),
  },
  'an identity token': { config: { credsStore: 'token' }, account: { kind: 'identity', token: 'id3ntity' } },
  'the one of the registry before that of all': {
    config: { credsStore: 'broken', credHelpers: { a: 'good' } },
    account: password('me', 's3cr3t'),
  },
  'it has none': { config: { credsStore: 'empty' }, account: null },
  'it has none, the file has': {
    config: { credsStore: 'empty', auths: { a: { auth: encoded('me:x') } } },
    account: password('me', 'x'),
  },
  'it fails': { config: { credsStore: 'broken' }, told: /which failed\. Log in anew with docker login/ },
  'it prints garbage': { config: { credsStore: 'garbage' }, told: /whose answer makes no sense/ },
  'it hangs': { config: { credsStore: 'hanging' }, told: /which did not answer in time/ },
  'it never ends': { config: { credsStore: 'endless' }, told: /which did not answer in time/ },
  'it is not there': { config: { credsStore: 'nowhere' }, told: /which is not in PATH\. Install it/ },
  'it is a path': { config: { credsStore: '../programs/good' }, told: /which is not in PATH/ },
  'it is a command': { config: { credsStore: 'good; touch x' }, told: /which is not in PATH/ },
};
for (const [name, { config, registry = 'a', account, told }] of Object.entries(helperRows)) {
  test(`a helper: ${name}`, { skip: process.platform === 'win32' }, async () => {
    const { PATH } = process.env;
    process.env.PATH = programs;
    try {
      const looked = storedCredentials({ projects: [], files: configured(config), seconds: 2 }).of(
        registry,
        'app',
      );
      if (told === undefined) assert.deepEqual(await looked, account);
      else {
        await assert.rejects(looked, error => {
          assert.match(String(error), told);
          assert.ok(!String(error).includes('s3cr3t'));
          return true;
        });
      }
    } finally {
      process.env.PATH = PATH;
    }
  });
}

test('a helper is asked once, by its protocol', { skip: process.platform === 'win32' }, async () => {
  writeFileSync(asked, '');
  const { PATH } = process.env;
  process.env.PATH = programs;
  const credentials = storedCredentials({ projects: [], files: configured({ credsStore: 'good' }) });
  await Promise.all([
    credentials.of('docker.io', 'a'),
    credentials.of('docker.io', 'b'),
    credentials.of('b:1', 'a'),
  ]);
  process.env.PATH = PATH;
  assert.deepEqual(readFileSync(asked, 'utf8').trim().split('\n').sort(), [
    'get b:1',
    'get https://index.docker.io/v1/',
  ]);
});

test('a helper of the project is not started', { skip: process.platform === 'win32' }, async () => {
  const { PATH } = process.env;
  process.env.PATH = programs;
  const credentials = storedCredentials({
    projects: [programs],
    files: configured({ credsStore: 'good' }),
  });
  await assert.rejects(credentials.of('a', 'app'), /which is not in PATH/);
  process.env.PATH = PATH;
});

test('what one file lacks, or its helper cannot tell, another may have', async () => {
  const [empty, broken, full] = [
    configured({}),
    configured({ credsStore: 'nowhere' }),
    configured({ auths: { a: { auth: encoded('me:x') } } }),
  ];
  const of = (files: readonly string[]) => storedCredentials({ projects: [], files }).of('a', 'app');
  assert.deepEqual(await of([...empty, '/nowhere/auth.json', ...full]), password('me', 'x'));
  assert.deepEqual(await of([...broken, ...full]), password('me', 'x'));
  await assert.rejects(of([...broken, ...empty]), /which is not in PATH/);
});

const places: readonly [name: string, file: string, env: Readonly<Record<string, string>>][] = [
  ['the file that is named', 'named.json', { REGISTRY_AUTH_FILE: 'named.json' }],
  ['docker', 'docker/config.json', { DOCKER_CONFIG: 'docker' }],
  ['docker, by default', '.docker/config.json', {}],
  ['podman, of this session', 'run/containers/auth.json', { XDG_RUNTIME_DIR: 'run' }],
  ['podman', 'conf/containers/auth.json', { XDG_CONFIG_HOME: 'conf' }],
  ['podman, by default', '.config/containers/auth.json', {}],
];
for (const [name, file, env] of places) {
  test(`accounts of ${name}`, async () => {
    const home = path.join(root, `home-${++folders}`);
    const variables = ['HOME', 'REGISTRY_AUTH_FILE', 'DOCKER_CONFIG', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME'];
    const before = variables.map(variable => [variable, process.env[variable]] as const);
    mkdirSync(path.join(home, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(home, file), JSON.stringify({ auths: { a: { auth: encoded('me:x') } } }));
    for (const variable of variables) delete process.env[variable];
    process.env.HOME = home;
    for (const [variable, value] of Object.entries(env)) process.env[variable] = path.join(home, value);
    try {
      assert.deepEqual(await storedCredentials({ projects: [] }).of('a', 'app'), password('me', 'x'));
    } finally {
      for (const [variable, value] of before) {
        if (value === undefined) delete process.env[variable];
        else process.env[variable] = value;
      }
    }
  });
}

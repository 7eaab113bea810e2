// `bulkhead config`: which files and variables it takes, what it prints, and how it ends.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { builtBulkhead, folderWith, type Outcome, type Surroundings } from './bulkhead.ts';

const bulkhead = await builtBulkhead();

const folder = folderWith({
  'compose.yaml': 'services:\n  web:\n    image: nginx:${TAG:-1}\n',
  'compose.override.yml': 'services: {web: {user: "7"}}\n',
  'other.yaml': 'services: {web: {image: other, profiles: [x]}, db: {image: db}}\n',
  '.env': 'TAG=2\n',
  'more.env': 'TAG=3\n',
  'last.env': 'TAG=5\n',
  '.bulkhead.yaml':
    'compose-sets:\n  both: [compose.yaml, other.yaml]\n  filled: {files: compose.yaml, env-files: last.env}\n  gone: no.yaml\n',
  'below/keep': '',
  'broken/compose.yaml': 'services: {web: {image: a, image: b}}\n',
});
const named = path.basename(folder);

const run = (words: readonly string[], surroundings: Surroundings = {}): Outcome =>
  bulkhead(['config', ...words], { in: folder, ...surroundings });

const service = { networks: { default: null } };
const rows: readonly [name: string, words: string[], surroundings: Surroundings, services: unknown][] = [
  [
    'the usual names with their override, and .env',
    [],
    {},
    { web: { image: 'nginx:2', user: '7', ...service } },
  ],
  [
    'from a folder below',
    [],
    { in: path.join(folder, 'below') },
    { web: { image: 'nginx:2', user: '7', ...service } },
  ],
  [
    'the folder as an operand',
    [folder],
    { in: path.join(folder, 'below') },
    { web: { image: 'nginx:2', user: '7', ...service } },
  ],
  ['a file that is named', ['-f', 'compose.yaml'], {}, { web: { image: 'nginx:2', ...service } }],
  [
    'several files',
    ['-f', 'compose.yaml', '--file', 'other.yaml', '--profile', 'x'],
    {},
    { web: { image: 'other', profiles: ['x'], ...service }, db: { image: 'db', ...service } },
  ],
  [
    'a set of the configuration, from a folder below',
    ['--set', 'both', '--profile', '*'],
    { in: path.join(folder, 'below') },
    { web: { image: 'other', profiles: ['x'], ...service }, db: { image: 'db', ...service } },
  ],
  ['a set with variables of its own', ['--set', 'filled'], {}, { web: { image: 'nginx:5', ...service } }],
  [
    'an env file in place of those of the set',
    ['--set', 'filled', '--env-file', 'more.env'],
    {},
    { web: { image: 'nginx:3', ...service } },
  ],
  [
    'COMPOSE_FILE and COMPOSE_PROFILES',
    [],
    { env: { COMPOSE_FILE: 'other.yaml', COMPOSE_PROFILES: 'y,x' } },
    { web: { image: 'other', profiles: ['x'], ...service }, db: { image: 'db', ...service } },
  ],
  [
    'an env file',
    ['-f', 'compose.yaml', '--env-file', 'more.env'],
    {},
    { web: { image: 'nginx:3', ...service } },
  ],
  ['the shell', ['-f', 'compose.yaml'], { env: { TAG: '4' } }, { web: { image: 'nginx:4', ...service } }],
  [
    'no .env where it is switched off',
    ['-f', 'compose.yaml'],
    { env: { COMPOSE_DISABLE_ENV_FILE: '1' } },
    { web: { image: 'nginx:1', ...service } },
  ],
];
for (const [name, words, surroundings, services] of rows) {
  test(`config: ${name}`, () => {
    const { code, out, err } = run(words, surroundings);
    assert.deepEqual([code, err], [0, '']);
    const model = JSON.parse(out);
    assert.deepEqual(model.services, services);
    assert.equal(model.networks.default.name, `${named.toLowerCase()}_default`);
  });
}

test('config reads env files as Compose does, also where Node has read them before', () => {
  const filled = folderWith({
    'compose.yaml': 'services: {web: {image: a, user: "$A", hostname: "$B"}}',
    'x.env': 'B=b\nA=${B}1\n',
  });
  const { out } = run([filled, '--env-file', 'x.env', '--provenance'], { in: filled });
  const { model, provenance } = JSON.parse(out);
  assert.deepEqual(model.services.web, { image: 'a', user: 'b1', hostname: 'b', ...service });
  assert.deepEqual(provenance['services.web.user'].variables, { A: `${filled}/x.env:2:1` });
});

test('config --provenance says where each value came from', () => {
  const { out } = run(['--provenance', '-f', 'compose.yaml', '-f', 'compose.override.yml']);
  const { provenance } = JSON.parse(out);
  assert.deepEqual(provenance['services.web.image'], {
    file: `${folder}/compose.yaml`,
    from: '3:12',
    to: '3:27',
    variables: { TAG: `${folder}/.env:1:1` },
  });
  assert.deepEqual(provenance['services.web.user'], {
    file: `${folder}/compose.override.yml`,
    from: '1:24',
    to: '1:27',
  });
  assert.equal(provenance['networks.default.name'], undefined);
});

const mistakes: readonly [name: string, words: string[], err: RegExp][] = [
  [
    'files that Compose refuses',
    ['broken'],
    /^bulkhead: compose\.yaml:1:28: The key "image" stands in this map already\.\n$/,
  ],
  [
    'no Compose file',
    ['/'],
    /^bulkhead: There is no Compose file in \/ or above\. Name one with -f, or a set with --set\.\n$/,
  ],
  ['a file that is not there', ['-f', 'no.yaml'], /^bulkhead: .*\/no\.yaml: no such file\n$/],
  [
    'a set that is not there',
    ['--set', 'bith'],
    /^bulkhead: No set of Compose files in \.bulkhead\.yaml is called bith\. Did you mean both\? There are: both, filled, gone\.\n$/,
  ],
  ['a set of files that are not there', ['--set', 'gone'], /^bulkhead: .*\/no\.yaml: no such file\n$/],
  ['a set and files', ['--set', 'both', '-f', 'x'], /^bulkhead: --set and -f exclude each other\./],
  ['two folders', ['a', 'b'], /^bulkhead: config takes one folder\./],
];
for (const [name, words, err] of mistakes) {
  test(`config ends with 2: ${name}`, () => {
    const outcome = run(words);
    assert.match(outcome.err, err);
    assert.deepEqual([outcome.code, outcome.out], [2, '']);
  });
}

test('config tells once what a file may still miss, and prints the model', () => {
  const lacking = folderWith({ 'compose.yaml': 'services: {web: {user: "$A$A", hostname: "$A"}}' });
  const { code, out, err } = run([lacking]);
  assert.equal(
    err,
    'bulkhead: The variable A is not set: it counts as empty.\nbulkhead: Service web has neither an image nor a build.\n',
  );
  assert.deepEqual([code, JSON.parse(out).services], [0, { web: service }]);
});

const objections: readonly [name: string, compose: string, err: RegExp][] = [
  ['a key of a service', 'services: {web: {image: a, imagee: b}}', /web: A service has no key "imagee"\./],
  [
    'a key of a build',
    'services: {web: {build: {dockerfil: b}}}',
    /web\.build: "build" has no key "dockerfil"/,
  ],
  ['a service without an image', 'services: {web: {user: a}}', /web has neither an image nor a build/],
  [
    'an undeclared volume',
    'services: {web: {image: a, volumes: ["data:/d"]}}',
    /uses data, which no file declares/,
  ],
  ['an env file', 'services: {web: {image: a, env_file: no.env}}', /no\.env, which is not there/],
];
for (const [name, compose, err] of objections) {
  test(`config tells, and with --strict refuses: ${name}`, () => {
    const at = folderWith({ 'compose.yaml': compose });
    const lax = run([at]);
    assert.match(lax.err, err);
    assert.equal(lax.code, 0);
    const strict = run([at, '--strict']);
    assert.match(strict.err, err);
    assert.deepEqual([strict.code, strict.out], [2, '']);
  });
}

test('config --strict takes a variable that is not set, as Compose does', () => {
  const at = folderWith({ 'compose.yaml': 'services: {web: {image: "a$A"}}' });
  assert.equal(run([at, '--strict']).code, 0);
});

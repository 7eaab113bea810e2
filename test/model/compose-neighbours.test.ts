// Services within their project: what override files, extended and included files and a `.env` make of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageOf } from '../../server/core/model/compose/image.ts';
import type { ComposeModel, Service } from '../../server/core/model/compose/model.ts';
import { inProject, type ModelInProject } from '../../server/core/model/compose/neighbours/model.ts';
import type { FileSet } from '../../server/core/model/compose/neighbours/partners.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { portsOf } from '../../server/core/model/compose/ports.ts';
import { processOf } from '../../server/core/model/compose/process.ts';

type Files = Readonly<Record<string, string>>;

/** The first file is the one that is looked at. */
function projectOf(files: Files, set: FileSet | null = null): ModelInProject {
  const [[document = '', text = ''] = []] = Object.entries(files);
  return inProject(parseCompose(text), {
    folder: { document, files: Object.keys(files).filter(name => !name.includes('/')), set },
    compose: path => (files[path] === undefined ? null : parseCompose(files[path])),
    env: path => files[path] ?? null,
  });
}

const serviceOf = ({ services }: ComposeModel, name: string): Service => {
  const found = services.find(service => service.name === name);
  assert.ok(found);
  return found;
};

/** The value at a path and the file that it stands in: this one without a word. */
function shown({ model, fileOf }: ModelInProject, path: string): string {
  const [name = '', ...keys] = path.split('.');
  const entry = serviceOf(model, name).get(...keys);
  if (!entry?.node) return 'nothing';
  const { node } = entry;
  const text = node.kind === 'scalar' ? node.text : node.kind;
  const file = fileOf(node.span);
  return file === null ? text : `${text} in ${file}`;
}

const base = 'services: {web: {image: a, user: "1", cap_add: [A], environment: {A: 1, B: 2}}}\n';

const rows: readonly [name: string, files: Files, expected: Readonly<Record<string, string>>][] = [
  [
    'an override beside the file',
    {
      'compose.yaml': base,
      'compose.override.yaml': 'services: {web: {user: "2", read_only: true, deploy: {mode: x}}}',
    },
    {
      'web.image': 'a',
      'web.user': '2 in compose.override.yaml',
      'web.read_only': 'true in compose.override.yaml',
      'web.deploy.mode': 'x in compose.override.yaml',
    },
  ],
  [
    'the file is the override',
    { 'docker-compose.override.yml': 'services: {web: {user: "2"}}', 'docker-compose.yml': base },
    { 'web.image': 'a in docker-compose.yml', 'web.user': '2' },
  ],
  [
    'a variant whose services begin in another file',
    { 'compose.prod.yaml': 'services: {web: {restart: always}}', 'compose.yaml': base },
    { 'web.image': 'a in compose.yaml', 'web.restart': 'always' },
  ],
  [
    'a file that is whole goes over no other',
    { 'compose.prod.yaml': 'services: {web: {image: b}}', 'compose.yaml': base },
    { 'web.image': 'b', 'web.user': 'nothing' },
  ],
  [
    'what COMPOSE_FILE puts together, in its order, and no override besides',
    {
      'compose.yaml': base,
      'compose.override.yaml': 'services: {web: {user: "2"}}',
      'compose.prod.yaml': 'services: {web: {image: b}}',
      'ops/last.yaml': 'services: {web: {image: c, restart: always}}',
      '.env': 'COMPOSE_FILE=compose.yaml:./compose.prod.yaml:ops/last.yaml\n',
    },
    { 'web.image': 'c in ops/last.yaml', 'web.user': '1', 'web.restart': 'always in ops/last.yaml' },
  ],
  [
    'COMPOSE_FILE with a separator of its own, from its last file',
    {
      'b.yaml': 'services: {web: {image: b}}',
      'a.yaml': base,
      '.env': 'COMPOSE_FILE=a.yaml,b.yaml\nCOMPOSE_PATH_SEPARATOR=,\n',
    },
    { 'web.image': 'b', 'web.user': '1 in a.yaml' },
  ],
  [
    'COMPOSE_FILE that does not name the file',
    {
      'other.yaml': base,
      'compose.prod.yaml': 'services: {web: {image: b}}',
      '.env': 'COMPOSE_FILE=compose.yaml:compose.prod.yaml\n',
    },
    { 'web.image': 'a' },
  ],
  [
    'an override of the first of the usual names alone',
    {
      'docker-compose.yml': base,
      'compose.yaml': base,
      'compose.override.yaml': 'services: {web: {user: "2"}}',
    },
    { 'web.user': '1' },
  ],
  [
    '!reset and !override',
    {
      'compose.yaml': base,
      'compose.override.yaml':
        'services: {web: {user: !reset null, cap_add: !override [B], environment: {A: !reset null}}}',
    },
    {
      'web.user': 'nothing',
      'web.cap_add': 'sequence in compose.override.yaml',
      'web.environment.A': 'nothing',
      'web.environment.B': '2',
    },
  ],
  [
    'extends in the same file',
    {
      'compose.yaml':
        'services: {base: {image: a, user: "1", privileged: true}, web: {extends: base, user: "2"}}',
    },
    { 'web.image': 'a', 'web.user': '2', 'web.privileged': 'true', 'web.extends': 'base' },
  ],
  [
    'a chain of extends through files',
    {
      'compose.yaml': 'services: {web: {extends: {file: a/one.yaml, service: one}}}',
      'a/one.yaml': 'services: {one: {extends: {file: b/two.yaml, service: two}, user: "1"}}',
      'a/b/two.yaml': 'services: {two: {build: {context: ./src}, user: "2"}}',
    },
    { 'web.user': '1 in a/one.yaml', 'web.build.context': 'a/b/src in a/b/two.yaml' },
  ],
  [
    'extends in circles, and of what is not there',
    {
      'compose.yaml':
        'services: {a: {extends: b, image: a}, b: {extends: a, user: "2"}, c: {extends: {file: no.yaml, service: x}, image: c}}',
    },
    { 'a.user': '2', 'a.image': 'a', 'b.user': '2', 'c.image': 'c' },
  ],
  [
    'an included service that goes on here',
    {
      'compose.yaml': 'include: [db.yaml]\nservices: {db: {user: "2"}}',
      'db.yaml': 'services: {db: {image: d}}',
    },
    { 'db.image': 'd in db.yaml', 'db.user': '2' },
  ],
  [
    'build in both forms',
    {
      'compose.yaml': 'services: {web: {build: ./app}}',
      'compose.override.yaml': 'services: {web: {build: {target: dev}}}',
    },
    { 'web.build.context': './app', 'web.build.target': 'dev in compose.override.yaml' },
  ],
];
for (const [name, files, expected] of rows) {
  test(`in its project: ${name}`, () => {
    const project = projectOf(files);
    for (const [path, value] of Object.entries(expected)) assert.equal(shown(project, path), value, path);
  });
}

test('in its project: pairs keep their places, in either form', () => {
  const text = 'services:\n  web:\n    image: a\n    environment:\n      - A=1\n      - B=2\n';
  const project = projectOf({
    'compose.yaml': text,
    'compose.override.yaml': 'services: {web: {environment: {B: 3, C: 4}}}',
  });
  const pairs = serviceOf(project.model, 'web').pairs('environment');
  assert.deepEqual(
    pairs.map(({ name, value, valueSpan }) => [name, value, valueSpan && project.fileOf(valueSpan)]),
    [
      ['A', '1', null],
      ['B', '3', 'compose.override.yaml'],
      ['C', '4', 'compose.override.yaml'],
    ],
  );
  assert.equal(text.slice(pairs[0]?.valueSpan?.start, pairs[0]?.valueSpan?.end), '1');
});

test('in its project: readers of values understand texts of other files', () => {
  const { model } = projectOf({
    'compose.yaml': 'services: {web: {image: a}}',
    'compose.override.yaml': 'services:\n  web:\n    image: "nginx:1.3"\n    ports: ["127.0.0.1:80:81"]\n',
  });
  const web = serviceOf(model, 'web');
  const image = imageOf(model, web)?.reference;
  assert.deepEqual(image?.known && [image.value.name, image.value.tag], ['nginx', '1.3']);
  assert.deepEqual(
    portsOf(model, web).map(({ published, hostIp, target }) => [published, hostIp, target]),
    [['80', '127.0.0.1', 81]],
  );
});

test('in its project: variables of a .env are filled in', () => {
  const { model } = projectOf({ 'compose.yaml': 'services: {web: {image: "a:${TAG}"}}', '.env': 'TAG=7' });
  const image = imageOf(model, serviceOf(model, 'web'))?.reference;
  assert.deepEqual(image?.known && [image.value.name, image.value.tag], ['a', '7']);
});

test('in its project: what a variable of a .env brings into a command is not said by the file', () => {
  const { model } = projectOf({
    'compose.yaml': 'services: {web: {image: a, command: "run --password ${PASSWORD}"}}',
    '.env': 'PASSWORD=x1y2z3',
  });
  const script = processOf(model, serviceOf(model, 'web'), 'command');
  assert.doesNotMatch(JSON.stringify(script?.commands), /x1y2z3/);
  assert.match(JSON.stringify(script?.commands), /PASSWORD/);
});

test('in its project: sections and services of other files can be referred to', () => {
  const { model } = projectOf({
    'compose.yaml': 'include: [db.yaml]\nservices: {web: {image: a}}\nvolumes: {v: }',
    'db.yaml': 'services: {db: {image: d}}\nvolumes: {w: }',
    'compose.override.yaml': 'networks: {n: }',
  });
  assert.deepEqual(
    model.services.map(({ name, elsewhere }) => [name, elsewhere]),
    [
      ['web', false],
      ['db', true],
    ],
  );
  assert.deepEqual(
    model.section('volumes').map(({ name, elsewhere }) => [name, elsewhere]),
    [
      ['v', false],
      ['w', true],
    ],
  );
  assert.deepEqual(
    model.section('networks').map(({ name }) => name),
    ['n'],
  );
});

const sets: readonly [
  name: string,
  set: FileSet,
  files: Files,
  expected: Readonly<Record<string, string>>,
][] = [
  [
    'in its order, and no override or COMPOSE_FILE besides',
    { files: ['compose.yaml', 'b.yaml', 'a.yaml'], envFiles: [] },
    {
      'compose.yaml': base,
      'compose.override.yaml': 'services: {web: {image: z}}',
      'a.yaml': 'services: {web: {image: c}}',
      'b.yaml': 'services: {web: {image: b, user: "2"}}',
      '.env': 'COMPOSE_FILE=compose.yaml:compose.override.yaml\n',
    },
    { 'web.image': 'c in a.yaml', 'web.user': '2 in b.yaml' },
  ],
  [
    'from its last file',
    { files: ['compose.yaml', 'b.yaml'], envFiles: [] },
    { 'b.yaml': 'services: {web: {image: b}}', 'compose.yaml': base },
    { 'web.image': 'b', 'web.user': '1 in compose.yaml' },
  ],
  [
    'paths in a file of another folder are seen from that of the first',
    { files: ['../compose.yaml', 'prod.yaml'], envFiles: [] },
    {
      'prod.yaml': 'services: {web: {build: {context: web}}, db: {build: db}}',
      '../compose.yaml': 'services: {web: {user: "1"}, api: {build: api}}',
    },
    {
      'web.build.context': '../web',
      'db.build': '../db',
      'api.build': '../api in ../compose.yaml',
      'web.user': '1 in ../compose.yaml',
    },
  ],
];
for (const [name, set, files, expected] of sets) {
  test(`in its set: ${name}`, () => {
    const project = projectOf(files, set);
    const values = Object.keys(expected).map(path => [path, shown(project, path)]);
    assert.deepEqual(Object.fromEntries(values), expected);
  });
}

test('in its set: variables are those of its env files, later ones winning, or of the .env of its first file', () => {
  const files = {
    'a.yaml': 'services: {web: {image: "a:$TAG"}}',
    'one.env': 'TAG=1\nOTHER=1\n',
    'two.env': 'TAG=2\n',
    '../.env': 'TAG=3\n',
    '.env': 'TAG=4\n',
  };
  const rows: readonly [set: FileSet | null, tag: string | undefined][] = [
    [null, '4'],
    [{ files: ['a.yaml'], envFiles: ['one.env', 'two.env'] }, '2'],
    [{ files: ['a.yaml'], envFiles: [] }, '4'],
    [{ files: ['../b.yaml', 'a.yaml'], envFiles: [] }, '3'],
  ];
  for (const [set, tag] of rows) assert.equal(projectOf(files, set).model.variables('TAG'), tag);
});

test('in its project: a service that nothing comes to is the very same', () => {
  const files = { 'compose.yaml': `${base}  \n`, 'compose.override.yaml': 'services: {db: {image: d}}' };
  const model = parseCompose(files['compose.yaml']);
  const project = inProject(model, {
    folder: { document: 'compose.yaml', files: Object.keys(files), set: null },
    compose: () => parseCompose(files['compose.override.yaml']),
    env: () => null,
  });
  assert.equal(project.model.services[0], model.services[0]);
});

const partialRows: readonly [name: string, files: Files, partial: readonly string[]][] = [
  ['a file by itself', { 'compose.yaml': base }, []],
  ['an override', { 'compose.override.yaml': 'services: {web: {user: "2"}}', 'compose.yaml': base }, ['web']],
  ['what an override goes over', { 'compose.yaml': base, 'compose.override.yaml': base }, []],
  [
    'a template',
    { 'compose.yaml': 'services: {base: {user: "1"}, web: {extends: base, image: a}}' },
    ['base'],
  ],
  [
    'a base that siblings extend',
    {
      'common.yaml': base,
      'compose.yaml': 'services: {app: {extends: {file: ./common.yaml, service: web}}}',
    },
    ['web'],
  ],
];
for (const [name, files, partial] of partialRows) {
  test(`partial services: ${name}`, () => {
    assert.deepEqual([...projectOf(files).partial], partial);
  });
}

const manyServices = Array.from(
  { length: 2_000 },
  (_, at) => `  s${at}: {extends: s${at + 1}, user: "${at}"}\n`,
);
const bomb = (leaf: string): string =>
  `x-0: &a0 {k: ${leaf}}\n${Array.from({ length: 40 }, (_, at) => `x-${at + 1}: &a${at + 1} {a: *a${at}, b: *a${at}}\n`).join('')}services: {web: {image: a, x-it: *a40}}\n`;
const hostile: readonly [name: string, files: Files][] = [
  ['a chain of extends without an end', { 'compose.yaml': `services:\n${manyServices.join('')}` }],
  [
    'aliases that stand for millions, in both files',
    { 'compose.yaml': bomb('1'), 'compose.override.yaml': bomb('2') },
  ],
  [
    'half-typed lists',
    {
      'compose.yaml':
        'services:\n  web:\n    image: a\n    volumes: ["", "a:b:c:d:e", {}, [x]]\n    ports: [',
      'compose.override.yaml': 'services: {web: {volumes: [{source: a}, ":"], ports: [null, {}]}}',
    },
  ],
  [
    'maps over lists and texts over maps',
    {
      'compose.yaml': 'services: {web: {image: {a: b}, build: [x], depends_on: x, healthcheck: [a]}}',
      'compose.override.yaml':
        'services: {web: {image: [a], build: 7, depends_on: {y: }, healthcheck: {test: a}}}',
    },
  ],
];
for (const [name, files] of hostile) {
  test(`in its project, and no harm done: ${name}`, () => {
    const { model } = projectOf(files);
    assert.ok(model.services.length > 0);
    for (const service of model.services) for (const { name: key } of service.entries) service.pairs(key);
  });
}

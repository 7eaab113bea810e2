// Fragments, extends and include: what comes from elsewhere in the file, and from other files.
import { onlyFile, type Row, testRows } from './project.ts';

const rows: readonly Row[] = [
  [
    'an alias is what it stands for',
    onlyFile('x-l: &l {a: 1}\nservices: {web: {image: a, labels: *l}}'),
    {
      'services.web.labels': { a: '1' },
    },
  ],
  [
    'own keys win over merged ones',
    onlyFile('x-b: &b {image: a, user: "1"}\nservices: {web: {<<: *b, user: "2"}}'),
    {
      'services.web.image': 'a',
      'services.web.user': '2',
    },
  ],
  [
    'of several merges the first wins',
    onlyFile('x-a: &a {user: a}\nx-b: &b {user: b, image: i}\nservices: {web: {<<: [*a, *b]}}'),
    { 'services.web.user': 'a', 'services.web.image': 'i' },
  ],
  [
    'a merge replaces nested maps whole',
    onlyFile('x-b: &b {image: a, labels: {a: 1}}\nservices: {web: {<<: *b, labels: {b: 2}}}'),
    { 'services.web.labels': { b: '2' } },
  ],
  [
    'an alias of a list of maps can be merged',
    onlyFile('x-l: &l [{image: a}]\nservices: {web: {<<: *l}}'),
    {
      'services.web.image': 'a',
    },
  ],
  [
    'merges of merges',
    onlyFile('x-a: &a {image: a}\nx-b: &b {<<: *a}\nservices: {web: {<<: *b}}'),
    {
      'services.web.image': 'a',
    },
  ],
  [
    'extends in the same file',
    onlyFile('services: {base: {image: a, user: "1"}, web: {extends: base, user: "2"}}'),
    {
      'services.web': { image: 'a', user: '2', networks: { default: null } },
    },
  ],
  [
    'extends with a map',
    onlyFile('services: {base: {image: a}, web: {extends: {service: base}}}'),
    {
      'services.web.image': 'a',
    },
  ],
  [
    'extends merges by the same rules',
    onlyFile(
      'services: {base: {image: a, command: x, cap_add: [A], environment: {A: 1}}, web: {extends: base, command: y, cap_add: [B], environment: [B=2]}}',
    ),
    {
      'services.web.command': ['y'],
      'services.web.cap_add': ['A', 'B'],
      'services.web.environment': { A: '1', B: '2' },
    },
  ],
  [
    'extends takes dependencies along',
    onlyFile('services: {db: {image: d}, base: {image: a, depends_on: [db]}, web: {extends: base}}'),
    { 'services.web.depends_on.db.condition': 'service_started' },
  ],
  [
    'a chain of extends',
    onlyFile('services: {a: {image: i}, b: {extends: a, user: b}, c: {extends: b, hostname: h}}'),
    {
      'services.c': { image: 'i', user: 'b', hostname: 'h', networks: { default: null } },
    },
  ],
  [
    'extends from another file, paths seen from there',
    {
      files: {
        'compose.yaml': 'services: {web: {extends: {file: sub/base.yaml, service: app}}}',
        'sub/base.yaml': 'services: {app: {build: ./src, volumes: [./data:/data], env_file: app.env}}',
        'sub/app.env': 'A=1',
      },
    },
    {
      'services.web.build.context': '/p/sub/src',
      'services.web.volumes.0.source': '/p/sub/data',
      'services.web.env_file': [{ path: '/p/sub/app.env' }],
      'services.web.environment': { A: '1' },
    },
  ],
  [
    'a build without a context is in the project of who extends it',
    {
      files: {
        'compose.yaml': 'services: {web: {extends: {file: sub/base.yaml, service: app}}}',
        'sub/base.yaml': 'services: {app: {build: {target: dev}}}',
      },
    },
    { 'services.web.build.context': '/p' },
  ],
  [
    'a chain through files, each seen from the one before',
    {
      files: {
        'compose.yaml': 'services: {web: {extends: {file: a/one.yaml, service: one}}}',
        'a/one.yaml': 'services: {one: {extends: {file: b/two.yaml, service: two}, user: one}}',
        'a/b/two.yaml': 'services: {two: {build: ., user: two}}',
      },
    },
    { 'services.web.build.context': '/p/a/b', 'services.web.user': 'one' },
  ],
  [
    'a file that is extended is filled in from the same environment',
    {
      files: {
        'compose.yaml': 'services: {web: {extends: {file: base.yaml, service: app}}}',
        'base.yaml': 'services: {app: {image: "a:${TAG:-latest}"}}',
      },
      shell: { TAG: '7' },
    },
    { 'services.web.image': 'a:7' },
  ],
  [
    '!reset and !override against what is extended',
    onlyFile(
      'services: {base: {image: a, ports: ["80:80"], cap_add: [A]}, web: {extends: base, ports: !reset [], cap_add: !override [B]}}',
    ),
    { 'services.web.ports': undefined, 'services.web.cap_add': ['B'] },
  ],
  [
    'other services of a file that is extended stay out',
    {
      files: {
        'compose.yaml': 'services: {web: {extends: {file: base.yaml, service: app}}}',
        'base.yaml': 'services: {app: {image: a}, other: {image: o}}',
      },
    },
    { 'services.other': undefined },
  ],
  [
    'include takes in the resources of another file',
    {
      files: {
        'compose.yaml': 'include: [db/compose.yaml]\nservices: {web: {image: a, depends_on: [db]}}',
        'db/compose.yaml': 'services: {db: {build: ., volumes: [data:/d]}}\nvolumes: {data: }',
      },
    },
    {
      'services.db.build.context': '/p/db',
      'services.web.depends_on.db.required': true,
      'volumes.data': { name: 'p_data' },
      include: undefined,
    },
  ],
  [
    'an include with its folder and overrides',
    {
      files: {
        'compose.yaml': 'include: [{path: [x/a.yaml, x/b.yaml], project_directory: y}]',
        'x/a.yaml': 'services: {db: {build: ., user: a}}',
        'x/b.yaml': 'services: {db: {user: b}}',
      },
    },
    { 'services.db.build.context': '/p/y', 'services.db.user': 'b' },
  ],
  [
    'the env file of an include is seen inside it alone',
    {
      files: {
        'compose.yaml':
          'include: [{path: x/c.yaml, env_file: x/x.env}]\nservices: {web: {image: "a:${TAG-none}"}}',
        'x/c.yaml': 'services: {db: {image: "d:${TAG-none}"}}',
        'x/x.env': 'TAG=7',
      },
    },
    { 'services.db.image': 'd:7', 'services.web.image': 'a:none' },
  ],
  [
    'an include has a .env of its own',
    {
      files: {
        'compose.yaml': 'include: [x/c.yaml]',
        'x/c.yaml': 'services: {db: {image: "d:${TAG-none}"}}',
        'x/.env': 'TAG=8',
        '.env': 'OTHER=1',
      },
    },
    { 'services.db.image': 'd:8' },
  ],
  [
    'the outer environment wins over that of an include',
    {
      files: {
        'compose.yaml': 'include: [{path: x/c.yaml, env_file: x/x.env}]',
        'x/c.yaml': 'services: {db: {image: "d:${TAG}"}}',
        'x/x.env': 'TAG=7',
        '.env': 'TAG=9',
      },
    },
    { 'services.db.image': 'd:9' },
  ],
  [
    'a service goes over the included one of its name',
    {
      files: {
        'compose.yaml': 'include: [db.yaml]\nservices: {db: {user: me, environment: {B: 2}}}',
        'db.yaml': 'services: {db: {image: d, user: you, environment: {A: 1}}}',
      },
    },
    {
      'services.db.user': 'me',
      'services.db.image': 'd',
      'services.db.environment': { A: '1', B: '2' },
    },
  ],
  [
    'included services can be extended',
    {
      files: {
        'compose.yaml': 'include: [db.yaml]\nservices: {web: {extends: db, user: me}}',
        'db.yaml': 'services: {db: {image: d}}',
      },
    },
    { 'services.web.image': 'd', 'services.web.user': 'me' },
  ],
  [
    'an include within an include, each in its own folder',
    {
      files: {
        'compose.yaml': 'include: [a/one.yaml]',
        'a/one.yaml': 'include: [b/two.yaml]\nservices: {one: {image: o}}',
        'a/b/two.yaml': 'services: {two: {build: .}}',
      },
    },
    { 'services.two.build.context': '/p/a/b', 'services.one.image': 'o' },
  ],
  [
    'the same file by two ways is there once',
    {
      files: {
        'compose.yaml': 'include: [a.yaml, b.yaml]',
        'a.yaml': 'include: [c.yaml]',
        'b.yaml': 'include: [c.yaml]',
        'c.yaml': 'services: {c: {image: c, expose: ["1"]}}',
      },
    },
    { 'services.c.expose': ['1'] },
  ],
];
testRows(rows);

// Merging several files: every key by its own rule, and the marks that go against them.
import { onlyFile, overridden, type Row, testRows, web } from './project.ts';

const over = (base: string, override: string): Row[1] => overridden(web(base), web(override));

const rows: readonly Row[] = [
  ['a scalar is replaced', over('user: "1"', 'user: "2"'), { 'services.web.user': '2' }],
  ['an empty value leaves what was there', over('user: "1"', 'user: '), { 'services.web.user': '1' }],
  [
    'maps are merged key by key',
    over('deploy: {mode: global}', 'deploy: {endpoint_mode: vip}'),
    {
      'services.web.deploy': { mode: 'global', endpoint_mode: 'vip' },
    },
  ],
  [
    'lists are appended, each entry once',
    over('cap_add: [A, B]', 'cap_add: [B, C]'),
    {
      'services.web.cap_add': ['A', 'B', 'C'],
    },
  ],
  ['a command is replaced', over('command: [a, b]', 'command: c d'), { 'services.web.command': ['c', 'd'] }],
  [
    'an entrypoint is replaced',
    over('entrypoint: a b', 'entrypoint: [c]'),
    {
      'services.web.entrypoint': ['c'],
    },
  ],
  [
    'an empty command puts back that of the image',
    over('command: a', 'command: '),
    {
      'services.web.command': undefined,
    },
  ],
  [
    'the test of a healthcheck is replaced, its settings stay',
    over('healthcheck: {test: a, retries: 3}', 'healthcheck: {test: [CMD, b]}'),
    { 'services.web.healthcheck': { test: ['CMD', 'b'], retries: 3 } },
  ],
  [
    'variables go by name, in either form',
    over('environment: {A: 1, B: 2}', 'environment: [B=3, C]'),
    {
      'services.web.environment': { A: '1', B: '3', C: null },
    },
  ],
  [
    'labels go by name',
    over('labels: [a=1, b=2]', 'labels: {b: 3}'),
    {
      'services.web.labels': { a: '1', b: '3' },
    },
  ],
  [
    'both halves of a limit are kept',
    over('ulimits: {nofile: {soft: 1, hard: 2}, nproc: 5}', 'ulimits: {nofile: {soft: 2}, nproc: 6}'),
    { 'services.web.ulimits': { nofile: { soft: 2, hard: 2 }, nproc: 6 } },
  ],
  [
    'labels of a deployment go by name',
    over('deploy: {labels: [a=1]}', 'deploy: {labels: {a: 2}}'),
    {
      'services.web.deploy.labels': { a: '2' },
    },
  ],
  [
    'annotations go by name',
    over('annotations: {a: x}', 'annotations: [a=y, b=z]'),
    {
      'services.web.annotations': { a: 'y', b: 'z' },
    },
  ],
  [
    'sysctls go by name',
    over('sysctls: [a.b=1]', 'sysctls: {a.b: 2}'),
    { 'services.web.sysctls': { 'a.b': '2' } },
  ],
  [
    'a mount goes by its target',
    over('volumes: [./x:/t, ./y:/u]', 'volumes: [{type: tmpfs, target: /t}]'),
    {
      'services.web.volumes.0': { type: 'tmpfs', target: '/t' },
      'services.web.volumes.1.source': '/p/y',
      'services.web.volumes.2': undefined,
    },
  ],
  [
    'a device goes by its target',
    over('devices: [/dev/a:/dev/x]', 'devices: [/dev/b:/dev/x:r]'),
    {
      'services.web.devices': [{ source: '/dev/b', target: '/dev/x', permissions: 'r' }],
    },
  ],
  [
    'the same port is there once',
    over('ports: ["80:80", "81:81"]', 'ports: ["80:80/tcp", "82:82"]'),
    {
      'services.web.ports.2.published': '82',
      'services.web.ports.3': undefined,
    },
  ],
  [
    'a port for another address is another port',
    over('ports: ["80:80"]', 'ports: ["127.0.0.1:80:80"]'),
    {
      'services.web.ports.0.host_ip': undefined,
      'services.web.ports.1.host_ip': '127.0.0.1',
    },
  ],
  [
    'a long port goes by address, published, target and protocol',
    over(
      'ports: [{target: 80, published: 8080, mode: host}]',
      'ports: [{target: 80, published: "8080", name: web}]',
    ),
    {
      'services.web.ports': [
        { target: 80, published: '8080', name: 'web', protocol: 'tcp', mode: 'ingress' },
      ],
    },
  ],
  [
    'a secret goes by its target',
    over('secrets: [s, t]', 'secrets: [{source: u, target: /run/secrets/s}]'),
    {
      'services.web.secrets.0.source': 'u',
      'services.web.secrets.1.source': 't',
    },
  ],
  [
    'a config goes by its target',
    over('configs: [{source: c, target: /c}]', 'configs: [{source: d, target: /c}]'),
    {
      'services.web.configs': [{ source: 'd', target: '/c' }],
    },
  ],
  [
    'an env file goes by its path',
    {
      files: {
        ...over('env_file: a.env', 'env_file: [{path: a.env, required: false}, b.env]').files,
        'b.env': '',
      },
    },
    { 'services.web.env_file': [{ path: '/p/a.env', required: false }, { path: '/p/b.env' }] },
  ],
  [
    'one name server and a list of them',
    over('dns: 1.1.1.1', 'dns: [9.9.9.9, 1.1.1.1]'),
    {
      'services.web.dns': ['1.1.1.1', '9.9.9.9'],
    },
  ],
  ['one tmpfs and another', over('tmpfs: /a', 'tmpfs: /b'), { 'services.web.tmpfs': ['/a', '/b'] }],
  [
    'a host keeps several addresses',
    over('extra_hosts: ["h=1.1.1.1"]', 'extra_hosts: {h: 2.2.2.2}'),
    {
      'services.web.extra_hosts': ['h=1.1.1.1', 'h=2.2.2.2'],
    },
  ],
  [
    'networks as names and as a map',
    over('networks: [a, b]', 'networks: {a: {aliases: [x]}}'),
    {
      'services.web.networks': { a: { aliases: ['x'] }, b: null },
    },
  ],
  [
    'aliases are unique',
    over('networks: {a: {aliases: [x, y]}}', 'networks: {a: {aliases: [y, z]}}'),
    { 'services.web.networks.a.aliases': ['x', 'y', 'z'] },
  ],
  [
    'dependencies as names and as a map',
    overridden(
      'services: {web: {image: a, depends_on: [db, mq]}, db: {image: b}, mq: {image: c}}',
      'services: {web: {depends_on: {db: {condition: service_healthy}}}}',
    ),
    {
      'services.web.depends_on.db': { condition: 'service_healthy', required: true },
      'services.web.depends_on.mq': { condition: 'service_started', required: true },
    },
  ],
  [
    'a build as a path and as a map',
    over('build: ./app', 'build: {target: dev}'),
    {
      'services.web.build': { context: '/p/app', target: 'dev', dockerfile: 'Dockerfile' },
    },
  ],
  [
    'build arguments go by name',
    over('build: {args: [A=1, B=2]}', 'build: {args: {B: 3}}'),
    {
      'services.web.build.args': { A: '1', B: '3' },
    },
  ],
  [
    'logging of the same driver is merged',
    over('logging: {driver: x, options: {a: 1}}', 'logging: {driver: x, options: {b: 2}}'),
    { 'services.web.logging': { driver: 'x', options: { a: '1', b: '2' } } },
  ],
  [
    'logging of another driver is replaced',
    over('logging: {driver: x, options: {a: 1}}', 'logging: {driver: y, options: {b: 2}}'),
    { 'services.web.logging': { driver: 'y', options: { b: '2' } } },
  ],
  [
    'logging without a driver goes with the one before',
    over('logging: {driver: x, options: {a: 1}}', 'logging: {options: {b: 2}}'),
    { 'services.web.logging': { driver: 'x', options: { a: '1', b: '2' } } },
  ],
  [
    'a limit as a number and as a map',
    over('ulimits: {n: 1}', 'ulimits: {n: {soft: 2, hard: 3}}'),
    {
      'services.web.ulimits': { n: { soft: 2, hard: 3 } },
    },
  ],
  [
    'address pools go by their subnet',
    overridden(
      `${web('')}\nnetworks: {n: {ipam: {config: [{subnet: 10.0.0.0/24, gateway: 10.0.0.1}]}}}`,
      'networks: {n: {ipam: {config: [{subnet: 10.0.0.0/24, ip_range: 10.0.0.0/28}, {subnet: 10.1.0.0/24}]}}}',
    ),
    {
      'networks.n.ipam.config': [
        { subnet: '10.0.0.0/24', gateway: '10.0.0.1', ip_range: '10.0.0.0/28' },
        { subnet: '10.1.0.0/24' },
      ],
    },
  ],
  [
    'a pool that the override does not name goes',
    overridden(
      `${web('')}\nnetworks: {n: {ipam: {config: [{subnet: 10.0.0.0/24}]}}}`,
      'networks: {n: {ipam: {config: [{subnet: 10.1.0.0/24}]}}}',
    ),
    { 'networks.n.ipam.config': [{ subnet: '10.1.0.0/24' }] },
  ],
  [
    'labels of a volume go by name',
    overridden(`${web('')}\nvolumes: {v: {labels: [a=1]}}`, 'volumes: {v: {labels: {a: 2, b: 3}}}'),
    { 'volumes.v.labels': { a: '2', b: '3' } },
  ],
  [
    'a service that only the override has',
    overridden(web(''), 'services: {db: {image: b}}'),
    {
      'services.db.image': 'b',
    },
  ],
  ['extensions are merged', overridden(`${web('')}\nx-a: {b: 1}`, 'x-a: {c: 2}'), { 'x-a': { b: 1, c: 2 } }],
  [
    'three files in their order',
    {
      files: { 'a.yaml': web('user: a'), 'b.yaml': web('user: b'), 'c.yaml': web('hostname: c') },
      use: ['a.yaml', 'b.yaml', 'c.yaml'],
    },
    { 'services.web.user': 'b', 'services.web.hostname': 'c' },
  ],
  [
    'several documents of one file',
    onlyFile(`${web('user: a')}\n---\n${web('user: b')}\n`),
    {
      'services.web.user': 'b',
    },
  ],
  [
    '!reset takes a key out',
    over('ports: ["80:80"]', 'ports: !reset []'),
    { 'services.web.ports': undefined },
  ],
  [
    '!reset of a variable',
    over('environment: {A: 1, B: 2}', 'environment: {A: !reset null}'),
    {
      'services.web.environment': { B: '2' },
    },
  ],
  [
    '!reset of a service',
    overridden('services: {a: {image: a}, b: {image: b}}', 'services: {b: !reset {}}'),
    {
      'services.b': undefined,
      'services.a.image': 'a',
    },
  ],
  [
    '!reset through an alias',
    overridden(web('ports: ["80:80"]'), 'x-none: &none !reset []\nservices: {web: {ports: *none}}'),
    { 'services.web.ports': undefined },
  ],
  [
    '!reset through a merge',
    overridden(web('ports: ["80:80"]'), 'x-none: &none {ports: !reset []}\nservices: {web: {<<: *none}}'),
    { 'services.web.ports': undefined },
  ],
  [
    '!override replaces a list',
    over('ports: ["80:80"]', 'ports: !override ["81:81"]'),
    {
      'services.web.ports.0.published': '81',
      'services.web.ports.1': undefined,
    },
  ],
  [
    '!override replaces a map',
    over('environment: {A: 1}', 'environment: !override {B: 2}'),
    {
      'services.web.environment': { B: '2' },
    },
  ],
];
testRows(rows);

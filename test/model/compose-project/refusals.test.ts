// Refusals: what Compose does not take, told in one line; and what it would miss, told and taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Given,
  loadGiven,
  onlyFile,
  overridden,
  type RefusalRow,
  testRefusals,
  web,
} from './project.ts';

const of = (more: string): Given => onlyFile(web(more));

const rows: readonly RefusalRow[] = [
  ['an empty file', onlyFile('# nothing\n'), /^empty compose file$/],
  ['a document without anything', onlyFile('services: {web: {image: a}}\n---\n'), /must be a mapping/],
  ['a name that comes to nothing', onlyFile(`name: "\${A}"\n${web('')}`), /^project name must not be empty$/],
  [
    'a key that nobody knows',
    of('deploy: {resources: {most: 1}}'),
    /services\.web\.deploy\.resources: .*most/,
  ],
  ['a base in a file that is no path', of('extends: {service: a, file: 1}'), /extends\.file must be a path/],
  ['fewer than no retries', of('healthcheck: {retries: -1}'), /retries must be zero or more/],
  ['a fraction as a text', of('labels: {}, cpu_shares: "1.5"'), /cpu_shares/],
  ['a fraction as a group', of('group_add: [1.5]'), /group_add.* must be a string/],
  ['a container port of 0', of('ports: ["80:0"]'), /invalid containerPort: 0/],
  [
    'an env file of an unknown format',
    { files: { 'compose.yaml': web('env_file: [{path: x.env, format: json}]'), 'x.env': '' } },
    /unsupported env_file format "json"/,
  ],
  [
    'a blank in a name of a raw env file',
    { files: { 'compose.yaml': web('env_file: [{path: x.env, format: raw}]'), 'x.env': 'export A=1' } },
    /the name "export A" has blanks/,
  ],
  ['a file that is no map', onlyFile('- a\n'), /top-level object must be a mapping/],
  ['no YAML', onlyFile('services:\n\tweb: {}\n'), /^compose\.yaml:2:1: /],
  ['a key twice', onlyFile('services: {web: {image: a, image: b}}'), /"image" stands in this map already/],
  ['an alias of nothing', of('labels: *no'), /&no/],
  [
    'a merge of what is no map',
    onlyFile('x-a: &a text\nservices: {web: {<<: *a}}'),
    /Only maps can be merged/,
  ],
  ['an alias inside its own anchor', onlyFile('x-a: &a {b: {<<: *a}}'), /inside its own anchor/],
  ['a key that is a number', onlyFile('services: {1: {image: a}}'), /services: the key 1 is not a string/],
  ['a service that is a text', onlyFile('services: {web: nginx}'), /services\.web must be a mapping/],
  ['a service without anything', onlyFile('services: {web: }'), /services\.web must be a mapping/],
  ['services as a list', onlyFile('services: [web]'), /services must be a mapping/],
  ['an image as a list', onlyFile('services: {web: {image: [a]}}'), /services\.web\.image: .* not a list/],
  ['privileged as a list', of('privileged: [true]'), /services\.web\.privileged: .* not a list/],
  ['a variable as a list', of('environment: {A: [b]}'), /services\.web\.environment\.A: .* not a list/],
  ['a blank behind the name of a variable', of('environment: ["A =b"]'), /A .* trailing space/],
  [
    'a variable that is required',
    of('user: "${A:?say who}"'),
    /services\.web\.user: required variable A is missing a value: say who/,
  ],
  ['a template that is none', of('user: "${A b}"'), /services\.web\.user: invalid interpolation format/],
  [
    'a default over two lines',
    onlyFile('services:\n  web:\n    image: a\n    user: |\n      ${A:-b\n      c}\n'),
    /invalid interpolation format/,
  ],
  ['no boolean', of('privileged: "$A"'), /services\.web\.privileged: failed to cast/],
  ['no number', of('healthcheck: {retries: "x"}'), /healthcheck\.retries: failed to cast/],
  [
    'a list over a map',
    overridden(web('deploy: {mode: global}'), web('deploy: [a]')),
    /cannot override services\.web\.deploy/,
  ],
  [
    'a map over a list',
    overridden(web('cap_add: [A]'), web('cap_add: {A: 1}')),
    /cannot override services\.web\.cap_add/,
  ],
  ['a service that extends itself', onlyFile('services: {web: {extends: web}}'), /Circular reference/],
  [
    'a circle of extends',
    onlyFile('services: {a: {extends: b}, b: {extends: c}, c: {extends: a}}'),
    /Circular reference/,
  ],
  [
    'a circle of extends through files',
    {
      files: {
        'compose.yaml': 'services: {a: {extends: {file: b.yaml, service: b}}}',
        'b.yaml': 'services: {b: {extends: {file: compose.yaml, service: a}}}',
      },
    },
    /Circular reference/,
  ],
  [
    'extends of a service that is not there',
    onlyFile('services: {a: {extends: b}}'),
    /service "b" not found/,
  ],
  [
    'extends from a file that is not there',
    onlyFile('services: {a: {extends: {file: no.yaml, service: b}}}'),
    /\/p\/no\.yaml: no such file/,
  ],
  ['extends without a service', onlyFile('services: {a: {extends: {file: x.yaml}}}'), /service is required/],
  ['an include of itself', onlyFile('include: [compose.yaml]'), /include cycle detected/],
  [
    'a circle of includes',
    { files: { 'compose.yaml': 'include: [a.yaml]', 'a.yaml': 'include: [compose.yaml]' } },
    /include cycle detected/,
  ],
  ['an include of a file that is not there', onlyFile('include: [no.yaml]'), /no such file/],
  ['include as a text', onlyFile('include: a.yaml'), /`include` must be a list/],
  [
    'the env file of an include that is not there',
    { files: { 'compose.yaml': 'include: [{path: a.yaml, env_file: no.env}]', 'a.yaml': web('') } },
    /couldn't find env file: \/p\/no\.env/,
  ],
  [
    'an env file with a blank in a name',
    { files: { 'compose.yaml': web('env_file: x.env'), 'x.env': 'A=1\nB C=2\n' } },
    /x\.env: line 2: key cannot contain a space/,
  ],
  [
    'an env file with an open quote',
    { files: { 'compose.yaml': web('env_file: x.env'), 'x.env': 'A="b\n' } },
    /x\.env: line 1: unterminated/,
  ],
  ['a port above the highest', of('ports: ["80:70000"]'), /invalid containerPort: 70000/],
  ['a port that is a word', of('ports: ["http:80"]'), /invalid hostPort: http/],
  ['a port without a number', of('ports: ["80:"]'), /no port specified/],
  ['ranges of unlike length', of('ports: ["80-81:80-82"]'), /invalid ranges/],
  ['a protocol that is none', of('ports: ["80:80/http"]'), /invalid proto: http/],
  ['an address that is none', of('ports: ["1.2.3:80:80"]'), /invalid ip address: 1\.2\.3/],
  [
    'an address of a long port that is none',
    of('ports: [{target: 80, host_ip: local}]'),
    /invalid ip address: local/,
  ],
  ['a mount of too many parts', of('volumes: ["/a:/b:ro:z"]'), /too many colons/],
  ['a mount with an empty part', of('volumes: ["/a::ro"]'), /empty section between colons/],
  ['an empty mount', of('volumes: [""]'), /invalid empty volume spec/],
  ['a mount without a target', of('volumes: [{type: bind, source: /a}]'), /mount target is missing/],
  ['a bind mount without a source', of('volumes: [{type: bind, target: /a}]'), /source must not be empty/],
  ['two mounts at one target', of('tmpfs: /a, volumes: ["data:/a"]'), /target \/a already mounted/],
  ['a device of too many parts', of('devices: ["/a:/b:r:w"]'), /confusing device mapping/],
  ['a size that is none', of('mem_limit: 1x'), /services\.web\.mem_limit: .*"1x" is not/],
  [
    'a duration without a unit',
    of('stop_grace_period: 10'),
    /services\.web\.stop_grace_period: .* not the number 10/,
  ],
  ['a command with an open quote', of(`command: "a 'b"`), /invalid command line string/],
  ['a host without an address', of('extra_hosts: [h]'), /missing IP: h/],
  ['a count that is no number', of('gpus: [{count: many}]'), /only value allowed is 'all' or a number/],
  ['a count beside ids', of('gpus: [{count: 1, device_ids: [a]}]'), /attributes are exclusive/],
  [
    'an external volume with a driver',
    onlyFile(`${web('')}\nvolumes: {v: {external: true, driver: local}}`),
    /conflicting parameters "external" and "driver"/,
  ],
  [
    'two names of an external volume',
    onlyFile(`${web('')}\nvolumes: {v: {name: a, external: {name: b}}}`),
    /name and external\.name conflict/,
  ],
  [
    'a secret from nowhere',
    onlyFile(`${web('')}\nsecrets: {s: {name: x}}`),
    /secrets\.s: one of file\|environment must be set/,
  ],
  [
    'a config from two places',
    onlyFile(`${web('')}\nconfigs: {c: {file: x, content: y}}`),
    /mutually exclusive/,
  ],
  ['a dependency on nobody', of('depends_on: [db]'), /service "web" depends on undefined service "db"/],
  ['a network of nobody', of('network_mode: "service:db"'), /depends on undefined service "db"/],
  [
    'a dependency on a profile that is off',
    onlyFile('services: {web: {image: a, depends_on: [db]}, db: {image: b, profiles: [x]}}'),
    /depends on undefined service "db"/,
  ],
  [
    'a circle of dependencies',
    onlyFile('services: {a: {image: a, depends_on: [b]}, b: {image: b, depends_on: [a]}}'),
    /dependency cycle detected: a -> b -> a/,
  ],
  ['a network mode beside networks', of('network_mode: host, networks: [n]'), /mutually exclusive/],
  [
    'two files to build from',
    of('build: {dockerfile: a, dockerfile_inline: FROM b}'),
    /dockerfile and dockerfile_inline/,
  ],
  [
    'a platform that is not built',
    of('platform: linux/arm64, build: {platforms: [linux/amd64]}'),
    /MUST include service\.platform/,
  ],
  ['two scales', of('scale: 2, deploy: {replicas: 3}'), /can't set distinct values on 'scale'/],
  [
    'two memory limits',
    of('mem_limit: 1g, deploy: {resources: {limits: {memory: 2g}}}'),
    /can't set distinct values on 'mem_limit'/,
  ],
  [
    'several containers of one name',
    of('container_name: web, deploy: {replicas: 2}'),
    /container name must be unique/,
  ],
  ['a test that is no test', of('healthcheck: {test: [curl, x]}'), /must start either by/],
  [
    'a project that cannot be called so',
    { ...of(''), shell: { COMPOSE_PROJECT_NAME: 'My Shop' } },
    /invalid project name "My Shop"/,
  ],
  [
    'aliases that stand for millions',
    onlyFile(
      `x-0: &a0 [x]\n${Array.from({ length: 12 }, (_, at) => `x-${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]\n`).join('')}`,
    ),
    /more than 100000 values/,
  ],
];
testRefusals(rows);

const warnings: readonly (readonly [name: string, given: Given, warning: RegExp])[] = [
  [
    'a service without an image',
    onlyFile('services: {web: {user: a}}'),
    /web has neither an image nor a build/,
  ],
  ['a network that nobody declares', of('networks: [n]'), /uses n, which no file declares under networks/],
  [
    'a volume that nobody declares',
    of('volumes: ["data:/d"]'),
    /uses data, which no file declares under volumes/,
  ],
  ['a secret that nobody declares', of('secrets: [s]'), /under secrets/],
  ['an env file that is not there', of('env_file: no.env'), /\/p\/no\.env, which is not there/],
  ['a variable that is not set', of('user: $A'), /variable A is not set/],
  ['a key that nobody knows', of('usr: a'), /services\.web: A service has no key "usr"/],
];
for (const [name, given, warning] of warnings) {
  test(`told, and taken: ${name}`, () => {
    assert.match(loadGiven(given).warnings.join('\n'), warning);
  });
}

// Values: variables filled in, texts cast, short forms made long, and what Compose adds.
import { onlyFile, type Row, testRows, web } from './project.ts';

const of = (more: string, shell: Readonly<Record<string, string>> = {}): Row[1] => ({
  ...onlyFile(web(more)),
  shell,
});
const hostname = (template: string, shell?: Readonly<Record<string, string>>): Row[1] =>
  of(`hostname: "${template}"`, shell);

const interpolation: readonly Row[] = [
  ['a variable', hostname('$A-${A}', { A: 'x' }), { 'services.web.hostname': 'x-x' }],
  ['a variable without a value is empty', hostname('a${A}b'), { 'services.web.hostname': 'ab' }],
  [':- for unset and empty', hostname('${A:-x}${B:-y}', { B: '' }), { 'services.web.hostname': 'xy' }],
  ['- for unset alone', hostname('a${A-x}${B-y}', { B: '' }), { 'services.web.hostname': 'ax' }],
  [
    ':+ where it is filled',
    hostname('a${A:+x}${B:+y}', { A: '1', B: '' }),
    { 'services.web.hostname': 'ax' },
  ],
  ['+ where it is set', hostname('${A+x}${B+y}', { B: '' }), { 'services.web.hostname': 'y' }],
  ['? where it is set', hostname('${A?no}', { A: 'x' }), { 'services.web.hostname': 'x' }],
  ['defaults within defaults', hostname('${A:-${B:-${C}}}', { C: 'c' }), { 'services.web.hostname': 'c' }],
  ['the first operator counts', hostname('${A-b:-c}'), { 'services.web.hostname': 'b:-c' }],
  [
    'a default that is not needed is not looked at',
    hostname('${A:-${B?no}}', { A: 'x' }),
    {
      'services.web.hostname': 'x',
    },
  ],
  ['$$ is a $', hostname('$$A'), { 'services.web.hostname': '$A' }],
  ['a $ before anything else is one', hostname('a$ b$1'), { 'services.web.hostname': 'a$ b$1' }],
  ['braces in a default', hostname('${A:-{x}}'), { 'services.web.hostname': '{x}' }],
  ['keys are not filled in', of('labels: {"$A": "$A"}', { A: 'x' }), { 'services.web.labels': { $A: 'x' } }],
  [
    '.env gives values',
    { files: { 'compose.yaml': web('hostname: $A'), '.env': 'A=x' } },
    {
      'services.web.hostname': 'x',
    },
  ],
  [
    'the shell wins over .env',
    { files: { 'compose.yaml': web('hostname: $A'), '.env': 'A=x' }, shell: { A: 'y' } },
    {
      'services.web.hostname': 'y',
    },
  ],
  [
    'the project is a variable',
    onlyFile(`name: shop\n${web('hostname: $COMPOSE_PROJECT_NAME')}`),
    {
      'services.web.hostname': 'shop',
    },
  ],
  [
    'texts become what stands at their place',
    of('privileged: "$B", tty: yes, healthcheck: {retries: "$N"}, ulimits: {n: "$N"}', { B: 'true', N: '5' }),
    {
      'services.web.privileged': true,
      'services.web.tty': true,
      'services.web.healthcheck.retries': 5,
      'services.web.ulimits.n': 5,
    },
  ],
  ['an empty name server is left out', of('dns: ["$A", 1.1.1.1]'), { 'services.web.dns': ['1.1.1.1'] }],
];

const envFile = (text: string): Row[1] => ({
  files: { 'compose.yaml': web('env_file: x.env'), 'x.env': text },
  shell: { SHELL_HAS: 'it' },
});

const envFiles: readonly Row[] = [
  [
    'lines, comments and export',
    envFile('A=1\n# no\n\nexport B = 2 # not this\nC: 3\n'),
    {
      'services.web.environment': { A: '1', B: '2', C: '3' },
    },
  ],
  ['single quotes keep everything', envFile("A='$B \\n'\n"), { 'services.web.environment.A': '$B \\n' }],
  [
    'double quotes take escapes and variables',
    envFile('B=x\nA="a\\tb ${B}\\$B"\n'),
    {
      'services.web.environment.A': 'a\tb x$B',
    },
  ],
  [
    'a quoted value over lines',
    envFile('A="a\nb"\nB=2\n'),
    {
      'services.web.environment': { A: 'a\nb', B: '2' },
    },
  ],
  ['# within a word is no comment', envFile('A=a#b\n'), { 'services.web.environment.A': 'a#b' }],
  [
    'values use those above, and the shell',
    envFile('A=1\nB=${A}${SHELL_HAS}${NO:-x}\n'),
    {
      'services.web.environment.B': '1itx',
    },
  ],
  [
    'a name alone is taken from the shell',
    envFile('SHELL_HAS\nNOBODY_HAS\n'),
    {
      'services.web.environment': { SHELL_HAS: 'it' },
    },
  ],
  [
    'the service wins over its env file',
    { files: { 'compose.yaml': web('env_file: x.env, environment: {A: own}'), 'x.env': 'A=file\nB=file' } },
    { 'services.web.environment': { A: 'own', B: 'file' } },
  ],
  [
    'a later env file wins',
    { files: { 'compose.yaml': web('env_file: [x.env, y.env]'), 'x.env': 'A=x', 'y.env': 'A=y' } },
    { 'services.web.environment': { A: 'y' } },
  ],
  [
    'a raw file means what it says',
    {
      files: {
        'compose.yaml': web('env_file: [{path: x.env, format: raw}]'),
        'x.env': '\uFEFF# no\n\n  A="$B # c"\r\nSHELL_HAS\nNOBODY_HAS\nC=a=b \n',
      },
      shell: { SHELL_HAS: 'it' },
    },
    { 'services.web.environment': { A: '"$B # c"', SHELL_HAS: 'it', C: 'a=b ' } },
  ],
  [
    'names without a value are taken from the shell',
    of('environment: [A, B, C=]', { A: 'x' }),
    { 'services.web.environment': { A: 'x', B: null, C: '' } },
  ],
  [
    'build arguments without a value go',
    of('build: {args: [A, B]}', { A: 'x' }),
    {
      'services.web.build.args': { A: 'x' },
    },
  ],
];

const forms: readonly Row[] = [
  [
    'a range of ports',
    of('ports: ["8000-8001:80-81/udp"]'),
    {
      'services.web.ports': [
        { mode: 'ingress', target: 80, protocol: 'udp', published: '8000' },
        { mode: 'ingress', target: 81, protocol: 'udp', published: '8001' },
      ],
    },
  ],
  [
    'a scale is the number of replicas',
    of('scale: 2, deploy: {mode: replicated}'),
    { 'services.web.deploy': { mode: 'replicated', replicas: 2 } },
  ],
  [
    'a fraction of a whole number is cut off, a size with one is none',
    of('cpu_shares: 1.9, mem_limit: 1.5'),
    { 'services.web.cpu_shares': 1, 'services.web.mem_limit': undefined },
  ],
  [
    'no pause between updates is not shown',
    of('deploy: {update_config: {delay: 0s, monitor: 1s}}'),
    { 'services.web.deploy.update_config': { monitor: '1s' } },
  ],
  [
    'options of a provider are text',
    onlyFile('services: {web: {provider: {type: p, options: {a: true, b: [1, x]}}}}'),
    { 'services.web.provider.options': { a: ['true'], b: ['1', 'x'] } },
  ],
  ['a pool of host ports', of('ports: ["8000-8010:80"]'), { 'services.web.ports.0.published': '8000-8010' }],
  [
    'a port of an IPv6 address without brackets',
    of('ports: ["2001:db8::1:80:81"]'),
    { 'services.web.ports.0.host_ip': '2001:db8::1', 'services.web.ports.0.published': '80' },
  ],
  [
    'a port of an IPv6 address',
    of('ports: ["[::1]:80:81"]'),
    {
      'services.web.ports.0': {
        mode: 'ingress',
        host_ip: '::1',
        target: 81,
        published: '80',
        protocol: 'tcp',
      },
    },
  ],
  [
    'a port as a number',
    of('ports: [80]'),
    {
      'services.web.ports': [{ mode: 'ingress', target: 80, protocol: 'tcp' }],
    },
  ],
  [
    'a bind mount',
    of('volumes: ["./a:/b:ro,z"]'),
    {
      'services.web.volumes': [
        { type: 'bind', source: '/p/a', target: '/b', read_only: true, bind: { selinux: 'z' } },
      ],
    },
  ],
  [
    'a home folder',
    of('volumes: ["~/a:/b/"]'),
    {
      'services.web.volumes.0.source': '/home/me/a',
      'services.web.volumes.0.target': '/b',
    },
  ],
  [
    'a named volume',
    of('volumes: ["data:/b:nocopy"]'),
    {
      'services.web.volumes': [{ type: 'volume', source: 'data', target: '/b', volume: { nocopy: true } }],
    },
  ],
  [
    'an anonymous volume',
    of('volumes: [/data]'),
    { 'services.web.volumes': [{ type: 'volume', target: '/data', volume: {} }] },
  ],
  [
    'a bind mount that must be there',
    of('volumes: [{type: bind, source: a, target: /b, bind: {create_host_path: false}}]'),
    {
      'services.web.volumes.0.bind': { create_host_path: false },
    },
  ],
  [
    'a secret by its name',
    of('secrets: [s]'),
    { 'services.web.secrets': [{ source: 's', target: '/run/secrets/s' }] },
  ],
  [
    'modes are octal',
    of('secrets: [{source: s, mode: 0440}, {source: t, mode: "0400"}]'),
    {
      'services.web.secrets.0.mode': '0440',
      'services.web.secrets.1.mode': '0400',
    },
  ],
  [
    'sizes in bytes',
    of('mem_limit: 1.5g, shm_size: 64kb, memswap_limit: -1'),
    {
      'services.web.mem_limit': '1610612736',
      'services.web.shm_size': '65536',
      'services.web.memswap_limit': '-1',
    },
  ],
  [
    'durations',
    of('stop_grace_period: 90s, healthcheck: {interval: 1h, timeout: 1.5s, start_period: 250ms}'),
    {
      'services.web.stop_grace_period': '1m30s',
      'services.web.healthcheck': { interval: '1h0m0s', timeout: '1.5s', start_period: '250ms' },
    },
  ],
  [
    'a command in words',
    of('command: sh -c "a b" \'c d\' e\\ f'),
    {
      'services.web.command': ['sh', '-c', 'a b', 'c d', 'e f'],
    },
  ],
  ['an empty entrypoint is one', of('entrypoint: []'), { 'services.web.entrypoint': [] }],
  [
    'a test as text is for the shell',
    of('healthcheck: {test: curl x}'),
    {
      'services.web.healthcheck.test': ['CMD-SHELL', 'curl x'],
    },
  ],
  [
    'hosts by either sign',
    of('extra_hosts: ["a:1.1.1.1", "b=::1", "c:[::2]"]'),
    {
      'services.web.extra_hosts': ['a=1.1.1.1', 'b=::1', 'c=::2'],
    },
  ],
  ['all the GPUs', of('gpus: all'), { 'services.web.gpus': [{ count: -1 }] }],
  [
    'keys of an agent',
    of('build: {ssh: [default, k=/x]}'),
    { 'services.web.build.ssh': ['default', { k: '/x' }] },
  ],
  [
    'a context elsewhere',
    of('build: "https://x.example/r.git#main:d"'),
    {
      'services.web.build.context': 'https://x.example/r.git#main:d',
    },
  ],
  [
    'numbers and booleans as labels',
    of('labels: {a: 1, b: true, c: 1.50, d: }'),
    {
      'services.web.labels': { a: '1', b: 'true', c: '1.5', d: '' },
    },
  ],
  [
    'what is false goes without saying',
    of('privileged: false, init: false'),
    {
      'services.web.privileged': undefined,
      'services.web.init': false,
    },
  ],
  [
    'the old way to name what is external',
    onlyFile(`${web('')}\nvolumes: {v: {external: {name: n}}}`),
    {
      'volumes.v': { external: true, name: 'n' },
    },
  ],
  ['if_not_present is missing', of('pull_policy: if_not_present'), { 'services.web.pull_policy': 'missing' }],
];

const additions: readonly Row[] = [
  [
    'the default network',
    of(''),
    {
      'services.web.networks': { default: null },
      'networks.default': { name: 'p_default' },
    },
  ],
  [
    'none beside a network mode',
    of('network_mode: host'),
    { 'services.web.networks': undefined, networks: undefined },
  ],
  [
    'names of resources',
    onlyFile(`name: shop\n${web('')}\nvolumes: {a: , b: {name: c}, d: {external: true}}`),
    {
      'volumes.a.name': 'shop_a',
      'volumes.b.name': 'c',
      'volumes.d.name': 'd',
    },
  ],
  [
    'dependencies that go without saying',
    onlyFile(
      'services: {a: {image: a, links: ["b:x"], network_mode: "service:c", volumes_from: ["d:ro"]}, b: {image: b}, c: {image: c}, d: {image: d}}',
    ),
    {
      'services.a.depends_on': {
        b: { condition: 'service_started', restart: true, required: true },
        c: { condition: 'service_started', restart: true, required: true },
        d: { condition: 'service_started', required: true },
      },
    },
  ],
  ['version goes', onlyFile(`version: "3"\n${web('')}`), { version: undefined }],
  [
    'services of a profile that is not asked for',
    onlyFile('services: {a: {image: a}, b: {image: b, profiles: [x]}}'),
    {
      'services.a.image': 'a',
      'services.b': undefined,
    },
  ],
  [
    'services of a profile',
    {
      ...onlyFile('services: {a: {image: a, profiles: [y]}, b: {image: b, profiles: [x]}}'),
      profiles: ['x'],
    },
    { 'services.a': undefined, 'services.b.image': 'b' },
  ],
  [
    'all profiles',
    { ...onlyFile('services: {b: {image: b, profiles: [x]}}'), profiles: ['*'] },
    { 'services.b.image': 'b' },
  ],
  [
    'what runs before a start is like its service',
    of('user: me, volumes: [v:/v], pre_start: [{command: [x]}]'),
    {
      'services.web.pre_start': [{ image: 'a', user: 'me', command: ['x'], networks: { default: null } }],
    },
  ],
  [
    'x-develop is develop',
    of('x-develop: {watch: [{path: ./a, action: rebuild}]}'),
    {
      'services.web.develop.watch': [{ path: '/p/a', action: 'rebuild' }],
    },
  ],
];
testRows([...interpolation, ...envFiles, ...forms, ...additions]);

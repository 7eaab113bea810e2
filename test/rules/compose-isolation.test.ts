// Edge cases of the rules on what a service shares with the host, and of their repairs.
import controlSocket from '../../server/core/rules/compose/compose-control-socket.ts';
import capability from '../../server/core/rules/compose/compose-dangerous-capability.ts';
import defaultCapabilities from '../../server/core/rules/compose/compose-default-capabilities.ts';
import hostNetwork from '../../server/core/rules/compose/compose-host-network.ts';
import looseTmpfs from '../../server/core/rules/compose/compose-loose-tmpfs.ts';
import propagation from '../../server/core/rules/compose/compose-mount-propagation.ts';
import newPrivileges from '../../server/core/rules/compose/compose-new-privileges.ts';
import privileged from '../../server/core/rules/compose/compose-privileged.ts';
import rootUser from '../../server/core/rules/compose/compose-root-user.ts';
import sensitivePath from '../../server/core/rules/compose/compose-sensitive-host-path.ts';
import sharedVolume from '../../server/core/rules/compose/compose-shared-volume.ts';
import unconfined from '../../server/core/rules/compose/compose-unconfined.ts';
import writablePath from '../../server/core/rules/compose/compose-writable-host-path.ts';
import writableRoot from '../../server/core/rules/compose/compose-writable-root.ts';
import { type Row, ruleTable } from '../support/rule-table.ts';

/** A service of an image that nobody knows. */
const app = (...keys: readonly string[]): string =>
  `services:\n  app:\n    image: example/app:1\n${keys.map(key => `    ${key}\n`).join('')}`;

ruleTable(capability, [
  ['in quotes, with the prefix', app('cap_add: ["«CAP_sys_admin»"]'), 'host', app()],
  ['by the default of a variable', app('cap_add: ["${CAP:-«BPF»}"]'), 'kernel', app()],
  ['a variable', app('cap_add: [$CAP]'), ''],
  [
    'one item of two services, by an alias',
    'services:\n  a:\n    image: a/a:1\n    cap_add: &caps [«SYSLOG», CHOWN]\n  b:\n    image: b/b:1\n    cap_add: *caps\n',
    'disclosure',
    'services:\n  a:\n    image: a/a:1\n    cap_add: &caps [CHOWN]\n  b:\n    image: b/b:1\n    cap_add: *caps\n',
  ],
  ['no list yet', app('cap_add:'), ''],
]);

ruleTable(controlSocket, [
  [
    'every spelling of the root',
    app('volumes: ["«//»:/a", "«/.»:/b", "«/etc/..»:/c:ro"]'),
    'folder folder folder',
    app(),
  ],
  ['at the home of a person', app('volumes: ["«$HOME/.docker/run/docker.sock»:/s"]'), 'docker', app()],
  ['nothing but steps up', app(`volumes: ["«${'../'.repeat(40)}..»:/host"]`), 'folder', app()],
  ['a few steps up', app('volumes: ["../..:/src"]'), ''],
  [
    'a volume that is elsewhere',
    `${app('volumes: ["docker:/var/run/docker.sock"]')}volumes:\n  docker:\n    external: true\n`,
    '',
  ],
  ['not said to be true', app('use_api_socket: false'), ''],
  [
    'a comment stays',
    app('volumes:', '  # the data', '  - ./data:/data', '  - «/run»:/run'),
    'folder',
    app('volumes:', '  # the data', '  - ./data:/data'),
  ],
]);

ruleTable(writablePath, [
  ['the option is there already', app('volumes: ["/etc:/etc:z,ro"]'), ''],
  ['beside another option', app("volumes: ['«/boot»:/b:z']"), 'system', app("volumes: ['/boot:/b:z,ro']")],
  [
    'in the long form, said to be false',
    app('volumes:', '  - {type: bind, source: «/proc», target: /p, read_only: false}'),
    'system',
    app('volumes:', '  - {type: bind, source: /proc, target: /p, read_only: true}'),
  ],
  [
    'in flow style',
    app('volumes: [{type: bind, source: «/bin», target: /b}]'),
    'system',
    app('volumes: [{type: bind, source: /bin, target: /b, read_only: true}]'),
  ],
  [
    'a target by a variable',
    app('volumes: ["«/etc»:${T:-/e}"]'),
    'system',
    app('volumes: ["/etc:${T:-/e}:ro"]'),
  ],
  ['below what a variable names', app('volumes: ["/${X}/etc:/e", "$X/etc:/f"]'), ''],
]);

ruleTable(sensitivePath, [
  ['what the socket rule reports', app('volumes: ["/run:/r", "/run/docker.sock:/d"]'), ''],
  ['what may be written is another rule’s', app('volumes: ["/etc:/e"]'), ''],
  ['another person’s home', app('volumes: ["~ann/.ssh:/k"]'), ''],
  ['a known name below a variable', app('volumes: ["«/home/$USER/.aws»:/aws:ro"]'), 'credentials', app()],
]);

ruleTable(hostNetwork, [
  [
    'in flow style',
    'services:\n  web: {image: nginx:1.30, network_mode: «host»}\n',
    'host',
    'services:\n  web: {image: nginx:1.30, ports: [127.0.0.1:80:80]}\n',
  ],
  [
    'through an anchor: a person decides',
    'x-net: &net\n  network_mode: «host»\n  restart: always\nservices:\n  a:\n    <<: *net\n    image: nginx:1.30\n  b:\n    <<: *net\n    image: nginx:1.30\n',
    'host',
    'x-net: &net\n  restart: always\nservices:\n  a:\n    <<: *net\n    image: nginx:1.30\n  b:\n    <<: *net\n    image: nginx:1.30\n',
  ],
  ['by the default of a variable', app('network_mode: ${MODE:-«host»}'), 'host', app()],
]);

ruleTable(looseTmpfs, [
  [
    'all at once',
    app('tmpfs: "/tmp:«exec»,«suid»,size=1m,dev"'),
    'loose loose',
    app('tmpfs: "/tmp:size=1m,dev"'),
  ],
  ['words that only look like it', app('tmpfs: ["/tmp:noexec,nosuid,nodev"]'), ''],
]);

ruleTable(privileged, [
  [
    'in every spelling',
    `services:\n${['yes', 'On', '"true"', "'Y'"].map((yes, at) => `  a${at}:\n    image: a/a:1\n    «privileged»: ${yes}\n`).join('')}`,
    'privileged privileged privileged privileged',
    `services:\n${[0, 1, 2, 3].map(at => `  a${at}:\n    image: a/a:1\n`).join('')}`,
  ],
  ['not said to be true', app('privileged: "false"'), ''],
]);

ruleTable(propagation, [
  ['private is the default', app('volumes: ["./a:/a:rprivate"]'), ''],
  [
    'beside others',
    app('volumes: ["./a:/a:ro,«shared»,z"]'),
    'shared',
    app('volumes: ["./a:/a:ro,private,z"]'),
  ],
]);

ruleTable(unconfined, [
  [
    'beside what stays',
    app('security_opt: [no-new-privileges:true, "«seccomp=unconfined»"]'),
    'seccomp',
    app('security_opt: [no-new-privileges:true]'),
  ],
  ['written for labels', app('security_opt:', '  - «label:seccomp:unconfined»'), 'seccomp', app()],
]);

ruleTable(newPrivileges, [
  [
    'a list that is half-typed',
    app('«security_opt»:'),
    'unset',
    app('security_opt:', '  - no-new-privileges:true'),
  ],
]);

ruleTable(rootUser, [
  [
    'by the default of a variable',
    app('user: ${APP_USER:-«root»}'),
    'root',
    app('user: ${APP_USER:-1000:1000}'),
  ],
  ['another account with the group of root', app('user: "1000:root"'), ''],
]);

const rows: readonly Row[] = [
  [
    'an anchor that others take',
    'services:\n  «a»: &a\n    image: a/a:1\n  «b»:\n    <<: *a\n',
    'all all',
    'services:\n  a: &a\n    image: a/a:1\n  b:\n    <<: *a\n    cap_drop:\n      - ALL\n',
  ],
  [
    'a flow map',
    'services:\n  «a»: {image: a/a:1}\n',
    'all',
    'services:\n  a: {image: a/a:1, cap_drop: [ALL]}\n',
  ],
];
ruleTable(defaultCapabilities, rows);

ruleTable(writableRoot, [
  ['in quotes', app('read_only: "true"'), ''],
  ['a text in place of a list', 'services:\n  «app»:\n    image: nginx:1.30\n    tmpfs: /run\n', 'missing'],
]);

ruleTable(sharedVolume, [
  [
    'one place that two services take',
    'x-v: &v\n  volumes: [data:/data]\nservices:\n  a:\n    <<: *v\n    image: a/a:1\n  b:\n    <<: *v\n    image: b/b:1\nvolumes:\n  data:\n',
    '',
  ],
]);

// What package managers print about versions, and what is read out of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions } from '../../server/node/versions/order.ts';
import {
  type Reading,
  readApkPolicy,
  readAptPolicy,
  readGemList,
  readNpmView,
  readPipIndex,
  readRpmList,
  readRpmNames,
  readZypperInfo,
} from '../../server/node/versions/readings.ts';

const aptPolicy = `curl:
  Installed: 7.88.1-10+deb12u14
  Candidate: 7.88.1-10+deb12u15
  Version table:
     7.88.1-10+deb12u15 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
 *** 7.88.1-10+deb12u14 100
        100 /var/lib/dpkg/status
git:
  Installed: (none)
  Candidate: 1:2.39.5-0+deb12u2
  Version table:
     1:2.39.5-0+deb12u2 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
bash:
  Installed: 5.2.15-2+b8
  Candidate: 5.2.15-2+b8
  Version table:
 *** 5.2.15-2+b8 100
        100 /var/lib/dpkg/status
awk:
  Installed: (none)
  Candidate: (none)
  Version table:
`;

const apkPolicy = `curl policy:
  8.14.1-r2:
    https://dl-cdn.alpinelinux.org/alpine/v3.22/main
  8.9.1-r1:
    lib/apk/db/installed
    https://dl-cdn.alpinelinux.org/alpine/v3.20/main
git policy:
  2.49.1-r0:
    https://dl-cdn.alpinelinux.org/alpine/v3.22/main
  2.51.0-r0:
    @edge https://dl-cdn.alpinelinux.org/alpine/edge/main
musl policy:
  1.2.5-r10:
    lib/apk/db/installed
`;

const dnfList = `Last metadata expiration check: 0:00:01 ago on Sat Nov 28 17:49:32 2026.
Installed Packages
bash.x86_64                            5.1.8-9.el9                     @System
tool-kit.noarch                        1.2.3-1.el9                     @baseos
Available Packages
epochal.x86_64                         2:3.0~rc1-4.el9                         r
tool-kit.noarch                        1.10.0-2.el9                            r
`;

const yumList = `Loaded plugins: fastestmirror, ovl
Available Packages
a-package-whose-name-is-very-long-indeed.x86_64
                                                 1.2-3.el7
                                                                            base
gcc-c++.i686           4.8.5-44.el7          base
gcc-c++.x86_64         4.8.5-44.el7          base
`;

const zypperInfo = `Loading repository data...
Reading installed packages...


Information for package tool-kit:
---------------------------------
Repository     : r
Name           : tool-kit
Version        : 1.10.0-2.el9
Arch           : noarch
Summary        : Version : 9


Information for package epochal:
--------------------------------
Name           : epochal
Version        : 2:3.0~rc1-4.el9

package 'nothing' not found.
`;

type Row = readonly [
  name: string,
  read: Reading,
  printed: string,
  names: readonly string[],
  versions: object,
];

const rows: readonly Row[] = [
  [
    'apt-cache policy: the candidate of a repository, not the status of the image',
    readAptPolicy,
    aptPolicy,
    [],
    { curl: '7.88.1-10+deb12u15', git: '1:2.39.5-0+deb12u2' },
  ],
  [
    'apt-cache policy: a candidate that a pin prefers to a later one',
    readAptPolicy,
    'a:\n  Installed: (none)\n  Candidate: 1.0\n  Version table:\n     2.0 -1\n        100 http://b sid/main amd64 Packages\n     1.0 990\n        990 http://b stable/main amd64 Packages\n',
    [],
    { a: '1.0' },
  ],
  ['apt-cache policy: nothing', readAptPolicy, '', [], {}],
  [
    'apk policy: the latest without a tag, not what is installed',
    readApkPolicy,
    apkPolicy,
    [],
    { curl: '8.14.1-r2', git: '2.49.1-r0' },
  ],
  [
    'dnf list: what is offered before what is installed',
    readRpmList,
    dnfList,
    [],
    { bash: '5.1.8-9.el9', epochal: '2:3.0~rc1-4.el9', 'tool-kit': '1.10.0-2.el9' },
  ],
  [
    'yum list: rows that are broken',
    readRpmList,
    yumList,
    [],
    { 'a-package-whose-name-is-very-long-indeed': '1.2-3.el7', 'gcc-c++': '4.8.5-44.el7' },
  ],
  ['dnf list: nothing', readRpmList, 'Error: No matching Packages to list\n', ['a'], {}],
  [
    'microdnf repoquery: the latest, with an epoch that is not 0',
    readRpmNames,
    'curl-0:7.76.1-9.el9.x86_64\ncurl-0:7.76.1-31.el9.x86_64\nvim-minimal-2:8.2-21.el9.x86_64\ncurl-minimal-7.76.1-31.el9.x86_64\n',
    ['curl', 'vim-minimal', 'curl-minimal'],
    { curl: '7.76.1-31.el9', 'vim-minimal': '2:8.2-21.el9', 'curl-minimal': '7.76.1-31.el9' },
  ],
  ['zypper info', readZypperInfo, zypperInfo, [], { 'tool-kit': '1.10.0-2.el9', epochal: '2:3.0~rc1-4.el9' }],
  [
    'pip index versions',
    readPipIndex,
    'Flask (3.1.3)\nAvailable versions: 3.1.3, 3.1.2\n  INSTALLED: 3.1.2\n  LATEST:    3.1.3\n',
    ['flask'],
    { flask: '3.1.3' },
  ],
  ['pip index versions: nothing', readPipIndex, 'ERROR: No matching distribution found for x\n', ['x'], {}],
  ['npm view', readNpmView, '7.0.4\n', ['pm2'], { pm2: '7.0.4' }],
  ['npm view: a message', readNpmView, 'npm notice\n', ['pm2'], {}],
  [
    'gem list --remote',
    readGemList,
    '\n*** REMOTE GEMS ***\n\nnokogiri (1.18.9 ruby java x86_64-linux-gnu)\n',
    ['nokogiri'],
    { nokogiri: '1.18.9' },
  ],
  ['colours', readNpmView, '\u001b[32m7.0.4\u001b[39m\n', ['pm2'], { pm2: '7.0.4' }],
];
for (const [name, read, printed, names, versions] of rows) {
  test(`read: ${name}`, () => {
    assert.deepEqual(Object.fromEntries(read(printed, names)), versions);
    assert.deepEqual(Object.fromEntries(read(printed.replaceAll('\n', '\r\n'), names)), versions);
  });
}

/** Each line from early to late. */
const orders: readonly string[] = [
  '1.9 1.10 1.10.1 2',
  '1.0~rc1 1.0 1.0^git1 1.0.1',
  '1.0_alpha1-r0 1.0_rc1-r0 1.0-r0 1.0-r1 1.0_p1-r0 1.0.1-r0',
  '7.76.1-9.el9 7.76.1-31.el9',
  '9.9 1:0.1 2:0.0',
  '1.2.3 1.2.3a',
  '0099999999999999999998 99999999999999999999',
];
for (const line of orders) {
  test(`order: ${line}`, () => {
    const versions = line.split(' ');
    const order = [...versions].reverse().sort(compareVersions);
    assert.deepEqual(order, versions);
    for (const version of versions) assert.equal(compareVersions(version, version), 0);
  });
}

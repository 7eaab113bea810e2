// The finder over engines that are none: which commands are run where, what comes back, and what is said of obstacles.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import {
  isPlainVersion,
  type LookupReach,
  readVersionQuestion,
  type VersionAnswers,
  versionQuestionText,
} from '../../server/core/engine/package-versions.ts';
import { versionFinder } from '../../server/node/versions/finder.ts';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';

/** A question in one text, and back again. */
const texts: readonly [manager: string, name: string, image: string, text: string | null][] = [
  ['apt-get', 'curl', 'debian:13', 'apt-get curl debian:13'],
  ['npm', '@scope/name', 'node:24', 'npm @scope/name node:24'],
  ['apt-get', 'g++:arm64', 'registry.example.com:5000/a/b@sha256:'.concat('0'.repeat(64)), ''],
  ['apt-get', '-y', 'debian:13', null],
  ['apt-get', '--root=/x', 'debian:13', null],
  ['apt-get', '', 'debian:13', null],
  ['apt-get', 'a b', 'debian:13', null],
  ['apt-get', 'a;b', 'debian:13', null],
  ['apt-get', '$(a)', 'debian:13', null],
  ['apt-get', '../a', 'debian:13', null],
  ['apt-get', 'a\nb', 'debian:13', null],
  ['apt-get', 'a'.repeat(1_000), 'debian:13', null],
  ['apt-get', 'curl', '--privileged', null],
  ['apt-get', 'curl', '-v/:/host', null],
  ['apt-get', 'curl', 'Debian', null],
  ['apt-get', 'curl', 'debian 13', null],
  ['-x', 'curl', 'debian:13', null],
];
for (const [manager, name, image, text] of texts) {
  test(`question: ${manager} ${name.slice(0, 20)} ${image}`, () => {
    const question = { manager, name, image };
    const expected = text === '' ? `${manager} ${name} ${image}` : text;
    assert.equal(versionQuestionText(question), expected);
    assert.deepEqual(readVersionQuestion(`${manager} ${name} ${image}`), expected === null ? null : question);
  });
}

test('only what looks like a version is believed', () => {
  const plain = ['1', '1:2.39.5-0+deb12u2', '3.0~rc1-4.el9', '1.0^git1', '2024a'];
  assert.deepEqual(plain.filter(isPlainVersion), plain);
  const others = ['', '-1', '1 && rm', '1\nRUN x', '$(x)', '(none)', '1'.repeat(200), '"1"'];
  assert.deepEqual(others.filter(isPlainVersion), []);
});

const policy = (name: string, version: string): string =>
  `${name}:\n  Candidate: ${version}\n  Version table:\n     ${version} 500\n        500 http://a b/c amd64 Packages\n`;

async function ask(
  engines: readonly FakeEngine[],
  questions: readonly string[],
  reach: LookupReach = 'local',
): Promise<VersionAnswers> {
  const before = process.env.PATH;
  process.env.PATH = engines.map(({ folder }) => folder).join(path.delimiter);
  try {
    return await versionFinder([])(
      questions.map(question => readVersionQuestion(question) ?? assert.fail(question)),
      reach,
    );
  } finally {
    process.env.PATH = before;
  }
}

const posix = { skip: process.platform === 'win32', timeout: 60_000 };

test('packages of one image are asked for at once, in a container without a network', posix, async () => {
  const engine = fakeEngine('docker', {
    'debian:13': {
      programs: { 'apt-cache policy curl make': policy('curl', '8.1-2') + policy('make', '4.4') },
    },
  });
  const { versions, problems } = await ask([engine], ['apt-get curl debian:13', 'apt-get make debian:13']);
  assert.deepEqual(
    [...versions],
    [
      ['apt-get curl debian:13', '8.1-2'],
      ['apt-get make debian:13', '4.4'],
    ],
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(engine.calls(), [
    'image inspect --format {{.Id}} debian:13',
    'ps --quiet --no-trunc --filter ancestor=sha256:1',
    'run --detach --rm --pull never --user 0 --security-opt no-new-privileges --label bulkhead.purpose=package-versions --network none --cap-drop ALL --entrypoint sleep debian:13 300',
    'exec --user 0 --env LC_ALL=C 0123456789ab apt-cache policy curl make',
    'rm --force 0123456789ab',
  ]);
});

test('an index is fetched only where the network may be used', posix, async () => {
  const engine = fakeEngine('docker', {
    'debian:13': {
      programs: { 'apt-cache policy curl nothing': '' },
      fetched: { 'apt-cache policy curl nothing': policy('curl', '8.1-2') },
    },
  });
  const questions = ['apt-get curl debian:13', 'apt-get nothing debian:13'];
  const local = await ask([engine], questions);
  assert.deepEqual(
    [local.versions.size, local.needsNetwork, local.problems],
    [0, true, ['debian:13 holds no package index in which curl, nothing could be looked up.']],
  );
  assert.equal(
    engine.calls().some(call => call.includes('update')),
    false,
  );
  const connected = await ask([engine], questions, 'network');
  assert.deepEqual([...connected.versions], [['apt-get curl debian:13', '8.1-2']]);
  assert.deepEqual(connected.problems, ['No repository of debian:13 has nothing.']);
  const run = engine.calls().findLast(call => call.startsWith('run ')) ?? '';
  assert.equal(run.includes('--network'), false);
  assert.ok(run.includes('--cap-drop ALL --cap-add CHOWN'));
});

test('managers of languages have no index at hand', posix, async () => {
  const engine = fakeEngine('docker', {
    'node:24': { programs: { 'npm view pm2 version': '7.0.4\n' } },
  });
  const local = await ask([engine], ['npm pm2 node:24']);
  assert.deepEqual(
    [local.needsNetwork, local.problems],
    [true, ['npm in node:24 knows versions only from the network.']],
  );
  const connected = await ask([engine], ['npm pm2 node:24'], 'network');
  assert.deepEqual([...connected.versions], [['npm pm2 node:24', '7.0.4']]);
});

test('the engine that has the image is asked', posix, async () => {
  const docker = fakeEngine('docker', {});
  const podman = fakeEngine('podman', {
    'alpine:3.22': {
      programs: { 'apk --no-network policy curl': 'curl policy:\n  8.14.1-r2:\n    https://a/main\n' },
    },
  });
  const { versions } = await ask([docker, podman], ['apk curl alpine:3.22']);
  assert.deepEqual([...versions.values()], ['8.14.1-r2']);
});

const obstacles: readonly [name: string, engines: () => FakeEngine[], problem: string][] = [
  [
    'no engine',
    () => [],
    'No version can be looked up: there is no docker, podman or nerdctl in PATH. Install one of them.',
  ],
  [
    'no engine that answers',
    () => [fakeEngine('docker', null)],
    'docker does not answer: Cannot connect to the daemon',
  ],
  [
    'an image that is not there',
    () => [fakeEngine('docker', null), fakeEngine('podman', {})],
    'debian:13 is not on this machine. Fetch it first: podman pull debian:13',
  ],
  [
    'an image without the manager',
    () => [fakeEngine('docker', { 'debian:13': {} })],
    'There is no apt-cache in debian:13 to ask.',
  ],
];
for (const [name, engines, problem] of obstacles) {
  test(`in the way: ${name}`, posix, async () => {
    const { versions, problems } = await ask(engines(), ['apt-get curl debian:13']);
    assert.deepEqual([versions.size, problems], [0, [problem]]);
  });
}

test('the container goes also where nothing was found', posix, async () => {
  const engine = fakeEngine('docker', { 'debian:13': {} });
  await ask([engine], ['apt-get curl debian:13']);
  assert.equal(engine.calls().at(-1), 'rm --force 0123456789ab');
});

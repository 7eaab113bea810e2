// Requests to build: what is asked, the tag that is proposed, the command lines, and what never becomes one.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type BuildRequest,
  type BuildTool,
  buildWords,
  variablesOf,
  wrongWith,
} from '../../server/core/build/command-line.ts';
import { obstacleIn } from '../../server/core/build/obstacles.ts';
import { buildQuestions } from '../../server/core/build/questions.ts';
import { proposedTag } from '../../server/core/build/tag.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';

describe('proposed tags', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const rows: readonly [folder: string, commit: string | null, part: string | null, tag: string][] = [
    ['shop', commit, null, 'shop:0123456'],
    ['shop', null, null, 'shop:latest'],
    ['My Shop (old)', null, null, 'my-shop-old:latest'],
    ['Größe', null, null, 'gro-e:latest'],
    ['a__b..c--d', null, null, 'a_b.c-d:latest'],
    ['--rm', null, null, 'rm:latest'],
    ['.git', null, null, 'git:latest'],
    ['日本', null, null, 'image:latest'],
    ['shop', 'not a commit', 'web', 'shop-web:latest'],
    ['x'.repeat(300), null, null, `${'x'.repeat(100)}:latest`],
  ];
  for (const [folder, hash, part, tag] of rows) {
    test(folder, () => {
      assert.equal(proposedTag(folder, hash, part), tag);
      assert.equal(wrongWith({ ...plain, tag }, 'buildx'), null);
    });
  }
});

const plain: BuildRequest = {
  dockerfile: '/p/Dockerfile',
  context: '/p',
  tag: 'shop:1',
  target: null,
  args: [],
  secrets: [],
  agents: [],
  platforms: [],
  builder: null,
  isFresh: false,
};

const whole: BuildRequest = {
  ...plain,
  dockerfile: '/other/-Dockerfile $(x)',
  target: 'build',
  args: [
    { name: 'A', value: '-x; $(rm) "q"\n--rm' },
    { name: 'B', value: null },
  ],
  secrets: [
    { id: 'token', file: '/s/to ken', env: null },
    { id: 'key', file: null, env: 'KEY' },
  ],
  agents: ['default'],
  platforms: ['linux/arm64'],
  isFresh: true,
};

describe('command lines', () => {
  const rest = [
    '--file=/other/-Dockerfile $(x)',
    '--tag=shop:1',
    '--iidfile=/t/id',
    '--target=build',
    '--build-arg=A=-x; $(rm) "q"\n--rm',
    '--build-arg=B',
    '--secret=id=token,src=/s/to ken',
    '--secret=id=key,env=KEY',
    '--ssh=default',
    '--platform=linux/arm64',
    '--no-cache',
    '/p',
  ];
  const rows: readonly [tool: BuildTool, first: readonly string[]][] = [
    ['buildx', ['buildx', 'build', '--progress=plain', '--load']],
    ['docker', ['build', '--progress=plain']],
    ['nerdctl', ['build', '--progress=plain']],
    ['podman', ['build']],
  ];
  for (const [tool, first] of rows) {
    test(tool, () => {
      assert.equal(wrongWith(whole, tool), null);
      assert.deepEqual(buildWords(whole, tool, '/t/id'), [...first, ...rest]);
    });
  }

  test('a builder is named, and several platforms are not loaded', () => {
    const words = buildWords(
      { ...plain, builder: 'far', platforms: ['linux/amd64', 'linux/arm64'] },
      'buildx',
      '/t',
    );
    assert.deepEqual(words.slice(2, 4), ['--progress=plain', '--builder=far']);
    assert.ok(words.includes('--platform=linux/amd64,linux/arm64') && !words.includes('--load'));
  });

  test('the older builder keeps no container', () => {
    assert.deepEqual(buildWords(plain, 'legacy', '/t').slice(0, 2), ['build', '--force-rm']);
  });

  test('only the variables that are named are passed on', () => {
    assert.deepEqual(variablesOf(whole), ['B', 'KEY']);
  });
});

describe('requests that cannot be built', () => {
  const rows: readonly [name: string, request: Partial<BuildRequest>, tool: BuildTool, wrong: RegExp][] = [
    ['a tag that is a flag', { tag: '--rm' }, 'buildx', /^"--rm" is no tag/],
    ['a tag in capitals', { tag: 'Shop:1' }, 'buildx', /is no tag/],
    ['a tag of two lines', { tag: 'shop:1\nx' }, 'buildx', /is no tag/],
    ['an empty tag', { tag: '' }, 'podman', /is no tag/],
    ['a context that is a flag', { context: '--rm' }, 'buildx', /^--rm is no path/],
    [
      'a context somewhere else',
      { context: 'https://example.com/x.git' },
      'buildx',
      /is no path on this machine/,
    ],
    ['a target that is a flag', { target: '-x' }, 'buildx', /is no name of a stage/],
    [
      'an argument without a name',
      { args: [{ name: '=x', value: '1' }] },
      'buildx',
      /is no name of a build argument/,
    ],
    [
      'a secret with a comma',
      { secrets: [{ id: 'a', file: '/x,env=HOME', env: null }] },
      'buildx',
      /secret a cannot/,
    ],
    ['a secret from nowhere', { secrets: [{ id: 'a', file: null, env: null }] }, 'buildx', /secret a cannot/],
    ['an agent with a path', { agents: ['a=/x'] }, 'buildx', /is no id of an SSH agent/],
    ['a platform that is a flag', { platforms: ['--x'] }, 'buildx', /is no platform/],
    ['a builder that is a flag', { builder: '-x' }, 'buildx', /is no name of a builder/],
    ['a builder without buildx', { builder: 'far' }, 'docker', /buildx plugin/],
    [
      'a secret without BuildKit',
      { secrets: [{ id: 'a', file: '/x', env: null }] },
      'legacy',
      /need BuildKit/,
    ],
    ['two platforms without buildx', { platforms: ['a/b', 'c/d'] }, 'podman', /one platform at a time/],
  ];
  for (const [name, request, tool, wrong] of rows) {
    test(name, () => assert.match(wrongWith({ ...plain, ...request }, tool) ?? '', wrong));
  }
});

describe('questions', () => {
  const text = `ARG BASE
ARG VERSION=1
FROM \${BASE} AS Build
ARG VERSION
ARG TOKEN HTTP_PROXY TARGETARCH
ARG DEPTH=1
RUN --mount=type=secret,id=token,required --mount=type=secret,target=/x/key,env=KEY true
RUN --mount=type=ssh --mount=type=secret,id=token true
FROM alpine AS unused
ARG LONELY
RUN --mount=type=secret,id=lonely true
FROM build AS ship
`;
  const shown = (target?: string): unknown => {
    const { targets, args, secrets, agents } = buildQuestions(parseDockerfile(text, target));
    return {
      targets: targets.map(({ name }) => name),
      args: args.map(({ name, span }) => `${name} ${text.slice(span.start, span.end)}`),
      secrets: secrets.map(({ id, isRequired, env }) => [id, isRequired, env]),
      agents,
    };
  };
  test('of the stages that the target needs', () => {
    const targets = ['build', 'unused', 'ship'];
    assert.deepEqual(shown(), {
      targets,
      args: ['BASE BASE', 'TOKEN TOKEN'],
      secrets: [
        ['token', true, null],
        ['key', false, 'KEY'],
      ],
      agents: ['default'],
    });
    assert.deepEqual(shown('unused'), {
      targets,
      args: ['BASE BASE', 'LONELY LONELY'],
      secrets: [['lonely', false, null]],
      agents: [],
    });
  });
  test('of half-typed files', () => {
    for (const half of ['', 'ARG', 'FROM', 'FROM a\nRUN --mount=type=secret', 'FROM a\nARG =']) {
      assert.deepEqual(buildQuestions(parseDockerfile(half)).args, []);
      assert.deepEqual(buildQuestions(parseDockerfile(half)).secrets, []);
    }
  });
});

describe('obstacles', () => {
  const rows: readonly [says: string, engine: string, told: RegExp | null][] = [
    [
      'Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?',
      'docker',
      /does not run/,
    ],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      'docker',
      /^You may not talk to docker/,
    ],
    ['write /x: no space left on device', 'docker', /disk that docker builds on is full.*docker system df/],
    ['ERROR: BuildKit is enabled but the buildx component is missing or broken.', 'docker', /needs BuildKit/],
    ['ERROR: no builder "far" found', 'docker', /no such builder/],
    ['dial tcp: lookup example.com: no such host', 'podman', /could not be reached/],
    ['pull access denied for x, repository does not exist', 'docker', /docker login/],
    ['The command ended with exit code 1.', 'docker', null],
    [
      'The command ended with exit code 1. Its last words: Cannot connect to the Docker daemon',
      'docker',
      null,
    ],
    ['The command ended with exit code 1. Its last words: no space left on device', 'docker', /is full/],
    ['"/missing.txt": not found', 'docker', null],
  ];
  for (const [says, engine, told] of rows) {
    test(says, () =>
      told
        ? assert.match(obstacleIn(says, engine) ?? '', told)
        : assert.equal(obstacleIn(says, engine), null),
    );
  }
});

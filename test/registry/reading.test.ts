// What registries say, read: challenges, links, manifests, configurations, tags, tokens; and where an image lies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ImageQuestion,
  imageQuestionText,
  isDigest,
  isTag,
  readImageQuestion,
} from '../../server/core/engine/image-questions.ts';
import { parseImageReference, repositoryOf } from '../../server/core/model/image-reference.ts';
import { nextLink, readChallenges, retryAfter } from '../../server/core/registry/challenge.ts';
import {
  readErrorCode,
  readImageConfig,
  readManifest,
  readTags,
  readToken,
} from '../../server/core/registry/readings.ts';

const places: readonly [reference: string, place: string][] = [
  ['node', 'docker.io library/node'],
  ['node:24', 'docker.io library/node'],
  ['bitnami/redis', 'docker.io bitnami/redis'],
  ['docker.io/node', 'docker.io library/node'],
  ['docker.io/library/node', 'docker.io library/node'],
  ['index.docker.io/library/node', 'docker.io library/node'],
  ['registry-1.docker.io/a/b:1', 'docker.io a/b'],
  ['DOCKER.IO/a/b', 'docker.io a/b'],
  ['ghcr.io/a/b/c:1@sha256:0', 'ghcr.io a/b/c'],
  ['localhost/a', 'localhost a'],
  ['localhost:5000/a:1', 'localhost:5000 a'],
  ['registry:5000/a/b', 'registry:5000 a/b'],
  ['Registry/a', 'registry a'],
  ['a/b/c', 'docker.io a/b/c'],
  ['[::1]:5000/a/b:2', '[::1]:5000 a/b'],
  ['[2001:db8::1]/a', '[2001:db8::1] a'],
  ['127.0.0.1:5000/library/a', '127.0.0.1:5000 library/a'],
];
for (const [reference, place] of places) {
  test(`where ${reference} lies`, () => {
    const { registry, path } = repositoryOf(parseImageReference(reference, 0));
    assert.equal(`${registry} ${path}`, place);
  });
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const questions: readonly [image: string, isOne: boolean][] = [
  [letters, true],
  ['a.b/c_d/e__f/g-h--i', true],
  [`a:${letters.toUpperCase()}_.-`, true],
  [`a:${'x'.repeat(128)}`, true],
  [`a:${'x'.repeat(129)}`, false],
  ['a:_1', true],
  ['a:.1', false],
  ['a:-1', false],
  ['a..b', false],
  ['a___b', false],
  ['-a', false],
  ['A', false],
  ['a/B', false],
  ['a:1@sha256:0', false],
  [`a@sha256:${'0'.repeat(64)}`, false],
  ['scratch', false],
  ['', false],
  ['a b', false],
  ['a\nb', false],
  ['../a', false],
  ['a/../b', false],
  ['a/%2e%2e/b', false],
  ['a?x=1', false],
  ['a#b', false],
  ['user@host/a', false],
  ['http://a/b', false],
  ['ghcr.io:99999/a', true],
  ['é', false],
  ['a:é', false],
  ['$A', false],
  ['0'.repeat(64), false],
];
for (const [image, isOne] of questions) {
  test(`${JSON.stringify(image)} is ${isOne ? '' : 'not '}asked for`, () => {
    const question: ImageQuestion = { ask: 'digest', image };
    const text = imageQuestionText(question);
    assert.equal(text !== null, isOne);
    assert.deepEqual(readImageQuestion(`digest ${image}`), isOne ? question : null);
  });
}

test('questions of other forms are none', () => {
  const others = [
    'digest node a/b c',
    'exact node a/b',
    'size node a/b',
    'digest node A/b',
    'digest node a/b/',
  ];
  for (const text of [
    '',
    'digest',
    'other node',
    'digest node more',
    ' digest node',
    'digest  node',
    ...others,
  ])
    assert.equal(readImageQuestion(text), null, text);
});

test('questions about one platform are others', () => {
  for (const platform of ['linux/arm64', 'linux/arm/v7', 'windows/amd64']) {
    const question = { ask: 'digest', image: 'node:24', platform } as const;
    const text = imageQuestionText(question);
    assert.equal(text, `digest node:24 ${platform}`);
    assert.deepEqual(readImageQuestion(text), question);
  }
});

test('what may be written', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const digests = [digest, digest.slice(1), `${digest}0`, digest.toUpperCase(), `${digest}\n`, 'sha256:', ''];
  assert.deepEqual(digests.map(isDigest), [true, false, false, false, false, false, false]);
  assert.deepEqual(['1.2.3', '_', '', '.1', '1 ', '1\n', 'a"', '1@b', '${A}'].map(isTag), [
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});

const challenges: readonly [header: string, read: string][] = [
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/node:pull"',
    'bearer realm=https://auth.docker.io/token service=registry.docker.io scope=repository:library/node:pull',
  ],
  ['Basic realm="Registry Realm"', 'basic realm=Registry Realm'],
  ['bearer  realm = "a" , service=b', 'bearer realm=a service=b'],
  ['Basic realm="a", Bearer realm="b\\"c,d",x=y', 'basic realm=a|bearer realm=b"c,d x=y'],
  ['Negotiate, Basic realm="a"', 'negotiate|basic realm=a'],
  ['Bearer', 'bearer'],
  ['Bearer realm="never closed', 'bearer realm=|never|closed'],
  ['', ''],
  ['"', ''],
  ['=a', 'a'],
];
for (const [header, read] of challenges) {
  test(`a challenge: ${header}`, () => {
    const shown = readChallenges(header).map(({ scheme, parameters }) =>
      [scheme, ...[...parameters].map(([name, value]) => `${name}=${value}`)].join(' '),
    );
    assert.equal(shown.join('|'), read);
  });
}

const links: readonly [header: string, next: string | null][] = [
  ['</v2/a/tags/list?n=2&last=b>; rel="next"', '/v2/a/tags/list?n=2&last=b'],
  ['<https://b/c>;rel=next', 'https://b/c'],
  ['<a>; rel="prev", <b>; title="x"; rel="next"', 'b'],
  ['<a>; rel="prev"', null],
  ['<a', null],
  ['', null],
];
for (const [header, next] of links) {
  test(`a link: ${header}`, () => assert.equal(nextLink(header), next));
}

test('headers of any length are read at once', () => {
  const start = process.cpuUsage().user;
  for (const piece of ['Bearer ', 'a="', '\\', '"\\', 'a=', ',', '<', '<>;rel=', ' ']) {
    readChallenges(piece.repeat(100_000));
    nextLink(piece.repeat(100_000));
  }
  assert.ok(process.cpuUsage().user - start < 1_000_000);
});

test('how long to wait', () => {
  const now = Date.parse('2026-11-28T20:00:00Z');
  const rows = [
    '5',
    ' 0 ',
    'Sat, 28 Nov 2026 20:01:00 GMT',
    'Sat, 28 Nov 2026 19:00:00 GMT',
    'soon',
    '',
    '-3',
    '9'.repeat(30),
  ];
  assert.deepEqual(
    rows.map(row => retryAfter(row, now)),
    [5, 0, 60, 0, null, null, ...rows.slice(6).map(row => retryAfter(row, now))],
  );
});

const [a, b] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
const manifests: readonly [name: string, text: unknown, read: unknown][] = [
  [
    'an index',
    {
      manifests: [
        { digest: a, platform: { os: 'linux', architecture: 'amd64' } },
        { digest: b, platform: { os: 'linux', architecture: 'arm', variant: 'v7', 'os.version': 'x' } },
        { digest: b, platform: { os: 'unknown', architecture: 'unknown' } },
        { digest: 'sha256:short', platform: { os: 'linux', architecture: 'amd64' } },
        { digest: a, platform: { os: 'li nux', architecture: 'amd64' } },
        { digest: a },
        null,
        7,
      ],
      whatever: true,
    },
    {
      kind: 'index',
      images: [
        { digest: a, platform: 'linux/amd64' },
        { digest: b, platform: 'linux/arm/v7' },
      ],
    },
  ],
  [
    'an image',
    { config: { digest: a }, layers: [{ size: 5 }, { size: 6 }, { size: -1 }, { size: 1e300 }, {}, null] },
    { kind: 'image', config: a, size: 11 },
  ],
  ['an image of an old form', { schemaVersion: 1, fsLayers: [], history: [] }, null],
  ['a list', [1], null],
  ['nothing', null, null],
];
for (const [name, text, read] of manifests) {
  test(`a manifest: ${name}`, () => assert.deepEqual(readManifest(JSON.stringify(text)), read));
}
test('what is no JSON', () => {
  for (const text of ['', '{', '<html>', '\0', 'null', '"a"', '[]', `${'['.repeat(100_000)}`]) {
    assert.deepEqual(
      [readManifest(text), readTags(text), readToken(text), readImageConfig(text), readErrorCode(text)],
      [null, null, null, null, null],
      text.slice(0, 20),
    );
  }
});

test('a configuration', () => {
  const config = {
    created: '2026-08-21T10:11:12.5Z',
    os: 'linux',
    architecture: 'arm64',
    variant: 'v8',
    config: {
      User: 'node',
      Entrypoint: ['a', 5],
      Cmd: null,
      ExposedPorts: { '80/tcp': {} },
      Healthcheck: { Test: ['CMD', 'x'] },
      Other: 1,
    },
    rootfs: {},
  };
  assert.deepEqual(readImageConfig(JSON.stringify(config)), {
    created: '2026-08-21T10:11:12.5Z',
    platform: 'linux/arm64/v8',
    user: 'node',
    entrypoint: ['a'],
    command: [],
    ports: ['80/tcp'],
    health: ['CMD', 'x'],
  });
  assert.equal(readImageConfig('{"created":"yesterday"}')?.created, null);
});

test('tags', () => {
  const rows: readonly [text: string, tags: readonly string[] | null][] = [
    ['{"name":"a","tags":["1","2"],"more":1}', ['1', '2']],
    ['{"name":"a","tags":null}', []],
    ['{"tags":["ok","not ok","${A}",5,null,"-x"]}', ['ok']],
    ['{"name":"a"}', null],
    ['{"tags":"1"}', null],
  ];
  for (const [text, tags] of rows) assert.deepEqual(readTags(text), tags, text);
});

test('tokens', () => {
  const rows: readonly [text: string, token: unknown][] = [
    ['{"token":"abc","expires_in":300}', { token: 'abc', lifetime: 300 }],
    ['{"access_token":"abc"}', { token: 'abc', lifetime: 60 }],
    ['{"token":"","access_token":"b","expires_in":"9"}', { token: 'b', lifetime: 60 }],
    ['{"token":"a\\r\\nX: y"}', null],
    ['{"token":5}', null],
    ['{}', null],
  ];
  for (const [text, token] of rows) assert.deepEqual(readToken(text), token, text);
});

test('codes of errors', () => {
  assert.equal(readErrorCode('{"errors":[{"code":"DENIED","message":"x"}]}'), 'DENIED');
  assert.equal(readErrorCode('{"errors":[{"code":"\\u001b[2J"}]}'), null);
  assert.equal(readErrorCode('{"errors":"x"}'), null);
});

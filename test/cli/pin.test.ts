// `bulkhead pin` against a registry on this machine: what is written, what is said of each image, exit codes.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { holding, serve, storedImage, storedIndex } from '../support/fake-registry.ts';
import { folderWith, startedBulkhead } from './bulkhead.ts';

const bulkhead = await startedBulkhead();

const [newest, stable, old, single] = [
  storedIndex('24.9.0'),
  storedIndex('22.4.1'),
  storedIndex('24.8.0'),
  storedImage('tool'),
];
const node = {
  latest: newest,
  '24.9.0': newest,
  '24.9': newest,
  '24': newest,
  '24.8.0': old,
  '22.4.1': stable,
  '22.4': stable,
  lts: stable,
};
const registry = await serve(holding({ 'team/node': node, tool: { main: single } }, 3));
const image = `${registry.host}/team/node`;
const tool = `${registry.host}/tool`;
const nowhere = `127.0.0.1:1/team/app:1.2`;

interface Row {
  readonly words?: readonly string[];
  readonly file?: string;
  readonly before: string;
  readonly after: string;
  readonly code: number;
  /** The rows of the report, and its summary. */
  readonly says: string;
}

const compose = (...images: readonly string[]): string =>
  `services:\n${images.map((name, index) => `  s${index}:\n    image: ${name}\n`).join('')}`;

const rows: Readonly<Record<string, Row>> = {
  'to the exact version': {
    before: `FROM ${image} AS a\nFROM ${image}:lts\nCOPY --from=${image}:24 /a /b\nRUN --mount=type=bind,from=${image}:24.9.0,target=/c true\n`,
    after: `FROM ${image}:24.9.0 AS a\nFROM ${image}:22.4.1\nCOPY --from=${image}:24.9.0 /a /b\nRUN --mount=type=bind,from=${image}:24.9.0,target=/c true\n`,
    code: 0,
    says: `\
Dockerfile
  pinned  1:6   ${image} -> ${image}:24.9.0
  pinned  2:6   ${image}:lts -> ${image}:22.4.1
  pinned  3:13  ${image}:24 -> ${image}:24.9.0
  same    4:28  ${image}:24.9.0

Pinned 3 images in 1 file; 1 as they were.
`,
  },
  'to digests, which keep the tags': {
    words: ['--digest'],
    before: `ARG TAG=24\nARG V=22\nFROM ${image} AS base\nFROM ${image}:\${TAG}\nFROM ${image}:\${V}.4\nFROM base\nFROM scratch\nFROM ${image}:24@${old.digest}\n`,
    after: `ARG TAG=24@${newest.digest}\nARG V=22\nFROM ${image}:latest@${newest.digest} AS base\nFROM ${image}:\${TAG}\nFROM ${image}:\${V}.4\nFROM base\nFROM scratch\nFROM ${image}:24@${old.digest}\n`,
    code: 1,
    says: `\
Dockerfile
  pinned  3:6  ${image} -> ${image}:latest@${newest.digest}
  pinned  4:6  ${image}:24 -> ${image}:24@${newest.digest}
  left    5:6  ${image}:22.4 takes its tag from variables: write it where the image is named, or in one default

Pinned 2 images in 1 file; 1 left.
`,
  },
  'the image that reads the file': {
    words: ['--digest'],
    before: `# syntax=${image}:24 and options\nFROM scratch\n`,
    after: `# syntax=${image}:24@${newest.digest} and options\nFROM scratch\n`,
    code: 0,
    says: `\
Dockerfile
  pinned  1:10  ${image}:24 -> ${image}:24@${newest.digest}

Pinned 1 image in 1 file.
`,
  },
  'digests are renewed': {
    words: ['--update'],
    before: `FROM ${image}:24@${old.digest} AS a\nFROM ${image}@${old.digest}\nFROM ${image}:lts\nFROM ${image}:24@${newest.digest}\n`,
    after: `FROM ${image}:24@${newest.digest} AS a\nFROM ${image}@${old.digest}\nFROM ${image}:lts\nFROM ${image}:24@${newest.digest}\n`,
    code: 1,
    says: `\
Dockerfile
  pinned  1:6  ${image}:24@${old.digest} -> ${image}:24@${newest.digest}
  left    2:6  ${image}@${old.digest} names no tag that its digest could follow: write one before the @
  same    4:6  ${image}:24@${newest.digest}

Pinned 1 image in 1 file; 1 as they were; 1 left.
`,
  },
  'of one platform': {
    words: ['--digest', '--platform', 'linux/arm64'],
    before: `FROM ${image}:24\n`,
    after: `FROM ${image}:24@${newest.images[1]?.digest}\n`,
    code: 0,
    says: `\
Dockerfile
  pinned  1:6  ${image}:24 -> ${image}:24@${newest.images[1]?.digest}

Pinned 1 image in 1 file.
`,
  },
  'an image that is not made for it': {
    words: ['--digest', '--platform', 'linux/arm64'],
    before: `FROM ${tool}:main\n`,
    after: `FROM ${tool}:main\n`,
    code: 2,
    says: `\
Dockerfile
  failed  1:6  ${tool}:main: ${tool}:main is not made for linux/arm64, only for linux/amd64.

Pinned 0 images in 1 file; 1 not looked up.
`,
  },
  'Compose, quotes and defaults': {
    words: ['--digest'],
    file: 'compose.yaml',
    before: `${compose(`"${image}:24" # why`, `"${image}:\${TAG:-lts}"`, `\${IMAGE}`)}  built:\n    build: .\n    image: ${image}:24\n`,
    after: `${compose(`"${image}:24@${newest.digest}" # why`, `"${image}:\${TAG:-lts@${stable.digest}}"`, `\${IMAGE}`)}  built:\n    build: .\n    image: ${image}:24\n`,
    code: 0,
    says: `\
compose.yaml
  pinned  3:13  ${image}:24 -> ${image}:24@${newest.digest}
  pinned  5:13  ${image}:lts -> ${image}:lts@${stable.digest}

Pinned 2 images in 1 file.
`,
  },
  'what cannot be looked up': {
    before: `FROM ${nowhere} AS a\nFROM ${image}:nothing AS b\nFROM ${tool}:main\nFROM ${registry.host}/other:1\n`,
    after: `FROM ${nowhere} AS a\nFROM ${image}:nothing AS b\nFROM ${tool}:main\nFROM ${registry.host}/other:1\n`,
    code: 2,
    says: `\
Dockerfile
  failed  1:6  ${nowhere}: 127.0.0.1:1 takes no connection: check its port, and that it runs.
  failed  2:6  ${image}:nothing: ${image} has no nothing (404). Check the tag.
  failed  3:6  ${tool}:main: No tag of ${tool} that says more names the same image as main. Pin it by its digest.
  failed  4:6  ${registry.host}/other:1: ${registry.host} has no image other, or shows it only to those who may see it. Check its name, or log in: docker login ${registry.host}.

Pinned 0 images in 1 file; 4 not looked up.
`,
  },
  'no image': {
    before: 'FROM scratch\nCOPY a /\n',
    after: 'FROM scratch\nCOPY a /\n',
    code: 0,
    says: 'No image to pin in 1 file.\n',
  },
};
for (const [name, { words = [], file = 'Dockerfile', before, after, code, says }] of Object.entries(rows)) {
  test(`pin: ${name}`, async () => {
    const folder = folderWith({ [file]: before });
    const outcome = await bulkhead(['pin', ...words, file], { in: folder });
    assert.deepEqual(outcome, { code, out: says, err: '' });
    assert.equal(readFileSync(path.join(folder, file), 'utf8'), after);
  });
}

test('a patch hides secrets, and nothing is written', async () => {
  const before = `FROM ${image}:24\nENV KEY=s3cr3t\n`;
  const folder = folderWith({ Dockerfile: before });
  const { code, out } = await bulkhead(['pin', '--dry-run', '.'], { in: folder });
  assert.deepEqual([code, out.includes('s3cr3t')], [0, false]);
  assert.match(out, /^-FROM .*:24\n\+FROM .*:24\.9\.0$/m);
  assert.equal(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), before);
});

test('standard input', async () => {
  const folder = folderWith({});
  const { code, out } = await bulkhead(['pin', '-'], { in: folder, input: `FROM ${image}:24\r\n` });
  assert.deepEqual([code, out], [0, `FROM ${image}:24.9.0\r\n`]);
});

test('answers are kept below the cache folder, and asked for again to update', async () => {
  const folder = folderWith({ Dockerfile: `FROM ${image}:24@${old.digest}\nFROM ${image}:lts\n` });
  const env = { XDG_CACHE_HOME: path.join(folder, 'cache') };
  const run = async (...words: readonly string[]): Promise<number> => {
    const before = registry.seen.length;
    await bulkhead(['pin', '--dry-run', ...words, '.'], { in: folder, env });
    return registry.seen.length - before;
  };
  assert.notEqual(await run(), 0);
  assert.equal(await run(), 0);
  assert.notEqual(await run('--update'), 0);
  assert.notEqual(await run('--update'), 0);
});

test('one cache that cannot be written is no obstacle', async () => {
  const folder = folderWith({ Dockerfile: `FROM ${image}:24\n`, cache: 'a file' });
  const env = { XDG_CACHE_HOME: path.join(folder, 'cache') };
  assert.equal((await bulkhead(['pin', '.'], { in: folder, env })).code, 0);
});

test('a wrong platform', async () => {
  const folder = folderWith({ Dockerfile: 'FROM a\n' });
  for (const [words, err] of [
    [
      ['--digest', '--platform', 'arm'],
      'bulkhead: --platform arm is no platform. Write it as linux/amd64.\n',
    ],
    [['--platform', 'linux/arm64'], 'bulkhead: --platform chooses a digest. Add --digest or --update.\n'],
  ] as const) {
    assert.deepEqual(await bulkhead(['pin', ...words, '.'], { in: folder }), { code: 2, out: '', err });
  }
});

test('an account of the Docker configuration', async () => {
  const inner = holding({ private: { '1.0.1': newest, '1': newest } });
  const locked = await serve((request, response, seen) => {
    if (seen.authorization === `Basic ${Buffer.from('me:s3cr3t').toString('base64')}`) {
      return inner(request, response, seen);
    }
    response.writeHead(401, { 'www-authenticate': 'Basic realm="here"' }).end();
  });
  const folder = folderWith({ Dockerfile: `FROM ${locked.host}/private:1\n` });
  const refused = await bulkhead(['pin', '.'], { in: folder });
  assert.deepEqual([refused.code, /docker login/.test(refused.out)], [2, true]);
  mkdirSync(path.join(folder, '.home/.docker'), { recursive: true });
  const auth = Buffer.from('me:s3cr3t').toString('base64');
  writeFileSync(
    path.join(folder, '.home/.docker/config.json'),
    JSON.stringify({ auths: { [locked.host]: { auth } } }),
  );
  const { code, out } = await bulkhead(['pin', '.'], { in: folder });
  assert.deepEqual([code, out.includes('s3cr3t')], [0, false]);
  assert.match(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), /:1\.0\.1$/m);
});

test('tags, the nearest first, with their digests', async () => {
  const folder = folderWith({});
  const { code, out } = await bulkhead(['tags', '--digests', '--limit', '3', `${image}:24`], { in: folder });
  const rows = [`24.9.0 ${newest.digest}`, `24.9 ${newest.digest}`, `24.8.0 ${old.digest}`];
  assert.deepEqual([code, out], [0, `${rows.join('\n')}\n`]);
});

test('tags of what is not there, and of nothing', async () => {
  const folder = folderWith({});
  const ask = (...words: readonly string[]) => bulkhead(['tags', ...words], { in: folder });
  assert.match((await ask(`${registry.host}/none`)).err, /^bulkhead: .* has no image none/);
  for (const words of [[], ['a', 'b'], ['A'], [`a@${newest.digest}`], ['--limit', 'x', 'a']]) {
    assert.deepEqual((await ask(...words)).code, 2);
  }
});

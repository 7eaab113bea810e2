// What a build looks at on the machine before it begins: the context, the commit, the plan of a Dockerfile or a service.
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { readBuilders } from '../../../server/core/build/builders.ts';
import { contextText } from '../../../server/core/build/context-text.ts';
import { readInspected } from '../../../server/core/build/outcome.ts';
import { buildReading } from '../../../server/core/build/reading.ts';
import { commitOf } from '../../../server/node/build/commit.ts';
import { contextSize } from '../../../server/node/build/context-size.ts';
import { type BuildChoices, openQuestions, planBuild } from '../../../server/node/build/plan.ts';
import { temporaryFolder } from '../../support/fake-engine.ts';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const kilo = 'x'.repeat(1_000);

describe('the size of a context', () => {
  const files = {
    Dockerfile: 'FROM a',
    'src/main.js': kilo,
    'web/node_modules/a/index.js': kilo.repeat(5),
    'web/node_modules/b/index.js': kilo.repeat(4),
    '.git/objects/1': kilo.repeat(3),
  };
  const size = async (more: Readonly<Record<string, string>>): Promise<string[]> => {
    const folder = folderOf({ ...files, ...more });
    const { bytes, files: count, largest } = await contextSize(folder, path.join(folder, 'Dockerfile'));
    return [`${bytes} ${count}`, ...largest.map(part => `${part.path} ${part.bytes}`)];
  };
  const rows: readonly [name: string, more: Readonly<Record<string, string>>, expected: readonly string[]][] =
    [
      [
        'without an ignore file',
        {},
        ['13006 5', 'web/node_modules 9000', '.git/objects/1 3000', 'src/main.js 1000'],
      ],
      [
        'with one',
        { '.dockerignore': '**/node_modules\n.git\n' },
        ['1027 3', 'src/main.js 1000', '.dockerignore 21'],
      ],
      [
        'an exception within what is ignored',
        { '.dockerignore': '*\n!web/node_modules/b\n' },
        ['4000 1', 'web/node_modules/b/index.js 4000'],
      ],
      [
        "the Dockerfile's own wins",
        { '.dockerignore': '', 'Dockerfile.dockerignore': '*\n!src\n' },
        ['1000 1', 'src/main.js 1000'],
      ],
    ];
  for (const [name, more, expected] of rows)
    test(name, async () => assert.deepEqual(await size(more), expected));

  test('links are not followed', async () => {
    const folder = folderOf({ Dockerfile: 'FROM a' });
    symlinkSync('/', path.join(folder, 'everything'));
    const { files: count, isWhole } = await contextSize(folder, path.join(folder, 'Dockerfile'));
    assert.deepEqual([count, isWhole], [2, true]);
  });

  test('it is told with what makes it large', () => {
    const largest = [{ path: 'web/node_modules', bytes: 800_000_000 }];
    const told = { bytes: 812_000_000, files: 3, isWhole: false, largest, ignoreFile: null };
    assert.equal(
      contextText(told),
      'The build context has at least 812 MB in 3 files: web/node_modules 800 MB. A .dockerignore leaves out what the image does not need.',
    );
  });
});

describe('the commit of a folder', () => {
  const hash = '0123456789abcdef0123456789abcdef01234567';
  const rows: readonly [
    name: string,
    files: Readonly<Record<string, string>>,
    folder: string,
    commit: string | null,
  ][] = [
    [
      'a branch',
      { '.git/HEAD': 'ref: refs/heads/a/b\n', '.git/refs/heads/a/b': `${hash}\n` },
      'deep/er',
      hash,
    ],
    [
      'packed',
      { '.git/HEAD': 'ref: refs/heads/a\n', '.git/packed-refs': `# x\n${hash} refs/heads/a\n` },
      '.',
      hash,
    ],
    ['detached', { '.git/HEAD': `${hash}\n` }, '.', hash],
    [
      'a worktree',
      {
        'w/.git': 'gitdir: ../g/worktrees/w\n',
        'g/worktrees/w/HEAD': 'ref: refs/heads/a\n',
        'g/worktrees/w/commondir': '../..\n',
        'g/refs/heads/a': hash,
      },
      'w',
      hash,
    ],
    ['before the first commit', { '.git/HEAD': 'ref: refs/heads/a\n' }, '.', null],
    ['no hash', { '.git/HEAD': 'ref: refs/heads/a\n', '.git/refs/heads/a': '--help' }, '.', null],
    ['no repository', {}, '.', null],
  ];
  for (const [name, files, folder, commit] of rows) {
    test(name, async () =>
      assert.equal(await commitOf(path.join(folderOf({ ...files, 'deep/er/x': '' }), folder)), commit),
    );
  }
});

const nothing: BuildChoices = { args: [], secrets: [], platforms: [], isFresh: false };

describe('plans', () => {
  const dockerfile =
    'ARG VERSION\nFROM a:$VERSION AS build\nRUN --mount=type=secret,id=token,required true\nFROM b\n';
  const compose = `\
services:
  db: { image: postgres }
  web:
    image: shop/web:\${TAG:-1}
    build:
      context: ./web
      dockerfile: build/Dockerfile
      target: build
      args: { VERSION: "\${VERSION}", MODE: fast }
      secrets: [token, { source: key, target: named }]
      platforms: [linux/arm64]
  inline:
    build:
      context: .
      dockerfile_inline: |
        FROM a
  far:
    build: https://example.com/x.git
secrets:
  token: { file: ./token.txt }
  key: { environment: BULKHEAD_KEY }
`;
  const files = {
    Dockerfile: dockerfile,
    'compose.yaml': compose,
    'web/build/Dockerfile': dockerfile,
    'token.txt': 't',
    '.env': 'VERSION=3\n',
  };
  process.env.BULKHEAD_KEY = 'k';
  const folder = folderOf(files);
  const plan = (name: 'Dockerfile' | 'compose.yaml', choices: Partial<BuildChoices> = {}) =>
    planBuild(
      {
        file: path.join(folder, name),
        text: files[name],
        language: name === 'Dockerfile' ? 'dockerfile' : 'compose',
        reading: buildReading,
      },
      { ...nothing, ...choices },
    );

  test('of a Dockerfile', async () => {
    const made = await plan('Dockerfile', {
      target: 'build',
      args: ['VERSION=a=b'],
      secrets: [`id=token,src=${folder}/token.txt`],
    });
    const { dockerfile: file, context, target, args, secrets } = made.request;
    assert.deepEqual(
      { file, context, target, args, secrets },
      {
        file: path.join(folder, 'Dockerfile'),
        context: folder,
        target: 'build',
        args: [{ name: 'VERSION', value: 'a=b' }],
        secrets: [{ id: 'token', file: path.join(folder, 'token.txt'), env: null }],
      },
    );
    assert.deepEqual(openQuestions(made), { args: [], secrets: [] });
  });

  test('of a Dockerfile that asks for more', async () => {
    const { args, secrets } = openQuestions(await plan('Dockerfile', { target: 'build' }));
    assert.deepEqual([args.map(({ name }) => name), secrets.map(({ id }) => id)], [['VERSION'], ['token']]);
  });

  test('of a service', async () => {
    const { request } = await plan('compose.yaml', { service: 'web', args: ['MODE=slow'] });
    assert.deepEqual(request, {
      dockerfile: path.join(folder, 'web/build/Dockerfile'),
      context: path.join(folder, 'web'),
      tag: 'shop/web:1',
      target: 'build',
      args: [
        { name: 'VERSION', value: '3' },
        { name: 'MODE', value: 'slow' },
      ],
      secrets: [
        { id: 'token', file: path.join(folder, 'token.txt'), env: null },
        { id: 'named', file: null, env: 'BULKHEAD_KEY' },
      ],
      agents: [],
      platforms: ['linux/arm64'],
      builder: null,
      isFresh: false,
    });
  });

  test('of a Dockerfile within a Compose file', async () => {
    const { isInline, model, request } = await plan('compose.yaml', { service: 'inline' });
    assert.deepEqual(
      [isInline, model.text, request.tag.endsWith('-inline:latest')],
      [true, 'FROM a\n', true],
    );
  });

  const refused: readonly [name: string, choices: Partial<BuildChoices>, message: RegExp][] = [
    [
      'several services',
      {},
      /^Several services are built here\. Name one with --service: web, inline, far\.$/,
    ],
    ['a service that is not built', { service: 'db' }, /^No service called db is built here\./],
    ['a context elsewhere', { service: 'far' }, /^The context of far is not on this machine/],
    [
      'a context that is none',
      { service: 'web', context: '/nowhere' },
      /^The context \/nowhere is no folder/,
    ],
    ['a secret that is none', { service: 'web', secrets: ['token=s3cr3t'] }, /^"token=\.\.\." is no secret/],
    [
      'a file that is not there',
      { service: 'web', secrets: ['id=x,src=/nowhere'] },
      /^There is no file \/nowhere for the secret x/,
    ],
    [
      'a variable that is not set',
      { service: 'web', secrets: ['id=x,env=BULKHEAD_NONE'] },
      /^The variable BULKHEAD_NONE for the secret x/,
    ],
  ];
  for (const [name, choices, message] of refused) {
    test(name, () => assert.rejects(plan('compose.yaml', choices), { message }));
  }
});

describe('what programs print', () => {
  const rows: readonly [name: string, text: string, builders: readonly string[]][] = [
    [
      'builders as JSON',
      '{"Name":"far","Driver":"remote","Current":true,"Nodes":[{"Status":"running","Platforms":["linux/amd64"]}]}\n{"Name":"default","Driver":"docker"}\n{"broken\n',
      ['far remote running linux/amd64 true', 'default docker   false'],
    ],
    [
      'builders as a table',
      'NAME/NODE     DRIVER/ENDPOINT   STATUS    BUILDKIT\nfar           remote\n \\_ far0       \\_ unix:///x   running   v0.21\ndefault*      docker\n',
      ['far remote   false', 'default docker   true'],
    ],
    ['nothing', '', []],
  ];
  for (const [name, text, builders] of rows) {
    test(name, () => {
      const shown = readBuilders(text).map(
        each => `${each.name} ${each.driver} ${each.status} ${each.platforms} ${each.isChosen}`,
      );
      assert.deepEqual(shown, builders);
    });
  }

  test('images of docker and of podman, and what is none', () => {
    const docker =
      '[{"Size":5,"RootFS":{"Layers":["a","b"]},"Config":{"User":"app","Healthcheck":{"Test":["CMD","true"]}}}]';
    const podman = '[{"Size":5,"RootFS":{"Layers":["a"]},"Config":{},"HealthCheck":{"Test":["NONE"]}}]';
    const facts = (text: string) => {
      const { bytes, layers, user, health } = readInspected('1', text);
      return [bytes, layers, user, health];
    };
    assert.deepEqual(facts(docker), [5, 2, 'app', 'true']);
    assert.deepEqual(facts(podman), [5, 1, '', null]);
    for (const text of ['', '[]', 'null', '[1]']) assert.deepEqual(facts(text), [null, null, null, null]);
  });
});

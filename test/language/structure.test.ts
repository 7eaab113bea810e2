import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyHelpAt } from '../../server/core/language/compose/key-hover.ts';
import { linksOf } from '../../server/core/language/compose/links.ts';
import { composeOutline } from '../../server/core/language/compose/outline.ts';
import { dockerfileOutline } from '../../server/core/language/dockerfile/outline.ts';
import { composeFolds, dockerfileFolds, type Fold } from '../../server/core/language/folding.ts';
import type { OutlineEntry } from '../../server/core/language/outline.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { lineIndex } from '../../server/core/text/lines.ts';
import { contains, spanText } from '../../server/core/text/span.ts';
import { withCursor } from './cursor.ts';

const linked: [name: string, text: string, links: string[]][] = [
  [
    'images of registries that have pages',
    'services:\n  a: {image: nginx:1}\n  b: {image: docker.io/grafana/grafana}\n  c: {image: ghcr.io/o/n:1}\n  d: {image: registry.example.com/x}\n  e: {image: quay.io/o/n}\n',
    [
      'nginx:1 -> https://hub.docker.com/_/nginx',
      'docker.io/grafana/grafana -> https://hub.docker.com/r/grafana/grafana',
      'ghcr.io/o/n:1 -> https://ghcr.io/o/n',
      'quay.io/o/n -> https://quay.io/repository/o/n',
    ],
  ],
  [
    'an image with a variable',
    'services:\n  a: {image: "nginx:${TAG}"}\n  b: {image: "x/y:${T:-1}"}\n',
    ['x/y:${T:-1} -> https://hub.docker.com/r/x/y'],
  ],
  [
    'a context',
    'services:\n  a: {build: ./api}\n  b: {build: {context: api/}}\n',
    ['./api -> ./api/Dockerfile', 'api/ -> api/Dockerfile'],
  ],
  [
    'a Dockerfile of a context',
    'services:\n  a: {build: {context: .., dockerfile: docker/web.Dockerfile}}\n',
    ['.. -> ../docker/web.Dockerfile', 'docker/web.Dockerfile -> ../docker/web.Dockerfile'],
  ],
  [
    'a context elsewhere',
    'services:\n  a: {build: https://example.com/r.git}\n  b: {build: $X}\n  c: {build: /srv}\n',
    [],
  ],
  [
    'env files in every form',
    'services:\n  a: {env_file: a.env}\n  b: {env_file: [b.env, {path: "c.env"}]}\n  c: {label_file: d}\n',
    ['a.env -> a.env', 'b.env -> b.env', 'c.env -> c.env', 'd -> d'],
  ],
  [
    'included and extended files',
    'include:\n  - a.yaml\n  - path: [b.yaml, ~/c.yaml]\n    env_file: d.env\nservices:\n  a: {extends: {file: ../e.yaml, service: x}}\n',
    ['a.yaml -> a.yaml', 'b.yaml -> b.yaml', 'd.env -> d.env', '../e.yaml -> ../e.yaml'],
  ],
  [
    'secrets, configs and mounted files',
    'services:\n  a:\n    volumes: [./nginx.conf:/x, ./data:/y, data:/z]\nsecrets:\n  a: {file: ./s}\nconfigs:\n  b: {file: c}\n',
    ['./nginx.conf -> ./nginx.conf', './s -> ./s', 'c -> c'],
  ],
  [
    'what several services share, once',
    'x-a: &a\n  env_file: a.env\nservices:\n  a: {<<: *a}\n  b: {<<: *a}\n',
    ['a.env -> a.env'],
  ],
];

for (const [name, text, links] of linked) {
  test(`links of ${name}`, () => {
    assert.deepEqual(
      linksOf(parseCompose(text)).map(
        ({ span, target }) => `${spanText(text, span)} -> ${'url' in target ? target.url : target.path}`,
      ),
      links,
    );
  });
}

/** Indented names with their details; each part is inside of the whole that it belongs to. */
function drawn(entries: readonly OutlineEntry[], depth = 0): string[] {
  return entries.flatMap(({ name, kind, detail, span, nameSpan, entries: inner }) => {
    assert.ok(contains(span, nameSpan), `${name} stands outside of its own span`);
    for (const part of inner) assert.ok(contains(span, part.span), `${part.name} stands outside of ${name}`);
    return [`${'  '.repeat(depth)}${kind} ${name}${detail && ` (${detail})`}`, ...drawn(inner, depth + 1)];
  });
}

test('the outline of a Compose file', () => {
  const text =
    'name: shop\nx-a: &a\n  restart: always\nservices:\n  web:\n    <<: *a\n    image: nginx:1\n  api:\n    build: .\n  half:\nvolumes:\n  data:\n';
  assert.deepEqual(drawn(composeOutline(parseCompose(text))), [
    'key name',
    'key x-a',
    'section services',
    '  service web (nginx:1)',
    '    key <<',
    '    key image',
    '  service api (build)',
    '    key build',
    '  service half',
    'section volumes',
    '  resource data',
  ]);
});

test('the outline of a Dockerfile tells names, no values', () => {
  const text =
    'ARG V=1\nFROM node:$V AS build\nENV TOKEN=abc A=b\nRUN npm ci && npm run build\nFROM scratch\nCOPY --from=build /a /b\nUSER 10\nFOO x\n';
  assert.deepEqual(drawn(dockerfileOutline(parseDockerfile(text))), [
    'instruction ARG (V)',
    'stage build (FROM node:$V)',
    '  instruction ENV (TOKEN, A)',
    '  instruction RUN (npm)',
    'stage scratch',
    '  instruction COPY (/b)',
    '  instruction USER (10)',
    '  instruction FOO',
  ]);
});

/** First and last line of each, those of several lines alone. */
function foldedLines(text: string, folds: readonly Fold[]): string[] {
  const lines = lineIndex(text);
  return folds
    .map(({ span, kind }) => ({ from: lines.lineAt(span.start), to: lines.lineAt(span.end), kind }))
    .filter(({ from, to }) => to > from)
    .map(({ from, to, kind }) => `${kind} ${from}-${to}`);
}

test('a Compose file is folded at keys, items, texts and comments', () => {
  const text =
    '# one\n# two\n\nservices:\n  # alone\n  web:\n    command: |\n      a\n      b\n    ports:\n      - target: 1\n        published: 2\n\nvolumes: {}\n';
  assert.deepEqual(foldedLines(text, composeFolds(parseCompose(text))), [
    'code 3-11',
    'code 5-11',
    'code 6-8',
    'code 9-11',
    'code 10-11',
    'comment 0-1',
  ]);
});

test('a Dockerfile is folded at stages, continued instructions, heredocs and comments', () => {
  const text = '# a\n# b\nFROM a AS x\nRUN b && \\\n    c\nFROM d\nRUN <<EOF\ne\nEOF\n';
  assert.deepEqual(foldedLines(text, dockerfileFolds(parseDockerfile(text))), [
    'code 2-4',
    'code 5-8',
    'code 3-4',
    'code 6-8',
    'comment 0-1',
  ]);
});

const helped: [name: string, marked: string, key: string, text: RegExp, url: string | null][] = [
  [
    'a section',
    'serv¦ices: {}\n',
    'services',
    /services that will be used/,
    'https://docs.docker.com/reference/compose-file/services/',
  ],
  [
    'a key of a service',
    'services:\n  web:\n    ima¦ge: a\n',
    'image',
    /image to start the container from/,
    'https://docs.docker.com/reference/compose-file/services/#image',
  ],
  [
    'a key with a namesake, of a build',
    'services:\n  web:\n    build:\n      labels¦: {}\n',
    'labels',
    /image/,
    'https://docs.docker.com/reference/compose-file/build/#labels',
  ],
  [
    'the same of a volume',
    'volumes:\n  data:\n    labels¦: {}\n',
    'labels',
    /volume/,
    'https://docs.docker.com/reference/compose-file/volumes/#labels',
  ],
  [
    'a key of a list',
    'services:\n  web:\n    volumes:\n      - ¦type: bind\n',
    'type',
    /mount type/,
    'https://docs.docker.com/reference/compose-file/services/#volumes',
  ],
  ['the name', 'na¦me: x\n', 'name', /project name/, null],
  [
    'a key of a fragment that a service takes',
    'x-a: &a\n  restart¦: always\nservices: {web: {<<: *a}}\n',
    'restart',
    /Restart policy/,
    'https://docs.docker.com/reference/compose-file/services/#restart',
  ],
];

for (const [name, marked, key, said, url] of helped) {
  test(`the specification says of ${name}`, () => {
    const { text, offset } = withCursor(marked);
    const help = keyHelpAt(parseCompose(text), offset);
    assert.ok(help, 'Nothing is said.');
    assert.equal(help.key, key);
    assert.match(help.text, said);
    assert.equal(help.url, url);
    assert.equal(spanText(text, help.span), key);
  });
}

const unsaid: [name: string, marked: string][] = [
  ['a name that people choose', 'services:\n  im¦age: {}\n'],
  ['a value', 'services:\n  web: {image: im¦age}\n'],
  ['an unknown key', 'services:\n  web: {ima¦g: a}\n'],
  ['a fragment that nobody takes', 'x-a:\n  ima¦ge: a\n'],
];

for (const [name, marked] of unsaid) {
  test(`the specification says nothing of ${name}`, () => {
    const { text, offset } = withCursor(marked);
    assert.equal(keyHelpAt(parseCompose(text), offset), null);
  });
}

// Images in the editor: what is offered behind FROM and image, and what is told of one; numbers left open for a refresh.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagsOf } from '../../server/core/knowledge/tags.ts';
import type { Completion } from '../../server/core/language/completion.ts';
import { completionsAt } from '../../server/core/language/compose/completion.ts';
import { dockerfileCompletionsAt } from '../../server/core/language/dockerfile/completion.ts';
import { mostTags } from '../../server/core/language/images/completion.ts';
import { imageAt, imageHelp } from '../../server/core/language/images/help.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { parseImageReference } from '../../server/core/model/image-reference.ts';
import { readLocalImage } from '../../server/core/model/local-image.ts';
import { applyEdits, replace } from '../../server/core/text/edit.ts';
import { nothingAround, withCursor } from './cursor.ts';

function completions(marked: string): { readonly text: string; readonly found: Completion[] } {
  const { text, offset } = withCursor(marked);
  const found = text.startsWith('services')
    ? completionsAt(parseCompose(text), offset, nothingAround)
    : dockerfileCompletionsAt(parseDockerfile(text), offset);
  return { text, found: [...found].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)) };
}

/** Completing the label at the cursor gives the text. */
const completed: readonly [marked: string, label: string, expected: string][] = [
  ['FROM nod¦', 'node', 'FROM node:'],
  ['FROM ¦', 'alpine', 'FROM alpine:'],
  ['FROM --platform=linux/amd64 nod¦ AS a', 'node', 'FROM --platform=linux/amd64 node: AS a'],
  ['FROM nod¦:24', 'node', 'FROM node:24'],
  ['FROM node:¦', '24-slim', 'FROM node:24-slim'],
  ['FROM node:24-s¦lim\nRUN a\n', '24-alpine', ''],
  ['FROM node:2¦4-alpine', '24-slim', 'FROM node:24-slim'],
  ['FROM public.ecr.aws/docker/library/node:¦', '24-slim', 'FROM public.ecr.aws/docker/library/node:24-slim'],
  ['from\tnode:¦\r\nRUN a\r\n', '24', 'from\tnode:24\r\nRUN a\r\n'],
  ['FROM node:¦24@sha256:abc', '24-slim', 'FROM node:24-slim@sha256:abc'],
  ['FROM a AS build\nFROM bu¦', 'build', 'FROM a AS build\nFROM build'],
  [
    'FROM a AS build\nCOPY --chmod=1 --from=bu¦ /a /b',
    'build',
    'FROM a AS build\nCOPY --chmod=1 --from=build /a /b',
  ],
  ['FROM a\nCOPY --from=ngin¦', 'nginx', 'FROM a\nCOPY --from=nginx:'],
  ['# syntax=¦', 'docker/dockerfile:1', '# syntax=docker/dockerfile:1'],
  ['# syntax=¦\nFROM a\n', 'docker/dockerfile:1', '# syntax=docker/dockerfile:1\nFROM a\n'],
  [
    '\uFEFF# check=error=true\r\n#Syntax = docker/do¦ck:1.2\r\nFROM a\n',
    'docker/dockerfile',
    '\uFEFF# check=error=true\r\n#Syntax = docker/dockerfile:1.2\r\nFROM a\n',
  ],
  ['services:\n  a:\n    image: pos¦', 'postgres', 'services:\n  a:\n    image: postgres:'],
  ['services:\n  a:\n    image: "redis:¦"\n', '8-alpine', 'services:\n  a:\n    image: "redis:8-alpine"\n'],
  ['services: {a: {image: redis:8¦}}', '8-alpine', 'services: {a: {image: redis:8-alpine}}'],
];
for (const [marked, label, expected] of completed) {
  test(`${JSON.stringify(marked)} with ${label}`, () => {
    const { text, found } = completions(marked);
    const one = found.find(completion => completion.label === label);
    if (expected === '') return assert.equal(one, undefined);
    assert.ok(one, `not among ${found.length}`);
    assert.equal(applyEdits(text, [replace(one.span, one.text)]), expected);
  });
}

const nothing = [
  '# FROM node:¦',
  '# a note\n# syntax=¦',
  'FROM a\n# syntax=¦',
  '# syntax=docker/dockerfile:¦',
  'FROM a\nRUN node:¦',
  'FROM a\nRUN <<E\nFROM node:¦\nE\n',
  'FROM a\nRUN a \\\n  FROM node:¦',
  'FROM node:$V¦',
  'FROM node:24@sha256:¦',
  'FROM example.com/team/app:¦',
  'FROM --platform=¦',
  'FROM node:24 ¦',
  'services:\n  a:\n    image: ${I¦}',
  'services:\n  a:\n    command: node:¦',
];
for (const marked of nothing) {
  test(`nothing at ${JSON.stringify(marked)}`, () =>
    assert.deepEqual(
      completions(marked)
        .found.filter(({ kind }) => kind !== 'variable')
        .map(({ label }) => label),
      [],
    ));
}

test('the likeliest tags first: of the variant that is written, supported, the newest', () => {
  const labels = (marked: string): string[] => completions(marked).found.map(({ label }) => label);
  assert.match(labels('FROM node:¦')[0] ?? '', /^\d+$/);
  assert.match(labels('FROM node:¦24-slim')[0] ?? '', /slim$/);
  assert.match(labels('FROM python:3.1¦')[0] ?? '', /^3\.1\d$/);
  assert.match(labels('FROM python:3.13-slim-t¦')[0] ?? '', /^3\.13-slim-trixie$/);
  const tags = labels('FROM postgres:¦');
  assert.ok(tags.indexOf('18') < tags.indexOf('17'));
  assert.ok(tags.indexOf('17') < tags.indexOf('18-alpine'));
  // Previews come behind all releases of the same variant.
  const preview = tags.findIndex(tag => /beta|rc/.test(tag));
  assert.ok(preview < 0 || preview > tags.indexOf('14'));
});

test('a tag says which exact one it stands for, and how old the table is', () => {
  const { found } = completions('FROM node:¦');
  const one = found.find(({ label }) => label === '24-slim');
  assert.match(one?.detail ?? '', /^24\.\d+\.\d+-/);
  assert.match(one?.about ?? '', /^The same image as `.*Tags of 20\d\d-\d\d-\d\d\.$/);
});

test('what has ended stands last and says so', () => {
  for (const line of ['debian', 'mongo', 'ubuntu', 'elasticsearch', 'php']) {
    const details = completions(`FROM ${line}:¦`).found.map(({ detail = '' }) => /no fixes/.test(detail));
    assert.deepEqual(details, [...details].sort());
  }
});

test('no more than can be read, of the image with the most tags', () => {
  assert.ok((tagsOf('eclipse-temurin') ?? []).flat().length > mostTags);
  assert.equal(completions('FROM eclipse-temurin:¦').found.length, mostTags);
  assert.ok(completions('FROM eclipse-temurin:21-jre-n¦').found.length < 10);
});

test('images that are published no longer are not offered', () => {
  const { found } = completions('FROM ¦');
  assert.deepEqual(
    found.filter(({ label }) => label === 'openjdk' || label === 'centos'),
    [],
  );
});

const helpOf = (text: string, config?: object): string =>
  imageHelp(
    parseImageReference(text, 0),
    config
      ? readLocalImage(JSON.stringify([{ Config: config, Os: 'linux', Created: '2026-08-03T00:00:00Z' }]))
      : null,
  ) ?? '';

const helpRows: readonly [image: string, config: object | undefined, line: RegExp][] = [
  ['node:24-slim', undefined, /^\*\*\[node:24-slim\]\(https:\/\/hub\.docker\.com\/_\/node\)\*\*$/],
  ['node:24-slim', undefined, /^- Same image: `.*24\.\d+\.\d+-slim`.* \*\(table of 20\d\d-\d\d-\d\d\)\*$/],
  ['node:24-slim', undefined, /^- System: debian, packages: apt \*\(table of /],
  ['node:24-slim', undefined, /^- Entrypoint: `docker-entrypoint\.sh` \*\(table of /],
  ['node:24-slim', undefined, /^- Health check: none \*\(table of /],
  ['node:24-slim', undefined, /^- End of life: not yet \*\(table of /],
  ['postgres:18', undefined, /^- User: root, handed over with gosu \*\(table of /],
  ['postgres:18', undefined, /^- Ports: `5432` \*\(table of /],
  ['python:3.8', undefined, /^- End of life: 3\.8: no fixes since 2024-10-07 \*\(table of /],
  ['python:3.8', undefined, /^- User: root \*\(table of .*, read from tags like it\)\*$/],
  ['openjdk:17', undefined, /^- End of life: it has had no releases since 2022/],
  ['example.com/a:1', { User: 'app' }, /^- User: app \*\(engine\)\*$/],
  ['example.com/a:1', { ExposedPorts: { '80/tcp': {} } }, /^- Ports: `80` \*\(engine\)\*$/],
  ['example.com/a:1', { Healthcheck: { Test: ['CMD', 'a'] } }, /^- Health check: `CMD a` \*\(engine\)\*$/],
  ['example.com/a:1', {}, /^- Made: 2026-08-03 \*\(engine\)\*$/],
  ['node:24-slim', { User: 'node' }, /^- User: node \*\(engine\)\*$/],
  ['node:24-slim', { User: 'node' }, /^- System: debian, packages: apt \*\(table of /],
  ['node:24', { Entrypoint: ['a`b'] }, /^- Entrypoint: `a'b` \*\(engine\)\*$/],
];
for (const [image, config, line] of helpRows) {
  test(`${image}${config ? ' by the engine' : ''}: ${line.source.slice(0, 40)}`, () => {
    const lines = helpOf(image, config).split('\n');
    assert.ok(
      lines.some(text => line.test(text)),
      lines.join('\n'),
    );
  });
}

test('nothing is said of an image that nobody knows, nor what variables it holds', () => {
  assert.equal(helpOf('example.com/a:1'), '');
  assert.ok(!helpOf('example.com/a:1', { Env: ['PLAIN=value'] }).includes('value'));
});

const places: readonly [marked: string, image: string | undefined][] = [
  ['FROM no¦de:24\n', 'node:24'],
  ['FROM --platform=linux/amd64 node:24¦ AS a\n', 'node:24'],
  ['ARG V=24\nFROM node:${V¦}\n', 'node:24'],
  ['FR¦OM node:24\n', undefined],
  ['FROM a AS b\nFROM ¦b\n', undefined],
  ['services:\n  a:\n    image: redis¦:8\n', 'redis:8'],
  ['services:\n  a:\n    ima¦ge: redis:8\n', undefined],
];
for (const [marked, image] of places) {
  test(`the image at ${JSON.stringify(marked)}`, () => {
    const { text, offset } = withCursor(marked);
    const model = text.startsWith('services') ? parseCompose(text) : parseDockerfile(text);
    assert.equal(imageAt(model, offset)?.reference.text, image);
  });
}

// Newer and lighter tags, their numbers left open so that the rows outlive a refresh of the table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lighterTag } from '../../server/core/knowledge/lighter-tags.ts';
import { newerTag } from '../../server/core/knowledge/newer-tags.ts';
import { isKnownTag, tagsOf } from '../../server/core/knowledge/tags.ts';

const newerRows: readonly [image: string, tag: string, newer: RegExp | null][] = [
  ['node', '24.1.0-slim', /^24\.\d+\.\d+-slim$/],
  ['node', '24.1-slim', /^24\.\d+-slim$/],
  ['public.ecr.aws/docker/library/node', '24.1.0-slim', /^24\.\d+\.\d+-slim$/],
  ['python', '3.12.1-slim-bookworm', /^3\.12\.\d+-slim-bookworm$/],
  ['python', '3.12.1', /^3\.12\.\d+$/],
  ['postgres', '17.1-alpine', /^17\.\d+-alpine$/],
  ['nginx', '1.30.0-alpine-slim', /^1\.30\.\d+-alpine-slim$/],
  ['memcached', '1.6.10', /^1\.6\.\d+$/],
  ['debian', 'bookworm-20240101-slim', /^bookworm-20\d{6}-slim$/],
  ['ubuntu', 'noble-20240101', /^noble-20\d{6}$/],
  ['eclipse-temurin', '21.0.4_7-jdk', /^21\.0\.\d+_\d+-jdk$/],
  ['maven', '3.9.5-eclipse-temurin-21', /^3\.9\.\d+-eclipse-temurin-21$/],
  // They are rebuilt under the same tag.
  ['node', '24', null],
  ['node', '24-slim', null],
  ['debian', 'bookworm-slim', null],
  // Newer than the table.
  ['node', '24.999.0', null],
  ['debian', 'bookworm-20990101', null],
  // Its release has ended, or that of the system below.
  ['node', '14.1.0', null],
  ['node', '22.1.0-alpine3.15', null],
  // A minor release is no patch, and a preview is on its way.
  ['rust', '1.64', null],
  ['python', '3.12.0rc1', null],
  // In no other variant.
  ['node', '24.1.0-onbuild', null],
  ['somebody/something', '1.2.3', null],
];
for (const [image, tag, expected] of newerRows) {
  test(`newer than ${image}:${tag}`, () => {
    const found = newerTag(image, tag);
    if (expected === null) return assert.equal(found, undefined);
    assert.match(found ?? '', expected);
    assert.equal(isKnownTag(image, found ?? ''), true);
  });
}

test('nothing is newer than a tag of the table', () => {
  for (const image of ['node', 'python', 'postgres', 'debian', 'nginx', 'eclipse-temurin', 'archlinux']) {
    for (const tag of (tagsOf(image) ?? []).flat()) assert.equal(newerTag(image, tag), undefined, tag);
  }
});

const lighterRows: readonly [image: string, tag: string | null, lighter: string | undefined][] = [
  ['node', '24', '24-slim'],
  ['node', null, 'slim'],
  ['node', 'latest', 'slim'],
  ['node', 'lts', 'lts-slim'],
  ['node', '24-trixie', '24-trixie-slim'],
  ['python', '3.14', '3.14-slim'],
  ['python', '3.14-trixie', '3.14-slim-trixie'],
  ['ruby', '3.4', '3.4-slim'],
  ['node', '24-slim', undefined],
  ['node', '24-alpine', undefined],
  // Without a slim variant, or light already.
  ['golang', '1', undefined],
  ['php', '8.4', undefined],
  ['nginx', '1', undefined],
  ['debian', 'trixie', undefined],
  // Nobody knows whether there was one.
  ['node', '24.1.0', undefined],
  ['somebody/something', '1', undefined],
];
for (const [image, tag, expected] of lighterRows) {
  test(`lighter than ${image}:${tag ?? ''}`, () => assert.equal(lighterTag(image, tag), expected));
}

// Suggestions of tags, their numbers and releases left open so that they outlive a refresh of the table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { familyOfWord } from '../../server/core/knowledge/tag-parts.ts';
import { tagTable } from '../../server/core/knowledge/tags.generated.ts';
import { isKnownTag, suggestTags, tagsAsOf, tagsOf } from '../../server/core/knowledge/tags.ts';

/** `24.9.0-trixie` as `N.N.N-RELEASE`. */
const shape = (tag: string): string =>
  tag
    .replace(/20\d{6}(?:\.\d+)*/, 'DATE')
    .split('-')
    .map(word => (familyOfWord(word) && /^[a-z]+$/.test(word) && word !== 'alpine' ? 'RELEASE' : word))
    .join('-')
    .replace(/\d+/g, 'N');

const shapes = (image: string, tag: string | null): string =>
  suggestTags(image, tag)
    .map(
      ({ tag: name, exact, channel }) => `${channel ? `${channel}:` : ''}${shape(name)}${exact ? '!' : ''}`,
    )
    .join(' ');

const rows: readonly [image: string, tag: string | null, suggestions: string][] = [
  ['node', null, 'N.N.N! N.N N lts:N.N.N! lts:N.N lts:N'],
  ['node', 'latest', 'N.N.N! N.N N lts:N.N.N! lts:N.N lts:N'],
  ['node', 'slim', 'N.N.N-slim! N.N-slim N-slim lts:N.N.N-slim! lts:N.N-slim lts:N-slim'],
  ['node', 'lts', 'N.N.N! N.N N'],
  ['node', 'lts-alpine', 'N.N.N-alpine! N.N-alpine N-alpine'],
  [
    'node',
    'trixie-slim',
    'N.N.N-RELEASE-slim! N.N-RELEASE-slim N-RELEASE-slim lts:N.N.N-RELEASE-slim! lts:N.N-RELEASE-slim lts:N-RELEASE-slim',
  ],
  ['node', 'no-such-tag', ''],
  ['python', null, 'N.N.N! N.N N'],
  ['python', '3', 'N.N.N! N.N'],
  ['python', '3-slim', 'N.N.N-slim! N.N-slim'],
  ['golang', 'alpine', 'N.N.N-alpine! N.N-alpine N-alpine'],
  ['php', 'fpm-alpine', 'N.N.N-fpm-alpine! N.N-fpm-alpine N-fpm-alpine'],
  ['php', 'apache', 'N.N.N-apache! N.N-apache N-apache'],
  ['nginx', null, 'N.N.N! N.N N stable:N.N.N! stable:N.N'],
  ['nginx', 'stable-alpine', 'N.N.N-alpine! N.N-alpine'],
  ['postgres', 'alpine', 'N.N-alpine! N-alpine'],
  ['alpine', null, 'N.N.N! N.N N'],
  ['debian', null, 'RELEASE-DATE! N.N N'],
  ['debian', 'stable-slim', 'stable-DATE-slim!'],
  ['ubuntu', null, 'RELEASE-DATE! N.N'],
  ['ubuntu', 'noble', 'RELEASE-DATE! N.N'],
  ['eclipse-temurin', null, 'N.N.N_N-jdk! N'],
  ['gradle', 'jdk21', 'N.N.N-jdkN! N.N-jdkN N-jdkN'],
  ['docker', 'dind', 'N.N.N-dind! N.N-dind N-dind'],
  // Images without a tag `latest`: their newest release.
  ['mongo', null, 'N.N.N! N.N'],
  ['elasticsearch', null, 'N.N.N!'],
  ['elasticsearch', 'latest', 'N.N.N!'],
  // Previews alone.
  ['openjdk', null, ''],
  ['somebody/something', null, ''],
  ['public.ecr.aws/docker/library/python', 'slim', 'N.N.N-slim! N.N-slim N-slim'],
];

for (const [image, tag, expected] of rows) {
  test(`suggestions for ${image}:${tag ?? ''}`, () => assert.equal(shapes(image, tag), expected));
}

test('an exact tag leaves nothing to suggest', () => {
  const [exact] = suggestTags('node', 'slim');
  assert.deepEqual(suggestTags('node', exact?.tag ?? ''), []);
});

test('the newest release of an image without latest is no older than any other', () => {
  const [first] = suggestTags('elasticsearch', null);
  const majors = (tagsOf('elasticsearch') ?? []).flat().map(tag => Number.parseInt(tag, 10));
  assert.equal(Number.parseInt(first?.tag ?? '', 10), Math.max(...majors));
});

const images = tagTable
  .trim()
  .split('\n')
  .map(line => line.slice(0, line.indexOf(' ')));

test('every suggestion is a tag, and names the image that was asked for unless it says otherwise', () => {
  for (const image of images) {
    for (const group of tagsOf(image) ?? []) {
      for (const tag of group) {
        for (const suggestion of suggestTags(image, tag)) {
          assert.equal(isKnownTag(image, suggestion.tag), true, `${image}:${suggestion.tag}`);
          if (suggestion.channel === null) {
            const together = tagsOf(image)?.some(tags => tags.includes(tag) && tags.includes(suggestion.tag));
            assert.ok(together, `${image}:${tag} -> ${suggestion.tag}`);
          }
        }
      }
    }
  }
});

test('known tags', () => {
  assert.equal(isKnownTag('node', 'lts-slim'), true);
  assert.equal(isKnownTag('node', '0.1-slimmer'), false);
  assert.equal(isKnownTag('somebody/something', 'latest'), undefined);
  assert.match(tagsAsOf, /^20\d\d-\d\d-\d\d$/);
});

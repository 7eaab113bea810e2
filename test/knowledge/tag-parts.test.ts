// What the words of a tag say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, familyOfTag, flavourOf, tagParts } from '../../server/core/knowledge/tag-parts.ts';

const partRows: readonly [tag: string, parts: string][] = [
  ['24.9.0-bookworm-slim', '24.9.0 bookworm slim'],
  ['latest', 'channel:latest'],
  ['lts-alpine', 'channel:lts alpine'],
  ['3.15.0rc1-slim', '3.15.0.1 preview slim'],
  ['19beta3', '19.3 preview'],
  ['27-ea-9-jdk', '27 preview ea 9 jdk'],
  ['trixie-20260803', 'dated trixie'],
  ['10.2-20260602', '10.2 dated'],
  ['20260805', 'dated'],
  ['v3.7.11', '3.7.11'],
  ['8u502-b07-jdk', '8.502.7 jdk'],
  ['3.11-7.3.23-trixie', '3.11.7.3.23 trixie'],
  ['3.9.16-eclipse-temurin-26-noble', '3.9.16 eclipse temurin 26 noble'],
  ['', ''],
  ['--', ''],
];

for (const [tag, expected] of partRows) {
  test(`the parts of "${tag}"`, () => {
    const { version, dated, preview, channels, words } = tagParts(tag);
    const shown = [
      ...(version === null ? [] : [version.join('.')]),
      ...(dated ? ['dated'] : []),
      ...(preview ? ['preview'] : []),
      ...channels.map(name => `channel:${name}`),
      ...words,
    ];
    assert.equal(shown.join(' '), expected);
  });
}

const flavourRows: readonly [tag: string, flavour: string, family: string | undefined][] = [
  ['24.9.0-bookworm-slim', 'slim', 'debian'],
  ['3.13-slim-trixie', 'slim', 'debian'],
  ['8.4-fpm-alpine3.24', 'alpine fpm', 'alpine'],
  ['fpm-alpine', 'alpine fpm', 'alpine'],
  ['lts-krypton', '', undefined],
  ['17-jre-focal', 'jre', 'ubuntu'],
  ['7-jdk17-noble', 'jdk', 'ubuntu'],
  ['latest', '', undefined],
  ['windowsservercore-1809', 'windowsservercore', undefined],
];

for (const [tag, flavour, family] of flavourRows) {
  test(`"${tag}" is of the flavour "${flavour}"`, () => {
    assert.equal(flavourOf(tag), flavour);
    assert.equal(familyOfTag(tag), family);
  });
}

const versionRows: readonly [older: readonly number[], newer: readonly number[]][] = [
  [
    [3, 9],
    [3, 10],
  ],
  [[3], [3, 0]],
  [[2, 9, 9], [3]],
  [[], [0]],
];

for (const [older, newer] of versionRows) {
  test(`${older.join('.')} is older than ${newer.join('.')}`, () => {
    assert.ok(compareVersions(older, newer) < 0);
    assert.ok(compareVersions(newer, older) > 0);
    assert.equal(compareVersions(newer, newer), 0);
  });
}

// Which tags move, and the edits that hold them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestTags } from '../../server/core/knowledge/tags.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { parseImageReference } from '../../server/core/model/image-reference.ts';
import { loosenessOf, pinFixes } from '../../server/core/repairs/pin.ts';
import { certainReference, pinFromFixes } from '../../server/core/repairs/pin-from.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { span } from '../../server/core/text/span.ts';
import { lastOf } from '../support/dockerfile.ts';

const references: readonly [image: string, looseness?: string][] = [
  ['node', 'untagged'],
  ['host:5000/a', 'untagged'],
  ['node:', 'untagged'],
  ['node:latest', 'latest'],
  ['node:lts-alpine', 'moving'],
  ['node:slim', 'moving'],
  ['php:fpm-alpine', 'moving'],
  ['python:bookworm', 'moving'],
  ['alpine:edge', 'moving'],
  ['debian:stable-slim', 'moving'],
  ['debian:sid', 'moving'],
  ['ubuntu:rolling', 'moving'],
  ['example/a:main', 'moving'],
  ['example/a:alpine3.20', 'moving'],
  ['node:24'],
  ['node:24-alpine'],
  ['debian:trixie'],
  ['debian:trixie-slim'],
  ['ubuntu:noble'],
  ['buildpack-deps:bookworm-scm'],
  ['debian:stable-20260803'],
  ['example/a:v1'],
  ['example/a:release-7'],
  ['example/a:main-0f3c2d1'],
  ['example/a:customer'],
  ['mcr.microsoft.com/windows/servercore:ltsc2022'],
  ['node:latest@sha256:0f'],
  ['node@sha256:0f'],
  ['scratch'],
  [''],
];

for (const [image, looseness] of references) {
  test(`${image || 'nothing'} is ${looseness ?? 'held'}`, () => {
    assert.equal(loosenessOf(parseImageReference(image, 0)), looseness);
  });
}

test('all tags of the table are offered, the channel named', () => {
  const fixes = pinFixes(parseImageReference('node:alpine', 5), null);
  const offered = suggestTags('node', 'alpine');
  assert.ok(offered.some(({ channel }) => channel === 'lts'));
  assert.deepEqual(
    fixes.map(({ title, edits }) => [title, applyEdits('FROM node:alpine', edits)]),
    offered.map(({ tag, channel }) => [
      `Pin to node:${tag}${channel === null ? '' : ` (${channel})`}`,
      `FROM node:${tag}`,
    ]),
  );
});

test('the tag alone, where it is stated elsewhere', () => {
  const [first] = pinFixes(parseImageReference('node:lts', 20), span(10, 13));
  assert.deepEqual(first?.edits, [{ span: span(10, 13), text: suggestTags('node', 'lts')[0]?.tag }]);
});

/** `N` stands for the version that Node.js is pinned to. */
const stated: readonly [text: string, pinned?: string][] = [
  ['FROM node', 'FROM node:N'],
  ['ARG A=node\nFROM $A', 'ARG A=node:N\nFROM $A'],
  ['ARG A="latest"\nFROM node:${A}', 'ARG A="N"\nFROM node:${A}'],
  ['ARG A=latest B=$A\nFROM node:$B', 'ARG A=N B=$A\nFROM node:$B'],
  ['FROM ${A:-node}', 'FROM ${A:-node:N}'],
  ['ARG A=docker.io\nFROM $A/library/node:latest', 'ARG A=docker.io\nFROM $A/library/node:N'],
  ['ARG A=$A\nFROM node:$A'],
  ['ARG A=la B=test\nFROM node:$A$B'],
  ['ARG A=latest\nFROM node:$A\nFROM python:$A'],
  ['FROM example/a'],
];

for (const [text, pinned] of stated) {
  test(`the tag is stated in ${text.replaceAll('\n', '; ')}`, () => {
    const model = parseDockerfile(text);
    const from = lastOf(model, 'FROM');
    const [first] = from.reference.known ? pinFromFixes(model, from, from.reference.value) : [];
    const version = suggestTags('node', null)[0]?.tag ?? '';
    assert.equal(first && applyEdits(text, first.edits), pinned?.replace('N', version));
  });
}

const certain: readonly [image: string, tag?: string | null][] = [
  ['$R/node', null],
  ['${R}/a/node:latest', 'latest'],
  ['$R/$I'],
  ['$R/node:$T'],
  ['$R/node$T'],
  ['${R}node'],
  ['base-$ARCH'],
  ['$R/node@sha256:0f'],
];

for (const [image, tag] of certain) {
  test(`what is certain of ${image}`, () => {
    const reference = certainReference(lastOf(parseDockerfile(`FROM ${image}\n`), 'FROM'));
    assert.equal(reference?.tag, tag);
    assert.equal(reference?.text, tag === undefined ? undefined : image);
  });
}

// unpinned-image: which references move, and where in the file their tag is stated.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestTags } from '../../server/core/knowledge/tags.ts';
import rule from '../../server/core/rules/dockerfile/unpinned-image.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

/** The tag that is offered first: the table moves on. */
const pin = (image: string, tag: string | null): string => {
  const [first] = suggestTags(image, tag);
  assert.ok(first, image);
  return first.tag;
};
const node = pin('node', null);
const lts = pin('node', 'lts');

const literal: readonly Row[] = [
  ['a port of the registry is no tag', 'FROM «localhost:5000/node»\n', 'untagged'],
  ['a tag behind a port', 'FROM «localhost:5000/node:latest»\n', 'latest'],
  ['an empty tag', 'FROM «node:»\n', 'untagged', `FROM node:${node}\n`],
  ['a digest', 'FROM node:latest@sha256:aa\n', ''],
  ['half a digest', 'FROM node@\n', ''],
  ['quotes stay', 'FROM «"node"»\n', 'untagged', `FROM "node:${node}"\n`],
  [
    'the same image in a mirror',
    'FROM «docker.io/library/node»\n',
    'untagged',
    `FROM docker.io/library/node:${node}\n`,
  ],
  [
    'a stage named as the image',
    'FROM «node» AS node\nFROM node\n',
    'untagged',
    `FROM node:${node} AS node\nFROM node\n`,
  ],
  [
    'a platform, and a stage in capitals',
    'FROM --platform=$BUILDPLATFORM «node» AS b\nFROM B\n',
    'untagged',
    `FROM --platform=$BUILDPLATFORM node:${node} AS b\nFROM B\n`,
  ],
  ['a variant alone', 'FROM «php:apache»\n', 'moving', `FROM php:${pin('php', 'apache')}\n`],
  [
    'a release of another product',
    'FROM «python:slim-bookworm»\n',
    'moving',
    `FROM python:${pin('python', 'slim-bookworm')}\n`,
  ],
  ['a release by name', 'FROM debian:bookworm-slim\nFROM ubuntu:jammy\n', ''],
  ['a release that is never done', 'FROM «debian:sid»\n', 'moving', `FROM debian:${pin('debian', 'sid')}\n`],
  ['a channel with a variant', 'FROM «jenkins/jenkins:lts-jdk21»\n', 'moving'],
  ['a word that may be a version', 'FROM example/app:production\n', ''],
  ['scratch', 'FROM scratch\n', ''],
];

const variables: readonly Row[] = [
  ['the whole image', 'ARG BASE=node\nFROM «$BASE»\n', 'untagged', `ARG BASE=node:${node}\nFROM $BASE\n`],
  [
    'through two arguments, in quotes',
    "ARG TAG='latest'\nARG T=${TAG}\nFROM «node:$T»\n",
    'latest',
    `ARG TAG='${node}'\nARG T=\${TAG}\nFROM node:$T\n`,
  ],
  ['the fallback', 'FROM «node:${TAG:-lts}»\n', 'moving', `FROM node:\${TAG:-${lts}}\n`],
  [
    'the argument wins over the fallback',
    'ARG TAG=lts\nFROM «node:${TAG:-22}»\n',
    'moving',
    `ARG TAG=${lts}\nFROM node:\${TAG:-22}\n`,
  ],
  [
    'the registry',
    'ARG R=docker.io/library\nFROM «$R/node»\n',
    'untagged',
    `ARG R=docker.io/library\nFROM $R/node:${node}\n`,
  ],
  ['part of the tag', 'ARG V=3\nFROM python:${V}-slim\n', ''],
  ['one tag for two images', 'ARG T=latest\nFROM «node:$T»\nFROM «nginx:$T»\n', 'latest latest'],
  [
    'one tag for one image twice',
    'ARG T=latest\nFROM «node:$T»\nFROM «node:$T»\n',
    'latest latest',
    `ARG T=${node}\nFROM node:$T\nFROM node:$T\n`,
  ],
  ['no default, but a name', 'ARG R\nFROM «${R}/node:latest»\n', 'latest'],
  ['no default, and perhaps a tag', 'ARG T\nFROM node$T\n', ''],
  ['no default, and perhaps a stage', 'FROM base-${TARGETARCH}\nFROM ${TARGETOS}-base\n', ''],
];

const sources: readonly Row[] = [
  [
    'COPY and mounts from images',
    lines(
      'FROM scratch AS base',
      'RUN --mount=from=«golang»,target=/x --mount=type=bind,from=base,target=/y true',
      'COPY --from=0 / /',
      'COPY --from=«node:lts» /a /b',
      'COPY --from=$X /a /b',
    ),
    'no-stage copied',
    lines(
      'FROM scratch AS base',
      `RUN --mount=from=golang:${pin('golang', null)},target=/x --mount=type=bind,from=base,target=/y true`,
      'COPY --from=0 / /',
      `COPY --from=node:${lts} /a /b`,
      'COPY --from=$X /a /b',
    ),
  ],
];

ruleTable(rule, [...literal, ...variables, ...sources]);

test('unpinned-image: the most specific tag is offered first', () => {
  assert.match(node, /^\d+\.\d+\.\d+$/);
});

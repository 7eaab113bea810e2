// The system below a stage, and the programs in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insightOf } from '../support/dockerfile.ts';

const systems: readonly [text: string, family: string | undefined][] = [
  ['FROM node:24-alpine', 'alpine'],
  ['FROM node:24-slim', 'debian'],
  ['FROM scratch', 'scratch'],
  ['FROM mcr.microsoft.com/windows/nanoserver:ltsc2022', 'windows'],
  ['FROM mcr.microsoft.com/dotnet/framework/aspnet:4.8', 'windows'],
  ['FROM --platform=windows/amd64 example.com/a:1 AS a\nFROM a', 'windows'],
  ['FROM example/app:1.2-alpine3.20', 'alpine'],
  ['FROM example/app:1.2-bookworm', 'debian'],
  ['FROM example/app:1.2\nRUN apk add x', 'alpine'],
  ['FROM example/app:1.2\nRUN microdnf install x', 'rhel'],
  ['FROM example/app:1.2', undefined],
  ['ARG X\nFROM $X', undefined],
];

for (const [text, family] of systems) {
  test(`the system of ${text.replaceAll('\n', '; ')}`, () => {
    assert.equal(insightOf(text).system?.family, family);
  });
}

const programs: readonly [text: string, program: string, has: boolean | 'unknown'][] = [
  ['FROM alpine:3.22', 'wget', true],
  ['FROM alpine:3.22', 'curl', false],
  ['FROM alpine:3.22\nRUN apk add --no-cache curl', 'curl', true],
  ['FROM alpine:3.22\nRUN apk add -t .x curl && apk del .x', 'curl', false],
  ['FROM debian:13\nRUN apt-get purge -y curl', 'curl', false],
  ['FROM alpine:3.22\nCOPY --from=a /x/curl /usr/bin/', 'curl', true],
  ['FROM alpine:3.22\nRUN rm /usr/bin/curl', 'curl', false],
  ['FROM alpine:3.22 AS a\nRUN apk add curl\nFROM a', 'curl', true],
  ['FROM scratch', 'sh', false],
  ['FROM alpine:3.22', 'sh', true],
  ['FROM alpine:3.22', 'jq', 'unknown'],
  ['FROM example/app:1', 'curl', 'unknown'],
];

for (const [text, program, has] of programs) {
  test(`${program} in ${text.replaceAll('\n', '; ')}`, () => assert.equal(insightOf(text).has(program), has));
}

test('accounts of the file before those of the base, without those of the system', () => {
  const names = (text: string) => insightOf(text).accounts.map(({ name }) => name);
  assert.deepEqual(names('FROM node:24\nRUN useradd app\n'), ['app', 'node']);
  assert.deepEqual(names('FROM ubuntu:24.04\n'), []);
});

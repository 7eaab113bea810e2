// Which releases get fixes, and what to move to. Releases that ended long ago do not change with the table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOfLife, endOfLifeAsOf } from '../../server/core/knowledge/end-of-life.ts';
import { isRetired, retirementOf } from '../../server/core/knowledge/retired-images.ts';
import { supportedTags } from '../../server/core/knowledge/supported-tags.ts';

const split = (reference: string): [image: string, tag: string] => {
  const colon = reference.lastIndexOf(':');
  return [reference.slice(0, colon), reference.slice(colon + 1)];
};

/** Null: supported, or not known. */
const ends: readonly [reference: string, end: string | null][] = [
  ['python:3.8.20-slim', '3.8 2024-10-07'],
  ['python:2-alpine', '2.7 2020-01-01'],
  ['python:3-alpine', null],
  ['debian:buster-slim', 'buster 2024-06-30'],
  ['debian:10.13', 'buster 2024-06-30'],
  ['debian:sid-slim', null],
  ['ubuntu:18.04', 'bionic 2023-05-31'],
  ['alpine:3.15', '3.15 2023-11-01'],
  ['alpine:edge', null],
  ['node:22-alpine3.15', 'Alpine 3.15 2023-11-01 (system)'],
  ['rust:buster', 'Debian buster 2024-06-30 (system)'],
  ['eclipse-temurin:17-jre-focal', 'Ubuntu focal 2025-05-31 (system)'],
  ['public.ecr.aws/docker/library/alpine:3.15', '3.15 2023-11-01'],
  ['mcr.microsoft.com/dotnet/sdk:5.0', '5 2022-05-10'],
  ['ros:noetic-ros-base', 'noetic 2025-05-01'],
  ['postgres:9.6', '9.6 2021-11-11'],
  ['haskell:8.8', '8.8 unknown'],
  ['example/python:2.7', null],
  ['alpine:', null],
];

for (const [reference, expected] of ends) {
  test(`the end of ${reference}`, () => {
    const end = endOfLife(...split(reference));
    const seen = end && `${end.release} ${end.ended ?? 'unknown'}${end.ofSystem ? ' (system)' : ''}`;
    assert.equal(seen ?? null, expected);
  });
}

test('the day of the table is a day', () => {
  assert.match(endOfLifeAsOf, /^20\d\d-\d\d-\d\d$/);
});

/** The form of the tags proposed, versions left out: the table moves on. */
const moves: readonly [reference: string, form: RegExp][] = [
  ['python:3.8-slim', /^3\.\d+-slim$/],
  ['python:3.8.20-slim', /^3\.\d+\.\d+-slim$/],
  ['python:3.14-slim-buster', /^3\.14-slim-[a-z]+$/],
  ['node:14-alpine3.15', /^\d\d-alpine3\.\d+$/],
  ['node:lts-buster', /^lts-[a-z]+$/],
  ['debian:buster-slim', /^[a-z]+-slim$/],
  ['ubuntu:18.04', /^\d\d\.04$/],
  ['buildpack-deps:jessie', /^[a-z]+$/],
  ['maven:3.8.5-eclipse-temurin-17', /^3\.\d+\.\d+-eclipse-temurin-17$/],
];

for (const [reference, form] of moves) {
  test(`the tags to move to from ${reference}`, () => {
    const [image, tag] = split(reference);
    const choices = supportedTags(image, tag);
    assert.ok(choices.length >= 1 && choices.length <= 2, JSON.stringify(choices));
    for (const choice of choices) {
      assert.match(choice.tag, form);
      assert.equal(endOfLife(image, choice.tag), undefined);
    }
  });
}

test('nothing is proposed for images that nobody knows', () => {
  assert.deepEqual(supportedTags('example/x', '1.0'), []);
  assert.deepEqual(supportedTags('python', ''), []);
});

const successors: readonly [reference: string, successors: string][] = [
  ['openjdk:17-jre-slim-buster', 'eclipse-temurin:17-jre'],
  ['openjdk:8-jdk-alpine', 'eclipse-temurin:8-jdk-alpine'],
  ['openjdk:15', ''],
  ['centos:7', 'almalinux:8 rockylinux:8'],
  ['centos:centos7', 'almalinux:8 rockylinux:8'],
  ['vault:1.13', 'hashicorp/vault:1.13'],
  ['k8s.gcr.io/pause:3.9', 'registry.k8s.io/pause:3.9'],
  ['jboss/keycloak:16', 'quay.io/keycloak/keycloak:16'],
];

for (const [reference, expected] of successors) {
  test(`what took the place of ${reference}`, () => {
    assert.equal(retirementOf(...split(reference))?.successors.join(' '), expected);
  });
}

test('images that are published still are not retired', () => {
  for (const image of ['eclipse-temurin', 'jenkins/jenkins', 'example/centos', 'node'])
    assert.ok(!isRetired(image));
});

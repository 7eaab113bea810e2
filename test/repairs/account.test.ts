// Which account takes root's place, and how it is made.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseAccount, existingAccount } from '../../server/core/repairs/account.ts';
import { insightOf } from '../support/dockerfile.ts';

const rows: readonly [
  text: string,
  user: string,
  owner: string,
  number: string | null,
  create: string | null,
][] = [
  ['FROM node:24', 'node', 'node:node', '1000', null],
  ['FROM node:24\nRUN useradd -u 7 app', 'app', 'app', '7', null],
  ['FROM scratch', '65532:65532', '65532:65532', '65532:65532', null],
  ['FROM gcr.io/distroless/static', '65532:65532', '65532:65532', '65532:65532', null],
  ['FROM example/app:1', '65532:65532', '65532:65532', '65532:65532', null],
  ['FROM amazonlinux:2023', '65532:65532', '65532:65532', '65532:65532', null],
  ['FROM alpine:3.22', 'app', 'app:app', null, 'addgroup -S app && adduser -S -G app app'],
  ['FROM busybox:1.37', 'app', 'app:app', null, 'addgroup -S app && adduser -S -G app app'],
  ['FROM alpine:3.22\nRUN addgroup app', 'app', 'app:app', null, 'adduser -S -G app app'],
  [
    'FROM debian:13',
    'app',
    'app:app',
    null,
    'groupadd --system app && useradd --system --gid app --no-create-home --shell /usr/sbin/nologin app',
  ],
  [
    'FROM rockylinux:9',
    'app',
    'app:app',
    null,
    'groupadd --system app && useradd --system --gid app --no-create-home --shell /sbin/nologin app',
  ],
];

for (const [text, user, owner, ownerNumber, create] of rows) {
  test(`the account for ${text.replace('\n', '; ')}`, () => {
    assert.deepEqual(chooseAccount(insightOf(text)), { user, owner, ownerNumber, create });
  });
}

const numbered: readonly [text: string, create: string][] = [
  ['FROM alpine:3.22', 'addgroup -S -g 65532 app && adduser -S -u 65532 -G app app'],
  [
    'FROM debian:13',
    'groupadd --gid 65532 app && useradd --uid 65532 --gid app --no-create-home --shell /usr/sbin/nologin app',
  ],
];

for (const [text, create] of numbered) {
  test(`the account with a number for ${text}`, () => {
    const choice = chooseAccount(insightOf(text), true);
    assert.deepEqual([choice.create, choice.ownerNumber], [create, '65532:65532']);
  });
}

test('an account that is there', () => {
  assert.deepEqual(existingAccount('a', null, null), {
    user: 'a',
    owner: 'a',
    ownerNumber: null,
    create: null,
  });
  assert.deepEqual(existingAccount('a', 'b', 7), { user: 'a', owner: 'a:b', ownerNumber: '7', create: null });
});

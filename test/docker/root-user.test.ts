// root-user: the repaired image runs as another account, and that account may write what the repair gave it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Example } from '../../server/core/engine/rule.ts';
import type { Place } from '../support/contract/subject.ts';
import { placeOf } from '../support/contract/subject.ts';
import { asOwnUser, imageConfig } from './support/containers.ts';
import { build, folderWith } from './support/lab.ts';
import { repaired, repairedBy } from './support/repairs.ts';
import { contextFiles } from './support/sources.ts';

const rule = 'root-user';

async function imageOf({ text, files }: Place): Promise<string> {
  return build({ text, context: await folderWith(contextFiles(text, files)) });
}

const uidIn = async (image: string): Promise<string> => (await asOwnUser(image, 'id', '-u')).output.trim();

function mustBeRepaired(example: Example): Place {
  const place = repaired(rule, example);
  assert.ok(place, 'there is no repair');
  return place;
}

/** Name, Dockerfile, USER of the repaired image, its number where it is certain. */
const accounts: readonly [name: string, code: string, user: string, uid: string | null][] = [
  ['Alpine', 'FROM alpine:3.22\nCOPY app /usr/local/bin/app\nENTRYPOINT ["app"]\n', 'app', null],
  ['Debian', 'FROM debian:13-slim\nCOPY app /usr/local/bin/app\nENTRYPOINT ["app"]\n', 'app', null],
  ['a group alone', 'FROM debian:13-slim\nUSER :1000\nCMD ["app"]\n', 'app', null],
  ['Red Hat', 'FROM registry.access.redhat.com/ubi9/ubi\nCOPY app /app\nENTRYPOINT ["/app"]\n', 'app', null],
  ['scratch', 'FROM scratch\nCOPY app /app\nENTRYPOINT ["/app"]\n', '65532:65532', '65532'],
  [
    'Distroless',
    'FROM gcr.io/distroless/static-debian12\nCOPY app /app\nENTRYPOINT ["/app"]\n',
    '65532:65532',
    '65532',
  ],
  [
    'the account of the base',
    'FROM node:24-slim\nCOPY . .\nRUN npm ci\nCMD ["node", "app.js"]\n',
    'node',
    '1000',
  ],
  [
    'an image that nobody knows',
    'FROM registry.example.com/team/base:7\nCMD ["serve"]\n',
    '65532:65532',
    '65532',
  ],
  [
    'the account that was in use before',
    'FROM debian:13-slim\nRUN useradd --system --uid 999 web\nUSER web\nRUN id\nUSER root\nRUN apt-get update\nCMD ["web"]\n',
    'web',
    '999',
  ],
  [
    'an account made in the file',
    'FROM alpine:3.22\nRUN adduser -S -u 1234 web\nCMD ["web"]\n',
    'web',
    '1234',
  ],
  [
    'several stages',
    'FROM debian:13-slim AS base\nRUN useradd --system --uid 998 web\nFROM base\nCOPY app /app\nCMD ["/app"]\n',
    'web',
    '998',
  ],
];

describe('the repaired image runs as another account', { concurrency: 2 }, () => {
  for (const [name, code, user, uid] of accounts) {
    test(name, async () => {
      const before = await imageOf(placeOf({ code }));
      assert.equal(await uidIn(before), '0');
      const after = await imageOf(mustBeRepaired({ code }));
      assert.equal((await imageConfig(after)).User, user);
      const seen = await uidIn(after);
      assert.notEqual(seen, '0');
      if (uid !== null) assert.equal(seen, uid);
    });
  }
});

/** Name, Dockerfile, what the process may write to: files that are there, and new ones. */
const owners: readonly [name: string, code: string, paths: readonly string[]][] = [
  [
    'the account of the base, in its folder',
    'FROM node:24-slim\nWORKDIR /app\nCOPY data.json ./\nRUN npm ci\nCMD ["node", "server.js"]\n',
    ['/app/data.json', '/app/new'],
  ],
  [
    'an account made with BusyBox, and a volume',
    'FROM alpine:3.22\nWORKDIR /srv/app\nVOLUME /data\nCOPY data.json .\nCMD ["serve"]\n',
    ['/srv/app/data.json', '/srv/app/new', '/data/new'],
  ],
  [
    'an account made with shadow',
    'FROM debian:13-slim\nWORKDIR /srv/app\nCOPY data.json .\nCMD ["serve"]\n',
    ['/srv/app/data.json', '/srv/app/new'],
  ],
  [
    'a number, where nothing can be run',
    'FROM scratch\nWORKDIR /srv/app\nCOPY data.json .\nENTRYPOINT ["/app"]\n',
    ['/srv/app/data.json'],
  ],
];

describe('what the repair gives to the account, it can write to', { concurrency: 2 }, () => {
  for (const [name, code, paths] of owners) {
    test(name, async () => {
      const plain = await imageOf(mustBeRepaired({ code }));
      const owning = await imageOf(repairedBy(rule, /owning/, { code }));
      for (const path of paths) {
        assert.equal((await asOwnUser(plain, 'touch', path)).ok, false, `${path} without the variant`);
        const { ok, output } = await asOwnUser(owning, 'touch', path);
        assert.ok(ok, output);
      }
    });
  }
});

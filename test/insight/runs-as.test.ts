// Who runs the process of a stage.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRoot, runsAs } from '../../server/core/insight/runs-as.ts';
import { insightOf } from '../support/dockerfile.ts';

const rows: readonly [text: string, kind: string, detail?: RegExp][] = [
  ['FROM alpine:3.22', 'root'],
  ['FROM alpine:3.22\nUSER app', 'other', /^app$/],
  ['FROM alpine:3.22\nUSER $UID', 'unknown'],
  ['FROM gcr.io/distroless/static:nonroot', 'other', /^65532$/],
  ['FROM gcr.io/distroless/static:nonroot\nUSER 0', 'root'],
  ['FROM registry.example.com/a:1', 'unknown'],
  ['FROM scratch', 'root'],
  ['FROM postgres:18', 'drops', /entrypoint hands over .* with gosu \(as of 20\d\d-\d\d-\d\d\)$/],
  ['FROM postgres:18\nCMD ["/backup"]', 'root'],
  ['FROM postgres:18\nENTRYPOINT ["/run"]', 'root'],
  ['FROM nginx:1.29', 'drops', /workers/],
  ['FROM debian:13\nCMD ["apache2ctl", "-D", "FOREGROUND"]', 'drops', /workers/],
  ['FROM debian:13\nCMD ["gosu", "app", "x"]', 'drops', /with gosu$/],
  ['FROM debian:13\nENTRYPOINT ["tini", "--", "setpriv", "--reuid=1", "x"]', 'drops', /with setpriv$/],
  ['FROM debian:13\nRUN apt-get install -y gosu\nENTRYPOINT ["/x.sh"]', 'drops', /assumed .* gosu$/],
  ['FROM alpine:3.22\nRUN wget -O /usr/local/bin/gosu x\nCMD ["/x.sh"]', 'drops', /assumed .* gosu$/],
  ['FROM alpine:3.22\nCOPY --from=a /su-exec /usr/bin/\nCMD ["/x.sh"]', 'drops', /assumed .* su-exec$/],
  ['FROM debian:13\nRUN apt-get install -y gosu', 'root'],
  ['FROM bitnami/redis:7\nRUN apt-get install -y gosu\nCMD ["/x.sh"]', 'other', /^1001$/],
];

for (const [text, kind, detail = /^$/] of rows) {
  test(`who runs ${text.replaceAll('\n', '; ')}`, () => {
    const runs = runsAs(insightOf(text));
    assert.equal(runs.kind, kind);
    assert.match(runs.kind === 'drops' ? runs.how : runs.kind === 'other' ? runs.user : '', detail);
  });
}

for (const [user, root] of [
  ['root', true],
  ['0', true],
  ['00', true],
  ['root:root', true],
  ['0:1000', true],
  ['app:root', false],
  ['Root', false],
  ['10', false],
] as const) {
  test(`${user} is ${root ? '' : 'not '}root`, () => assert.equal(isRoot(user), root));
}

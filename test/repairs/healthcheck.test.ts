// HEALTHCHECK as text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthCommand, healthcheckLines, stageHealthTests } from '../../server/core/repairs/healthcheck.ts';
import { insightOf } from '../support/dockerfile.ts';

test('a list and a text for a shell', () => {
  assert.equal(healthCommand(['CMD', 'nc', '-z', 'a","b']), 'CMD ["nc", "-z", "a\\",\\"b"]');
  assert.equal(healthCommand(['CMD-SHELL', 'a || exit 1']), 'CMD a || exit 1');
});

test('two lines, joined in the way of the file', () => {
  assert.deepEqual(healthcheckLines('healthcheck', '`', ['CMD-SHELL', 'a']), [
    'healthcheck --interval=30s --timeout=5s --start-period=15s --retries=3 `',
    '    CMD a',
  ]);
});

test('the checks of a stage', () => {
  const asked = (text: string) => stageHealthTests(insightOf(text)).map(({ asks }) => asks);
  assert.deepEqual(asked('FROM redis:8\nCMD ["redis-server", "/x.conf"]\n'), ['redis-cli', 'a connection']);
  assert.deepEqual(asked('FROM alpine:3.22\nRUN apk add curl\nEXPOSE 80\n'), ['curl', 'a connection']);
  assert.deepEqual(asked('FROM scratch\nEXPOSE 80\n'), []);
});

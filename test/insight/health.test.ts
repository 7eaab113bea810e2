// The health check in force, and the port to ask.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthcheckOf, imageNames, listeningPorts, portsOf } from '../../server/core/insight/health.ts';
import { finalStage, insightOf } from '../support/dockerfile.ts';

const ports: readonly [text: string, ports: string][] = [
  ['FROM a\nEXPOSE 22 8443 9001 $PORT 3000', '3000 9001 $PORT 8443 22'],
  ['FROM a\nEXPOSE 8000-8010/tcp 53/udp 9/sctp', '8000-8010/tcp'],
  ['FROM a AS b\nEXPOSE 80\nFROM b\nEXPOSE 9001', '80 9001'],
  ['FROM nginx:1.29\nEXPOSE 22', '22 80'],
  ['FROM nginx:1.29\nCMD ["/app"]', ''],
  ['FROM nginx:1.29\nCMD ["/entrypoint.sh"]', '80'],
  ['FROM mcr.microsoft.com/dotnet/aspnet:8.0\nENTRYPOINT ["dotnet"]', '8080'],
];

for (const [text, expected] of ports) {
  test(`ports of ${text.replaceAll('\n', '; ')}`, () => {
    const insight = insightOf(text);
    assert.equal(
      listeningPorts(insight)
        .map(({ written }) => written)
        .join(' '),
      expected,
    );
  });
}

test('only known ports are numbers', () => {
  assert.deepEqual(portsOf(insightOf('FROM nginx:1.29\nEXPOSE $PORT 8000-8010\n')), [8000, 80]);
});

test('the check in force', () => {
  const base = 'FROM a AS b\nHEALTHCHECK CMD x\nHEALTHCHECK CMD y\nFROM b\n';
  assert.equal(healthcheckOf(finalStage(base))?.words[1]?.value, 'y');
  assert.equal(healthcheckOf(finalStage(`${base}HEALTHCHECK NONE\n`))?.kind, 'NONE');
  assert.equal(healthcheckOf(finalStage('FROM a AS b\nHEALTHCHECK CMD x\nFROM a\n')), undefined);
});

test('the names of the image and of what it is built from', () => {
  assert.deepEqual(imageNames(insightOf('FROM docker.io/library/php:8-apache\n')).slice(0, 1), [
    'php:8-apache',
  ]);
  assert.ok(imageNames(insightOf('FROM wordpress:6\n')).includes('php'));
  assert.deepEqual(imageNames(insightOf('FROM scratch\n')), []);
});

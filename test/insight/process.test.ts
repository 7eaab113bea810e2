// What a container starts, and whether that is the service of its base.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  processOf,
  runsServiceOfBase,
  startedPrograms,
  startsOwnProcess,
} from '../../server/core/insight/process.ts';
import { finalStage, insightOf } from '../support/dockerfile.ts';

const rows: readonly [text: string, programs: string, service: boolean | undefined][] = [
  ['FROM redis:8', 'docker-entrypoint.sh redis-server', true],
  ['FROM redis:8\nCMD ["redis-server", "/x.conf"]', 'docker-entrypoint.sh redis-server', true],
  ['FROM redis:8\nCMD ["--appendonly", "yes"]', 'docker-entrypoint.sh', true],
  ['FROM redis:8\nCMD ["/usr/bin/backup"]', 'docker-entrypoint.sh backup', false],
  ['FROM redis:8\nENTRYPOINT ["/start.sh"]', 'start.sh', undefined],
  ['FROM redis:8\nENTRYPOINT ["tini", "--", "redis-server"]', 'tini redis-server', true],
  [
    'FROM redis:8 AS a\nCMD ["x"]\nFROM a\nCMD exec redis-server',
    'docker-entrypoint.sh exec redis-server',
    true,
  ],
  ['FROM scratch\nCMD ["/app"]', 'app', false],
  ['FROM registry.example.com/a:1', '', true],
];

for (const [text, programs, service] of rows) {
  test(`started by ${text.replaceAll('\n', '; ')}`, () => {
    assert.equal(startedPrograms(insightOf(text)).join(' '), programs);
    assert.equal(runsServiceOfBase(insightOf(text)), service);
  });
}

test('the process in force is the last one of the nearest stage', () => {
  const stage = finalStage('FROM a AS x\nENTRYPOINT ["a"]\nCMD ["b"]\nFROM x\nCMD ["c"]\nCMD ["d"]\n');
  assert.equal(processOf(stage, 'CMD')?.words[0]?.value, 'd');
  assert.equal(processOf(stage, 'ENTRYPOINT')?.words[0]?.value, 'a');
  assert.equal(startsOwnProcess(stage), true);
  assert.equal(startsOwnProcess(finalStage('FROM a\nRUN b\n')), false);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsBeside } from '../../server/core/engine/example.ts';
import { logFacts, noFacts } from '../../server/core/engine/facts.ts';

test('a log remembers each request once, and which had no answer', () => {
  const log = logFacts(noFacts);
  log.get('context', '.');
  log.get('context', '.');
  log.get('dockerfile', 'api/Dockerfile');
  assert.deepEqual(
    [...log.asked.values()],
    [
      { kind: 'context', path: '.' },
      { kind: 'dockerfile', path: 'api/Dockerfile' },
    ],
  );
  assert.deepEqual(log.missing, [...log.asked.values()]);
});

test('a log passes answers on; that there is nothing is an answer', () => {
  const log = logFacts(factsBeside({ 'api/Dockerfile': 'FROM scratch\n' }));
  assert.equal(log.get('dockerfile', './api/Dockerfile')?.text, 'FROM scratch\n');
  assert.equal(log.get('dockerfile', 'Dockerfile'), null);
  assert.deepEqual(log.missing, []);
});

const files = { 'a.txt': '', 'api/.env': '', 'api/.dockerignore': 'x\n', 'api/src/main.ts': '' };
const contextRows: readonly [path: string, files: readonly string[] | null, ignore: string | null][] = [
  ['.', Object.keys(files), null],
  ['api', ['.env', '.dockerignore', 'src/main.ts'], '.dockerignore'],
  ['./api/src/', ['main.ts'], null],
  ['api/../api/src', ['main.ts'], null],
  ['other', null, null],
  ['..', null, null],
];
for (const [path, expected, ignore] of contextRows) {
  test(`files beside an example: the context ${path}`, () => {
    const context = factsBeside(files).get('context', path);
    assert.deepEqual(context?.files ?? null, expected);
    assert.equal(context?.ignoreFile?.path ?? null, ignore);
  });
}

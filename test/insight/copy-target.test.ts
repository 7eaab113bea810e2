// Where COPY puts its sources.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absolutePath, destinationOf, targetOf } from '../../server/core/insight/copy-target.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { lastOf } from '../support/dockerfile.ts';

const rows: readonly [before: string, copy: string, destination: string | null, target: string | null][] = [
  ['', 'a /b', '/b', '/b'],
  ['', 'x/a /b/', '/b', '/b/a'],
  ['WORKDIR /app', 'x/a .', '/app', '/app/a'],
  ['WORKDIR /app', 'x/a ./', '/app', '/app/a'],
  ['WORKDIR /app', 'a ../b', '/b', '/b'],
  ['WORKDIR /app\nWORKDIR src', 'a b/c', '/app/src/b/c', '/app/src/b/c'],
  ['', 'a /', '/', '/a'],
  ['', 'a c /b', '/b', '/b/a'],
  ['', '["a", "c", "/b d/"]', '/b d', '/b d/a'],
  ['ENV HOME=/srv', 'a $HOME/b', '/srv/b', '/srv/b'],
  ['ENV HOME=/srv', 'a ${HOME}/', '/srv', '/srv/a'],
  ['ARG DIR', 'a $DIR/b', null, null],
  ['', 'a $DIR/b', null, null],
  ['ENV HOME=/srv', 'a ${HOME:-x}/b', null, null],
  ['', 'a b', null, null],
  ['', 'a', null, null],
];

for (const [before, arguments_, destination, target] of rows) {
  test(`COPY ${arguments_} behind ${before || 'nothing'}`, () => {
    const copy = lastOf(parseDockerfile(`FROM debian\n${before}\nCOPY ${arguments_}\n`), 'COPY');
    const [source] = copy.sources;
    assert.ok(source);
    assert.equal(destinationOf(copy), destination);
    assert.equal(targetOf(copy, source), target);
  });
}

test('a path is seen from the folder in force', () => {
  const { before } = lastOf(parseDockerfile('FROM debian\nWORKDIR /a/b\nCOPY x y\n'), 'COPY');
  assert.equal(absolutePath('../c/./d/', before), '/a/c/d');
  assert.equal(absolutePath('', before), '/a/b');
});

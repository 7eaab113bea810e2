// How the sources of COPY and ADD name files of the build context.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextPath, takes } from '../../server/core/insight/context-files.ts';

const rows: readonly [source: string, path: string, taken: string, left: string][] = [
  ['.', '', 'a/b', ''],
  ['./src/', 'src', 'src/a.ts', 'other/src/a.ts'],
  ['/app.jar', 'app.jar', 'app.jar', 'app.jar.bak'],
  ['*.go', '*.go', 'main.go', 'a/main.go'],
  ['{a,b}', '{a,b}', '{a,b}', 'a'],
];

for (const [source, path, taken, left] of rows) {
  test(`the source ${source}`, () => {
    assert.equal(contextPath(source), path);
    assert.equal(takes(path)(taken), true);
    if (left !== '') assert.equal(takes(path)(left), false);
  });
}

// Globs: which paths a pattern names, and that no pattern takes long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactGlobMatcher, globMatches } from '../../server/core/text/globs.ts';

/** Pattern, paths it names, paths it does not name. */
const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'Dockerfile',
    ['Dockerfile', 'a/b/Dockerfile', 'Dockerfile/x'],
    ['Dockerfile.dev', 'xDockerfile', 'dockerfile'],
  ],
  ['/Dockerfile', ['Dockerfile'], ['a/Dockerfile']],
  ['./a/x', ['a/x'], ['b/a/x']],
  ['a/x', ['a/x', 'a/x/y', '/a/x'], ['b/a/x', 'a/xy']],
  ['legacy', ['legacy/Dockerfile', 'a/legacy/b/c'], ['legacy2/x', 'my-legacy/x']],
  ['legacy/', ['legacy/Dockerfile', 'a/legacy/b/c'], ['legacy', 'a/legacy']],
  ['/legacy/', ['legacy/x'], ['a/legacy/x']],
  ['*.yaml', ['a.yaml', 'x/y/.yaml', 'compose.prod.yaml'], ['a.yml', 'a.yamlx']],
  ['compose.*.yaml', ['compose.prod.yaml', 'x/compose.a.b.yaml'], ['compose.yaml']],
  ['services/*/Dockerfile', ['services/a/Dockerfile'], ['services/Dockerfile', 'services/a/b/Dockerfile']],
  ['services/**', ['services/a', 'services/a/b/c'], ['services', 'x/services/a']],
  ['**/test/**', ['test/a', 'x/test/a', 'x/y/test/a/b'], ['test', 'tests/a']],
  ['a/**/z', ['a/z', 'a/b/z', 'a/b/c/z'], ['a/bz', 'az']],
  ['**', ['a', 'a/b'], []],
  ['**/*', ['a', 'a/b'], []],
  ['a**b', ['ab', 'axb', 'x/axxb'], ['a/b']],
  ['a**/b', ['a/b', 'ax/b'], ['a/x/b', 'b']],
  ['?.yaml', ['a.yaml', 'x/b.yaml'], ['.yaml', 'ab.yaml']],
  ['a?b', ['axb'], ['a/b']],
  ['*.{yaml,yml}', ['a.yaml', 'x/a.yml'], ['a.json']],
  ['{a,b/{c,d}}/x', ['a/x', 'b/c/x', 'b/d/x'], ['b/x', 'c/x']],
  ['{**/,}x/y', ['x/y', 'a/b/x/y'], ['ax/y']],
  ['a{,b}c', ['ac', 'abc'], ['abbc']],
  ['{a,b', ['a', 'x/b'], ['c', '{a,b']],
  ['a},b', ['a},b'], ['a', 'b']],
  ['[a-c]x', ['ax', 'cx'], ['dx', 'x', '-x']],
  ['[!a-c]x', ['dx'], ['ax', '/x']],
  ['[^a]', ['b'], ['a']],
  ['[]a]', [']', 'a'], ['b']],
  ['[a-]', ['a', '-'], ['b']],
  ['a[/]b', ['a[/]b'], ['a/b']],
  ['[', ['['], ['x']],
  ['\\*', ['*'], ['a']],
  ['\\{a,b\\}', ['{a,b}'], ['a']],
  ['\\', ['\\'], ['a']],
  ['', [], ['a', 'a/b']],
  ['/', [], ['a', 'a/b']],
];
for (const [pattern, named, others] of rows) {
  test(`glob ${JSON.stringify(pattern)}`, () => {
    assert.deepEqual(
      [...named, ...others].filter(path => globMatches(pattern, path)),
      named,
    );
  });
}

const long = 'a'.repeat(300);
const slow: readonly (readonly [string, string])[] = [
  [`${'*a'.repeat(60)}b`, long],
  [`${'**/'.repeat(60)}b`, 'a/'.repeat(150)],
  [`${'{a,aa}'.repeat(60)}b`, long],
  [`${'{a,'.repeat(300)}b`, long],
  ['['.repeat(3000), long],
];
for (const [pattern, path] of slow) {
  test(`glob ${pattern.slice(0, 12)}... ends`, () => {
    assert.equal(globMatches(pattern, path), false);
  });
}

/** Pattern, paths it names itself, paths it names by a folder above them or not at all. */
const exactRows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['a', ['a', 'a/', 'x/a', 'x/a/'], ['a/b', 'a/b/']],
  ['a/', ['a/', 'x/a/'], ['a', 'a/b']],
  ['/a/*', ['a/b', 'a/b/'], ['a', 'a/', 'a/b/c']],
  ['a/**', ['a/b', 'a/b/c/'], ['a/']],
  ['*/', ['a/', 'a/b/'], ['a', 'a/b']],
];
for (const [glob, named, others] of exactRows) {
  test(`exact glob: ${glob}`, () => {
    const matches = exactGlobMatcher(glob);
    assert.deepEqual([...named, ...others].filter(matches), named);
  });
}

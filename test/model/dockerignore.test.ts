// .dockerignore as Docker matches it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerignore } from '../../server/core/model/dockerignore.ts';

const rows: readonly [name: string, text: string, ignored: readonly string[], seen: readonly string[]][] = [
  ['a name at the root only', '.env', ['.env'], ['app/.env', '.env.local']],
  ['a name anywhere', '**/.env', ['.env', 'app/.env', 'a/b/.env'], ['.envrc']],
  [
    'a folder with what is in it',
    'secrets',
    ['secrets', 'secrets/key.pem', 'secrets/a/b'],
    ['secrets.txt', 'a/secrets'],
  ],
  ['a leading and a trailing slash', '/build/', ['build/out'], ['src/build']],
  ['stars stay in their segment', '*.pem', ['key.pem'], ['certs/key.pem']],
  ['stars over folders', 'certs/**/*.pem', ['certs/key.pem', 'certs/a/key.pem'], ['key.pem']],
  ['everything below', 'logs/**', ['logs/a', 'logs/a/b'], ['log']],
  ['one character and sets', '?.[ch]', ['a.c', 'b.h'], ['ab.c', 'a.o']],
  ['exceptions, the last one decides', '*\n!package.json', ['index.js', '.env'], ['package.json']],
  [
    'an exception taken back',
    '*.md\n!README*\nREADME-secret.md',
    ['a.md', 'README-secret.md'],
    ['README.md'],
  ],
  ['comments and blank lines', '# .npmrc\n\n.env\r\n', ['.env'], ['.npmrc']],
  ['a byte order mark', '\uFEFF.env', ['.env'], []],
  ['an unfinished set matches nothing', 'a[', [], ['a', 'a[b']],
  ['an escaped star', '\\*.txt', ['*.txt'], ['a.txt']],
  ['everything', '**', ['a', 'a/b'], []],
];

for (const [name, text, ignored, seen] of rows) {
  test(name, () => {
    const { ignores } = parseDockerignore(text);
    assert.deepEqual(
      ignored.filter(path => !ignores(path)),
      [],
    );
    assert.deepEqual(seen.filter(ignores), []);
  });
}

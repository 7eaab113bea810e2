// Which secret files a COPY takes along.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContextFiles } from '../../server/core/insight/context-files.ts';
import { copiedSecrets } from '../../server/core/insight/copied-secrets.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { lastOf } from '../support/dockerfile.ts';

const context = (complete: boolean, ignored: string, ...files: readonly string[]): ContextFiles => ({
  files,
  complete,
  ignoreFile: { text: ignored },
});

const some = context(
  true,
  'ignored\n',
  '.env',
  'a/id_rsa',
  'a/id_rsa.pub',
  'ignored/.env',
  'x.pem',
  'ca.pem',
);

/** `source: paths` each, named ones with `=`. */
const rows: readonly [copy: string, context: ContextFiles | null, found: string][] = [
  ['.npmrc a ./', null, '.npmrc= .npmrc'],
  ['./conf/.npmrc ./', null, './conf/.npmrc= conf/.npmrc'],
  ['.env.example id_rsa.pub /', null, ''],
  ['. /', null, ''],
  ['*.pem /', null, '*.pem= *.pem'],
  ['. /', some, '.: .env,a/id_rsa,x.pem'],
  ['/ /', some, '/: .env,a/id_rsa,x.pem'],
  ['a /', some, 'a: a/id_rsa'],
  ['a/ /b/', some, 'a/: a/id_rsa'],
  ['*.pem /', some, '*.pem: x.pem'],
  ['c*.pem /', some, ''],
  ['*.pem /', context(false, ''), '*.pem= *.pem'],
  ['ignored/.env /', some, ''],
  ['--exclude=.env . /', some, '.: a/id_rsa,x.pem'],
  ['--from=x . /', some, ''],
  ['$DIR/.env https://x/.env git@h:.env /', some, ''],
  ['["a b", ".env", "/"]', some, '.env= .env'],
];

for (const [arguments_, files, found] of rows) {
  test(`secrets in COPY ${arguments_}${files ? ' with a context' : ''}`, () => {
    const copy = lastOf(parseDockerfile(`FROM debian\nCOPY ${arguments_}\n`), 'COPY');
    const shown = copiedSecrets(copy, files).map(
      ({ source, named, secrets }) =>
        `${source.value}${named ? '=' : ':'} ${secrets.map(({ path }) => path).join(',')}`,
    );
    assert.equal(shown.join(' '), found);
  });
}

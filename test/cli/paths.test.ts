// Which files a command line reads.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readIgnoreFile } from '../../server/core/model/gitignore.ts';
import { builtBulkhead, folderWith } from './bulkhead.ts';

const bulkhead = await builtBulkhead();

const tree = {
  '.git/HEAD': '',
  Dockerfile: '',
  'Dockerfile.md': '',
  'compose.yaml': '',
  'image.df': '',
  'values.yml': '',
  'a/Containerfile': '',
  'a/b/dev.Dockerfile': '',
  'a/b/docker-compose.prod.yml': '',
  'node_modules/x/Dockerfile': '',
  'a/node_modules/Dockerfile': '',
  '[x]/Dockerfile': '',
};

const ignoring = (lines: string, below: Record<string, string> = {}) => ({
  ...tree,
  '.gitignore': lines,
  ...below,
});

const everything = [
  'Dockerfile',
  '[x]/Dockerfile',
  'a/Containerfile',
  'a/b/dev.Dockerfile',
  'a/b/docker-compose.prod.yml',
  'compose.yaml',
];

type Row = readonly [name: string, files: Record<string, string>, words: string[], expected: string[]];
const rows: readonly Row[] = [
  ['a folder, by name', tree, ['.'], everything],
  ['a folder below', tree, ['a/b/'], ['a/b/dev.Dockerfile', 'a/b/docker-compose.prod.yml']],
  [
    'files that are named, whatever their names',
    tree,
    ['image.df', 'values.yml'],
    ['image.df', 'values.yml'],
  ],
  ['a file that is named, although it is ignored', ignoring('Dockerfile\n'), ['Dockerfile'], ['Dockerfile']],
  ['a name that looks like a glob', tree, ['[x]/Dockerfile'], ['[x]/Dockerfile']],
  ['a glob', tree, ['a/**/*.Dockerfile'], ['a/b/dev.Dockerfile']],
  ['a glob of names stays in its folder', tree, ['*ockerfile'], ['Dockerfile']],
  ['a glob of folders', tree, ['a/*/'], ['a/b/dev.Dockerfile', 'a/b/docker-compose.prod.yml']],
  ['a glob with braces', tree, ['{compose.yaml,a/Containerfile}'], ['a/Containerfile', 'compose.yaml']],
  ['a glob keeps to Dockerfiles and Compose files', tree, ['D*'], ['Dockerfile']],
  ['words behind -- are paths', tree, ['--', 'compose.yaml'], ['compose.yaml']],
  [
    'files that a Compose file includes',
    {
      'compose.yaml': 'include: [a/part.yml, {path: [b.yml, ../c.yml, "$D.yml", gone.yml]}]\n',
      'a/part.yml': 'include: [more.yml]\n',
      'a/more.yml': 'include: [../compose.yaml]\n',
      'b.yml': '',
    },
    ['.'],
    ['compose.yaml', 'a/part.yml', 'b.yml', 'a/more.yml'],
  ],
  [
    'not those of a file that is named',
    { 'compose.yaml': 'include: [b.yml]\n', 'b.yml': '' },
    ['compose.yaml'],
    ['compose.yaml'],
  ],
  [
    'ignored folders and files',
    ignoring('b/\nContainerfile\n'),
    ['.'],
    ['Dockerfile', '[x]/Dockerfile', 'compose.yaml'],
  ],
  [
    'a folder that is named is read, although it is ignored',
    ignoring('b/\n'),
    ['a/b'],
    everything.slice(3, 5),
  ],
  [
    'the deeper ignore file wins',
    ignoring('*.Dockerfile\n', { 'a/.gitignore': '!dev.Dockerfile\n/Containerfile\n' }),
    ['.'],
    everything.filter(name => name !== 'a/Containerfile'),
  ],
  ['ignore files above the folder count', ignoring('*.prod.yml\n'), ['a/b'], ['a/b/dev.Dockerfile']],
];
for (const [name, files, words, expected] of rows) {
  test(`paths: ${name}`, () => {
    const { out, err } = bulkhead(['lint', '--format', 'json', ...words], { in: folderWith(files) });
    assert.equal(err, '');
    const { files: read } = JSON.parse(out) as { readonly files: readonly { readonly path: string }[] };
    assert.deepEqual(
      read.map(file => file.path),
      expected,
    );
  });
}

test('paths: links are not followed, unless they are named', () => {
  const folder = folderWith({ 'real/Dockerfile': '' });
  symlinkSync('real', path.join(folder, 'linked'));
  symlinkSync('real/Dockerfile', path.join(folder, 'Dockerfile'));
  const read = (...words: string[]): string[] => {
    const { out } = bulkhead(['lint', '--format', 'json', ...words], { in: folder });
    return JSON.parse(out).files.map((file: { readonly path: string }) => file.path);
  };
  assert.deepEqual(read('.'), ['real/Dockerfile']);
  assert.deepEqual(read('Dockerfile', 'linked'), ['Dockerfile', 'linked/Dockerfile']);
});

const problemRows: readonly [name: string, words: string[], err: string][] = [
  ['a name that would move the cursor', ['a\u0007\nb'], 'bulkhead: a\uFFFD b does not exist.\n'],
  ['a path that is not there', ['nowhere'], 'bulkhead: nowhere does not exist.\n'],
  [
    'a glob without a match',
    ['*.nothing'],
    'bulkhead: *.nothing matches no Dockerfile and no Compose file.\n',
  ],
  [
    'a folder without files',
    ['empty'],
    'bulkhead: There is no Dockerfile and no Compose file below empty. Name a file, or a folder that holds one.\n',
  ],
  [
    'standard input among paths',
    ['-', 'Dockerfile'],
    'bulkhead: Standard input (-) cannot be mixed with other paths. Run the command twice.\n',
  ],
];
for (const [name, words, err] of problemRows) {
  for (const command of ['lint', 'fix', 'parse']) {
    test(`${command}: ${name} ends the run`, () => {
      const folder = folderWith({ 'empty/README.md': '', Dockerfile: '' });
      const outcome = bulkhead([command, ...words], { in: folder });
      assert.equal(outcome.err, err);
      assert.equal(outcome.code, 2);
    });
  }
}

test('lint: what can be read is reported, although another path cannot', () => {
  const folder = folderWith({
    Dockerfile: 'FROM a AS LOUD\n',
    'large/Dockerfile': 'RUN a\n'.repeat(1_000_000),
  });
  const { code, out, err } = bulkhead(['lint', '--format', 'json', '.', 'nowhere'], { in: folder });
  assert.equal(
    err,
    'bulkhead: nowhere does not exist.\nbulkhead: large/Dockerfile is larger than 5 MB and was not read.\n',
  );
  assert.equal(JSON.parse(out).files[0].findings[0].rule, 'shouted-stage');
  assert.equal(code, 2);
});

test('lint: a text that is not UTF-8 is read', () => {
  const folder = folderWith({ Dockerfile: Buffer.from('# caf\xe9\nFROM a AS LOUD\n', 'latin1') });
  const { out, code } = bulkhead(['lint', '--format', 'json'], { in: folder });
  assert.equal(JSON.parse(out).files[0].findings[0].rule, 'shouted-stage');
  assert.equal(code, 1);
});

/** Null where the file does not mention the path. */
const ignoreRows: readonly [lines: string, path: string, expected: boolean | null][] = [
  ['a', 'a', true],
  ['a', 'b/a', true],
  ['a', 'a/', true],
  ['a', 'ab', null],
  ['/a', 'a', true],
  ['/a', 'b/a', null],
  ['a/', 'a/', true],
  ['a/', 'a', null],
  ['a/b', 'a/b', true],
  ['a/b', 'c/a/b', null],
  ['a/b', 'a/b/c', null],
  ['*.yml', 'a/b.yml', true],
  ['a/*', 'a/b', true],
  ['a/*', 'a/b/c', null],
  ['a/**', 'a/b/c', true],
  ['a/**', 'a/', null],
  ['**/a', 'b/c/a', true],
  ['a/**/b', 'a/b', true],
  ['[ab].yml', 'b.yml', true],
  ['{a,b}', 'a', null],
  ['{a,b}', '{a,b}', true],
  ['# a', '# a', null],
  ['\\# a', '# a', true],
  ['\\!a', '!a', true],
  ['a  ', 'a', true],
  ['a\\ ', 'a ', true],
  ['a\r\nb\r\n', 'b', true],
  ['\uFEFFa', 'a', true],
  ['*\n!a', 'a', false],
  ['!a\n*', 'a', true],
  ['*\n!*/', 'a/', false],
  ['*\n!*/', 'a/b', true],
  ['', 'a', null],
];
for (const [lines, name, expected] of ignoreRows) {
  test(`ignore file: ${JSON.stringify(lines)} and ${JSON.stringify(name)}`, () => {
    assert.equal(readIgnoreFile(lines)(name), expected);
  });
}

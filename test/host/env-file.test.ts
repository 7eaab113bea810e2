// Env files: whether a repository takes one in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvFile } from '../../server/host/env-file.ts';
import type { FileSystem } from '../../server/host/files.ts';

/** Files by their paths below `/`; what ends with a slash is an empty folder. */
function filesOf(tree: Readonly<Record<string, string>>): FileSystem {
  const paths = Object.keys(tree);
  const isFolder = (folder: string): boolean => paths.some(path => path.startsWith(`${folder}/`));
  return {
    read: async location => tree[location] ?? null,
    async list(folder) {
      if (folder !== '' && !isFolder(folder)) return null;
      const names = paths
        .filter(path => path.startsWith(`${folder}/`))
        .map(path => path.slice(folder.length + 1).split('/')[0] ?? '');
      return [...new Set(names)].map(name => ({
        name,
        kind: isFolder(`${folder}/${name}`) ? 'folder' : 'file',
      }));
    },
    resolve: (folder, path) => `${folder}/${path}`,
    parent: location => (location === '' ? null : location.slice(0, location.lastIndexOf('/'))),
    relative: (folder, location) =>
      location === folder ? '' : location.startsWith(`${folder}/`) ? location.slice(folder.length + 1) : null,
  };
}

const rows: readonly (readonly [
  name: string,
  tree: Readonly<Record<string, string>>,
  takenIn: boolean | null,
])[] = [
  ['nothing keeps it out', { '/p/.git/HEAD': '', '/p/a/.env': 'A=1' }, true],
  ['by its name', { '/p/.git/HEAD': '', '/p/.gitignore': '.env\n', '/p/a/.env': 'A=1' }, false],
  ['beside it', { '/p/.git/HEAD': '', '/p/a/.gitignore': '*.env\n', '/p/a/.env': 'A=1' }, false],
  ['with its folder', { '/p/.git/HEAD': '', '/p/.gitignore': 'a/\n', '/p/a/.env': 'A=1' }, false],
  [
    'taken back below',
    { '/p/.git/HEAD': '', '/p/.gitignore': '.env\n', '/p/a/.gitignore': '!.env\n', '/p/a/.env': 'A=1' },
    true,
  ],
  ['no repository', { '/p/a/.env': 'A=1' }, false],
  ['no such file', { '/p/.git/HEAD': '' }, null],
];

for (const [name, tree, takenIn] of rows) {
  test(`an env file: ${name}`, async () => {
    const file = await readEnvFile(filesOf(tree), '/p/a/.env');
    assert.equal(file === null ? null : file.takenIn, takenIn);
  });
}

// Neighbours over a file system: which files of a Compose file are read, how far, and when they are read again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import privileged from '../../server/core/rules/compose/compose-privileged.ts';
import unpinned from '../../server/core/rules/compose/compose-unpinned-image.ts';
import { lintDocument } from '../../server/host/check.ts';
import type { FileSystem, FolderEntry } from '../../server/host/files.ts';
import { prefetchNeighbours } from '../../server/host/prefetch.ts';
import { createProject } from '../../server/host/project.ts';

const catalogue = catalogueOf([privileged, unpinned]);

function join(folder: string, path: string): string {
  const parts = folder.split('/').filter(part => part !== '');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Files by path, those that end with `/` being folders, and the paths that were read. */
function memory(files: Record<string, string>): { readonly system: FileSystem; readonly read: string[] } {
  const read: string[] = [];
  const list = (folder: string): FolderEntry[] => {
    const prefix = folder === '/' ? '/' : `${folder}/`;
    const names = Object.keys(files).flatMap(path => {
      const [name = '', ...rest] = path.startsWith(prefix) ? path.slice(prefix.length).split('/') : [];
      return name === '' ? [] : [`${name}${rest.length > 0 ? '/' : ''}`];
    });
    return [...new Set(names)].map(name =>
      name.endsWith('/') ? { name: name.slice(0, -1), kind: 'folder' } : { name, kind: 'file' },
    );
  };
  const system: FileSystem = {
    async read(location) {
      read.push(location);
      return files[location] ?? null;
    },
    list: async folder => list(folder),
    resolve: join,
    parent: location => (location === '/' ? null : join(location, '..')),
    relative: (folder, location) => {
      const prefix = folder === '/' ? '/' : `${folder}/`;
      if (location === folder) return '';
      return location.startsWith(prefix) ? location.slice(prefix.length) : null;
    },
  };
  return { system, read };
}

const base = 'services: {web: {extends: {file: ../common.yaml, service: x}, image: "a:1.2.3"}}';
const rows: readonly [name: string, files: Record<string, string>, expected: readonly string[]][] = [
  [
    'within the repository',
    { '/r/.git/config': '', '/r/common.yaml': 'services: {x: {privileged: true}}' },
    ['compose-privileged'],
  ],
  ['not beyond it', { '/r/app/.git/config': '', '/r/common.yaml': 'services: {x: {privileged: true}}' }, []],
  [
    'not beyond its folder where there is none',
    { '/r/common.yaml': 'services: {x: {privileged: true}}' },
    [],
  ],
  ['the override beside it', { '/r/app/compose.override.yaml': 'services: {web: {image: "a:latest"}}' }, []],
];
for (const [name, beside, expected] of rows) {
  test(`files beside a Compose file are read: ${name}`, async () => {
    const location = '/r/app/compose.yaml';
    const { system, read } = memory({ ...beside, [location]: base });
    const project = createProject(system, catalogue);
    const { findings } = await lintDocument(project, catalogue, {
      location,
      text: base,
      language: 'compose',
    });
    assert.deepEqual(
      findings.map(({ rule }) => rule).filter(rule => rule !== 'compose-unpinned-image'),
      expected,
    );
    assert.equal(read.includes('/r/common.yaml'), beside['/r/.git/config'] !== undefined);
  });
}

const setRows: readonly [name: string, config: string, set: string | null, expected: readonly string[]][] = [
  [
    'within the first set that it is in',
    'compose-sets: {a: [app/compose.yaml, app/ops/prod.yaml], b: [app/compose.yaml, none.yaml]}',
    null,
    [],
  ],
  [
    'within the one that was asked for',
    'compose-sets: {b: [app/compose.yaml], a: [app/compose.yaml, app/ops/prod.yaml]}',
    'a',
    [],
  ],
  [
    'alone where that is another set',
    'compose-sets: {b: [app/compose.yaml], a: [app/compose.yaml, app/ops/prod.yaml]}',
    'b',
    ['compose-unpinned-image'],
  ],
  ['alone where no set has it', 'compose-sets: {a: [app/ops/prod.yaml]}', null, ['compose-unpinned-image']],
];
for (const [name, config, set, expected] of setRows) {
  test(`a Compose file is judged by the sets of the configuration: ${name}`, async () => {
    const location = '/r/app/compose.yaml';
    const text = 'services: {web: {image: a}}';
    const pinned = 'services: {web: {image: "a:1.2.3"}}';
    const files = {
      '/r/.git/config': '',
      '/r/.bulkhead.yaml': config,
      '/r/app/ops/prod.yaml': pinned,
      [location]: text,
    };
    const { system } = memory(files);
    const project = createProject(system, catalogue, set === null ? {} : { above: { set } });
    const { findings } = await lintDocument(project, catalogue, { location, text, language: 'compose' });
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      expected,
    );
  });
}

test('what stands beside a Compose file is known before the first lint, and read again when it changes', async () => {
  const location = '/r/compose.yaml';
  const files = { [location]: 'services: {}', '/r/compose.override.yml': 'services: {}', '/r/.env': 'A=1' };
  const { system, read } = memory(files);
  const project = createProject(system, catalogue);
  await prefetchNeighbours(project, location);
  const facts = project.facts(location);
  assert.deepEqual(facts.get('folder', '.')?.document, 'compose.yaml');
  assert.equal(facts.get('compose', 'compose.override.yml')?.text, 'services: {}');
  assert.equal(facts.get('env', '.env')?.text, 'A=1');

  const before = read.length;
  await prefetchNeighbours(project, location);
  assert.equal(read.length, before);

  project.forget('/r/compose.override.yml', 'content');
  assert.equal(facts.get('compose', 'compose.override.yml'), undefined);
  assert.notEqual(facts.get('folder', '.'), undefined);
  project.forget('/r/compose.override.yml', 'presence');
  assert.equal(facts.get('folder', '.'), undefined);
});

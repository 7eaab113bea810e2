// `--engine`: what an engine that is none says of images, in findings; without the flag nobody is asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeEngine } from '../support/fake-engine.ts';
import { builtBulkhead, folderWith } from './bulkhead.ts';

const bulkhead = await builtBulkhead('product');
const patience = { skip: process.platform === 'win32' };

const images = { 'example.com/base:1': { config: { User: 'app' } }, 'example.com/root:1': {} };
const files = {
  Dockerfile: 'FROM example.com/base:1\n',
  'root/Dockerfile': 'FROM example.com/root:1\n',
  'other/Dockerfile': 'FROM example.com/other:1\n',
};

function linted(words: readonly string[], PATH: (folder: string) => string) {
  const folder = folderWith(files);
  const { out, err, code } = bulkhead(['lint', '--rule', 'root-user', '--format', 'json', ...words, '.'], {
    in: folder,
    env: { PATH: PATH(folder) },
  });
  const report = out === '' ? { files: [] } : JSON.parse(out);
  const found = report.files.flatMap((file: { path: string; findings: { severity: string }[] }) =>
    file.findings.map(({ severity }) => `${file.path} ${severity}`),
  );
  return { found: found.sort(), err, code };
}

test('the engine knows the account that images start with', patience, () => {
  const { found, err } = linted(['--engine'], () => fakeEngine('podman', images).folder);
  assert.deepEqual([found, err], [['other/Dockerfile info', 'root/Dockerfile warning'], '']);
});

test('without the flag nobody is asked', patience, () => {
  const engine = fakeEngine('docker', images);
  const { found } = linted([], () => engine.folder);
  assert.deepEqual(found, ['Dockerfile info', 'other/Dockerfile info', 'root/Dockerfile info']);
  assert.deepEqual(engine.calls(), []);
});

test('an engine that nobody has started leaves things as they are', patience, () => {
  const { found, err } = linted(['--engine'], () => fakeEngine('docker', null).folder);
  assert.equal(found.length, 3);
  assert.equal(err, '');
});

test('a machine without an engine is told so', patience, () => {
  const { err, code } = linted(['--engine'], folder => folder);
  assert.equal(code, 2);
  assert.match(err, /no docker, podman or nerdctl in PATH/);
});

test('an engine in the project is nobody to ask', patience, () => {
  const { err } = linted(['--engine'], folder => {
    const { folder: engine } = fakeEngine('docker', images);
    return `${engine.replace(/[^/]+$/, '')}${folder.split('/').at(-1)}`;
  });
  assert.match(err, /no docker, podman or nerdctl in PATH/);
});

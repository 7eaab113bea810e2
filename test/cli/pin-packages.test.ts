// `fix --pin-packages`: versions out of an engine that is none become pins, and what is in the way is said once.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';
import { builtBulkhead, folderWith } from './bulkhead.ts';

const bulkhead = await builtBulkhead();

const policy = (name: string, version: string): string =>
  `${name}:\n  Candidate: ${version}\n  Version table:\n     ${version} 500\n        500 http://a b/c amd64 Packages\n`;
const curlAndGit = 'FROM debian:13 AS base\nRUN apt-get update && apt-get install -y curl "git"\n';
const debian = {
  'debian:13': {
    programs: { 'apt-cache policy curl git': policy('curl', '8.1-2') },
    fetched: { 'apt-cache policy curl git': policy('curl', '8.1-2') + policy('git', '1:2.4') },
  },
};

interface Row {
  readonly words: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly engine?: () => FakeEngine;
  /** The Dockerfile afterwards. */
  readonly after: string;
  readonly err: string;
}

const rows: Readonly<Record<string, Row>> = {
  'what the image holds': {
    words: ['local'],
    files: { Dockerfile: curlAndGit },
    engine: () => fakeEngine('docker', debian),
    after: curlAndGit.replace('curl', 'curl=8.1-2'),
    err: `\
bulkhead: debian:13 holds no package index in which git could be looked up.
bulkhead: With --pin-packages network an index is fetched first.
`,
  },
  'what it can fetch': {
    words: ['network'],
    files: { Dockerfile: curlAndGit },
    engine: () => fakeEngine('podman', debian),
    after: curlAndGit.replace('curl', 'curl=8.1-2').replace('git', 'git=1:2.4'),
    err: '',
  },
  'packages that may move, whatever the flag says': {
    words: ['network'],
    files: {
      Dockerfile: curlAndGit,
      '.bulkhead.yaml': 'rules:\n  unpinned-package:\n    allowed: [curl, git]\n',
    },
    after: curlAndGit,
    err: '',
  },
  'one rule alone, and pins': {
    words: ['network', '--rule', 'root-account'],
    files: { Dockerfile: curlAndGit },
    engine: () => fakeEngine('docker', debian),
    after: curlAndGit.replace('curl', 'curl=8.1-2').replace('git', 'git=1:2.4'),
    err: '',
  },
  'no engine, said once': {
    words: ['local'],
    files: { Dockerfile: curlAndGit, 'b/Dockerfile': curlAndGit },
    after: curlAndGit,
    err: 'bulkhead: No version can be looked up: there is no docker, podman or nerdctl in PATH. Install one of them.\n',
  },
  'other repositories come in': {
    words: ['network'],
    files: { Dockerfile: `FROM debian:13\nRUN add-apt-repository a\nRUN apt-get install -y curl\n` },
    after: 'FROM debian:13\nRUN add-apt-repository a\nRUN apt-get install -y curl\n',
    err: '',
  },
};
for (const [name, { words, files, engine, after, err }] of Object.entries(rows)) {
  test(`pins: ${name}`, { skip: process.platform === 'win32' }, () => {
    const folder = folderWith(files);
    const PATH = engine?.().folder ?? folder;
    const run = bulkhead(['fix', '--pin-packages', ...words, '.'], { in: folder, env: { PATH } });
    assert.equal(run.err, err);
    assert.equal(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), after);
  });
}

test('without the flag nothing is looked up', { skip: process.platform === 'win32' }, () => {
  const folder = folderWith({ Dockerfile: curlAndGit });
  const engine = fakeEngine('docker', debian);
  const { out } = bulkhead(['fix', '--profile', 'all', '.'], { in: folder, env: { PATH: engine.folder } });
  assert.match(out, /unpinned-package/);
  assert.deepEqual(engine.calls(), []);
});

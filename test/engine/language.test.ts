import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../server/core/engine/language.ts';

const rows: readonly [path: string, expected: string | undefined][] = [
  ['Dockerfile', 'dockerfile'],
  ['/a/b/Dockerfile', 'dockerfile'],
  ['C:\\a\\Dockerfile', 'dockerfile'],
  ['dockerfile', 'dockerfile'],
  ['Dockerfile.dev', 'dockerfile'],
  ['Dockerfile-alpine', 'dockerfile'],
  ['api.Dockerfile', 'dockerfile'],
  ['api.dockerfile', 'dockerfile'],
  ['Containerfile', 'dockerfile'],
  ['Containerfile.prod', 'dockerfile'],
  ['Dockerfile.dockerignore', undefined],
  ['Dockerfile.md', undefined],
  ['dockerfile.ts', undefined],
  ['MyDockerfile', undefined],
  ['Dockerfiles/readme', undefined],
  ['compose.yaml', 'compose'],
  ['compose.yml', 'compose'],
  ['docker-compose.yml', 'compose'],
  ['compose.override.yaml', 'compose'],
  ['docker-compose.prod.yml', 'compose'],
  ['web-docker-compose.yml', 'compose'],
  ['compose-dev.yaml', 'compose'],
  ['decompose.yaml', undefined],
  ['compose.json', undefined],
  ['', undefined],
];
for (const [path, expected] of rows) {
  test(`language of ${JSON.stringify(path)}: ${expected ?? 'none'}`, () => {
    assert.equal(languageOf(path), expected);
  });
}

// Which programs look for which credentials.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readsCredential,
  readsSecretFile,
  runsProject,
} from '../../server/core/knowledge/credential-readers.ts';

const variables: readonly [program: string, variable: string, reads: boolean][] = [
  ['npm', 'NPM_TOKEN', true],
  ['yarn', 'NODE_AUTH_TOKEN', true],
  ['npm', 'DB_PASSWORD', false],
  ['npm', 'AWS_SECRET_ACCESS_KEY', false],
  ['pip3', 'PIP_INDEX_URL', true],
  ['pip', 'ARTIFACTORY_PASSWORD', true],
  ['bundle', 'BUNDLE_GEMS__CONTRIBSYS__COM', true],
  ['rails', 'SECRET_KEY_BASE', true],
  ['composer', 'COMPOSER_AUTH', true],
  ['git', 'GITHUB_TOKEN', true],
  ['go', 'GH_TOKEN', true],
  ['aws', 'AWS_SECRET_ACCESS_KEY', true],
  ['dotnet', 'VSS_NUGET_EXTERNAL_FEED_ENDPOINTS', true],
  ['apt-get', 'GITHUB_TOKEN', false],
  ['', 'GITHUB_TOKEN', false],
];

for (const [program, variable, reads] of variables) {
  test(`${program} ${reads ? 'reads' : 'does not read'} ${variable}`, () => {
    assert.equal(readsCredential(program, variable), reads);
  });
}

const files: readonly [program: string, path: string, reads: boolean][] = [
  ['npm', '/app/.npmrc', true],
  ['git', '/root/.ssh/id_rsa', true],
  ['git', '/app/deploy_id_ed25519', true],
  ['curl', '/root/.netrc', true],
  ['aws', '/root/.aws/credentials', true],
  ['composer', '/root/.composer/auth.json', true],
  ['gcloud', '/tmp/service-account.json', true],
  ['npm', '/app/.env', false],
  ['make', '/etc/ssl/server.key', false],
];

for (const [program, path, reads] of files) {
  test(`${program} ${reads ? 'looks' : 'does not look'} for ${path}`, () => {
    assert.equal(readsSecretFile(program, path), reads);
  });
}

test('programs that run what a project wrote', () => {
  assert.deepEqual(['npm', 'make', 'python3.13', 'apk', 'curl', ''].map(runsProject), [
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

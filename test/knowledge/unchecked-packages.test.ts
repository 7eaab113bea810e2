// Options that switch a check of packages off, and words that only look like one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uncheckedBy } from '../../server/core/knowledge/unchecked-packages.ts';

const rows: readonly [program: string, word: string, kind: string | undefined][] = [
  ['apt-get', '--allow-unauthenticated', 'apt'],
  ['apt', '--allow-insecure-repositories', 'apt'],
  ['apt-get', 'APT::Get::AllowUnauthenticated=true', 'apt'],
  ['apt-get', '-oAcquire::AllowInsecureRepositories=1', 'apt'],
  ['apt-get', 'APT::Get::AllowUnauthenticated=false', undefined],
  ['apt-get', '--force-yes', 'forced'],
  ['apt-get', 'Acquire::https::Verify-Peer=false', 'tls'],
  ['apt-get', 'Acquire::https::example.com::Verify-Host=no', 'tls'],
  ['apt-get', '--allow-downgrades', undefined],
  ['apk', '--allow-untrusted', 'apk'],
  ['dnf', '--nogpgcheck', 'yum'],
  ['dnf5', '--no-gpgchecks', 'yum'],
  ['yum', '--setopt=*.gpgcheck=0', 'yum'],
  ['yum', '--setopt=repo_gpgcheck=0', undefined],
  ['yum', '--setopt=epel.sslverify=False', 'tls'],
  ['yum-config-manager', 'sslverify=no', 'tls'],
  ['dnf', '--setopt=sslverify = False', 'tls'],
  ['dnf-config-manager', '--setopt=sslverify=1', undefined],
  ['zypper', '--no-gpg-checks', 'zypper'],
  ['zypper', '-fG', 'zypper'],
  ['zypper', '-f', undefined],
  ['rpm', '--nofiledigest', 'rpm'],
  ['rpm', '--nodeps', undefined],
  ['curl', '--allow-untrusted', undefined],
];

for (const [program, word, kind] of rows) {
  test(`${program} ${word}`, () => assert.equal(uncheckedBy(program, word), kind));
}

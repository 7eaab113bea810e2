// The machine: what the tests need of it, installed where it is a Debian and we may, else named.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, tail } from './process.ts';

/** Programs by the Debian package that brings them. */
const programs: Readonly<Record<string, string>> = {
  dockerd: 'docker.io',
  runc: 'runc',
  'docker-registry': 'docker-registry',
  'docker-compose': 'docker-compose',
  debootstrap: 'debootstrap',
  make: 'make',
  gcc: 'gcc',
  bzip2: 'bzip2',
  openssl: 'openssl',
};

export const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** Files that no program stands for. */
const files: Readonly<Record<string, string>> = {
  '/usr/include/stdio.h': 'libc6-dev',
  [debianKeyring]: 'debian-archive-keyring',
};

/** All places of a program, those found first in front. */
export const placesOf = (program: string): readonly string[] =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, program))
    .filter(path => existsSync(path));

const missingPackages = (): string[] => [
  ...Object.entries(programs).flatMap(([program, name]) => (placesOf(program).length > 0 ? [] : [name])),
  ...Object.entries(files).flatMap(([file, name]) => (existsSync(file) ? [] : [name])),
];

async function install(packages: readonly string[]): Promise<void> {
  console.log(`Installing ${packages.join(', ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const limit = 300_000;
  const update = await run('apt-get', ['update', '-q'], { env, limit });
  if (!update.ok) console.log(tail(update.output, 5));
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  const result = await run('apt-get', args, { env, limit });
  if (!result.ok) console.log(tail(result.output));
}

/** Why the tests cannot run here; null where they can. */
export async function obstacle(): Promise<string | null> {
  if (process.platform !== 'linux') return 'a Docker Engine of our own needs Linux';
  if (process.getuid?.() !== 0) return 'a Docker Engine of our own needs root';
  const missing = missingPackages();
  if (missing.length === 0) return null;
  if (placesOf('apt-get').length > 0) await install(missing);
  const left = missingPackages();
  return left.length === 0 ? null : `these Debian packages are missing: ${left.join(', ')}`;
}

// Real scanners, where somebody has built them (npm run scanners), with databases that are made for a test.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Outside the repository, kept between runs. */
export const scannersFolder = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'bulkhead-test',
  'scanners',
);

/** Of the base that tests use. */
const [release, codename] = ['13', 'trixie'];

export interface Weak {
  /** Of Debian that of the source. */
  readonly ecosystem: 'deb' | 'npm' | 'dotnet';
  readonly name: string;
  readonly id: string;
  readonly severity: 'critical' | 'high' | 'medium';
  readonly fixed: string;
}

export interface RealScanner {
  readonly name: 'trivy' | 'grype';
  readonly program: string;
  /** Makes the database, and says which variables lead to it. */
  database(at: string, weak: readonly Weak[]): Readonly<Record<string, string>>;
}

function make(maker: string, at: string, entries: readonly object[]): void {
  const { status, stderr } = spawnSync(join(scannersFolder, maker), [at], {
    input: JSON.stringify(entries),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${maker} failed: ${stderr}`);
}

const grype: RealScanner = {
  name: 'grype',
  program: join(scannersFolder, 'grype'),
  database(at, weak) {
    const entries = weak.map(({ ecosystem, name, id, severity, fixed }) => ({
      ...(ecosystem === 'deb' ? { OS: 'debian', Major: release, Codename: codename } : {}),
      Ecosystem: ecosystem,
      Format: ecosystem === 'deb' ? 'dpkg' : 'semver',
      Package: name,
      ID: id,
      Severity: severity,
      Fixed: fixed,
    }));
    make('grypedb', at, entries);
    return { GRYPE_DB_CACHE_DIR: at };
  },
};

const trivyBuckets = { npm: 'npm::test', dotnet: 'nuget::test' };

const trivy: RealScanner = {
  name: 'trivy',
  program: join(scannersFolder, 'trivy'),
  database(at, weak) {
    const entries = weak.map(({ ecosystem, name, id, severity, fixed }) => ({
      Bucket: ecosystem === 'deb' ? `debian ${release}` : trivyBuckets[ecosystem],
      Package: name.toLowerCase(),
      ID: id,
      Severity: severity.toUpperCase(),
      Fixed: fixed,
      Vulnerable: ecosystem === 'deb' ? '' : `< ${fixed}`,
    }));
    make('trivydb', at, entries);
    return { TRIVY_CACHE_DIR: at };
  },
};

/** Those that are there. */
export const realScanners: readonly RealScanner[] = [trivy, grype].filter(
  ({ name, program }) => existsSync(program) && existsSync(join(scannersFolder, `${name}db`)),
);

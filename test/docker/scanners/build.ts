// Builds real scanners, and what makes small databases for them, into the cache that the tests on an engine look in. Needs Go
// and a quarter of an hour: npm run scanners.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scannersFolder } from '../support/scanners.ts';

const grype = 'github.com/anchore/grype@v0.121.3';
const trivy = 'github.com/aquasecurity/trivy@v0.74.0';
const trivyDb = 'github.com/aquasecurity/trivy-db@v0.0.0-20260813095258-0e0340a01b57';

interface Program {
  readonly name: string;
  /** The module that it is, or rests on. */
  readonly module: string;
  /** What is built: a package of that module, or a file beside this one. */
  readonly package?: string;
  readonly source?: string;
  readonly flags: string;
  /** Of Go, without which it cannot be built. */
  readonly experiment?: string;
}

const programs: readonly Program[] = [
  {
    name: 'grype',
    module: grype,
    package: 'github.com/anchore/grype/cmd/grype',
    flags: '-X main.version=0.121.3',
  },
  { name: 'grypedb', module: grype, source: 'grype-db/main.go', flags: '' },
  {
    name: 'trivy',
    module: trivy,
    package: 'github.com/aquasecurity/trivy/cmd/trivy',
    flags: '-X github.com/aquasecurity/trivy/pkg/version/app.ver=0.74.0',
    experiment: 'jsonv2',
  },
  { name: 'trivydb', module: trivyDb, source: 'trivy-db/main.go', flags: '' },
];

const env = {
  ...process.env,
  GOFLAGS: '-mod=mod -buildvcs=false',
  CGO_ENABLED: '0',
};

function go(folder: string, experiment: string, ...args: readonly string[]): void {
  const { status, error } = spawnSync('go', args, {
    cwd: folder,
    env: { ...env, GOEXPERIMENT: experiment },
    stdio: 'inherit',
  });
  if (status !== 0)
    throw new Error(`go ${args.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`);
}

mkdirSync(scannersFolder, { recursive: true });
for (const { name, module, package: path, source, flags, experiment = '' } of programs) {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-scanner-'));
  try {
    writeFileSync(join(folder, 'go.mod'), 'module example.com/scanner\n\ngo 1.26\n');
    if (source) cpSync(join(import.meta.dirname, source), join(folder, 'main.go'));
    go(folder, experiment, 'get', module);
    go(
      folder,
      experiment,
      'build',
      '-ldflags',
      `-s -w ${flags}`,
      '-o',
      join(scannersFolder, name),
      path ?? '.',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

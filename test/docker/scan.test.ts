// Scans of an image that is made for it: weak packages of the base, of a RUN, of a lock file that is copied and of another
// stage are at the lines that bring them; as a scanner that is none tells it, and as real ones do where they are built.
import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { readReport } from '../../server/core/scan/read-report.ts';
import { createProject } from '../../server/host/project.ts';
import { planOfBuilt, scannedPlan } from '../../server/host/scanning.ts';
import { diskFiles } from '../../server/node/files.ts';
import { type ScanAnswer, scanImage } from '../../server/node/scanners/run.ts';
import { trivyReport } from '../scan/reports.ts';
import { fakeScanner } from '../support/fake-scanner.ts';
import { build, docker, dockerEnvironment, folderWith, work } from './support/lab.ts';
import { must } from './support/process.ts';
import { realScanners, type Weak } from './support/scanners.ts';

const text = `FROM node:24-slim AS build
WORKDIR /src
COPY package.json ./
RUN npm ci; mkdir -p node_modules/lodash && echo '{"name":"lodash","version":"4.17.4","license":"MIT"}' > node_modules/lodash/package.json

FROM debian:13-slim
RUN --mount=type=bind,source=/srv/packages,target=/srv/packages,from=debian:13-slim apt-get update && \\
    apt-get install -y --no-install-recommends curl
COPY packages.lock.json /app/
COPY --from=build /src/node_modules /app/node_modules
`;
const lock = {
  version: 1,
  dependencies: {
    'net8.0': {
      'Newtonsoft.Json': { type: 'Direct', requested: '[12.0.1, )', resolved: '12.0.1', contentHash: 'x' },
    },
  },
};
const weak: readonly Weak[] = [
  { ecosystem: 'deb', name: 'zlib', id: 'CVE-2026-0001', severity: 'critical', fixed: '9:99' },
  { ecosystem: 'deb', name: 'curl', id: 'CVE-2026-0002', severity: 'high', fixed: '9:99' },
  { ecosystem: 'dotnet', name: 'Newtonsoft.Json', id: 'CVE-2026-0003', severity: 'high', fixed: '13.0.1' },
  { ecosystem: 'npm', name: 'lodash', id: 'CVE-2026-0004', severity: 'medium', fixed: '4.17.21' },
];
/** `line package, by way of line`. */
const expected = [
  '4 medium lodash by 10',
  '6 critical zlib1g',
  '7 high curl',
  '7 high libcurl4t64',
  '9 high Newtonsoft.Json',
];

/** How the engine says that the image was made. */
async function configOf(
  image: string,
): Promise<{ readonly rootfs: { readonly diff_ids: readonly string[] } }> {
  const folder = await mkdtemp(join(work, 'saved-'));
  await docker('save', '--output', join(folder, 'image.tar'), image);
  await must('tar', ['-xf', join(folder, 'image.tar'), '-C', folder]);
  const [{ Config: file }] = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  return JSON.parse(await readFile(join(folder, file), 'utf8'));
}

async function linesOf(answer: ScanAnswer, image: string): Promise<string[]> {
  assert.ok('text' in answer, JSON.stringify(answer));
  const read = readReport(answer.text);
  assert.ok('report' in read, JSON.stringify(read));
  const catalogue = catalogueOf(rules);
  const location = join(await folderWith({ Dockerfile: text }), 'Dockerfile');
  const plan = planOfBuilt({ location, text, language: 'dockerfile' }, image, null);
  const context = {
    files: diskFiles,
    project: createProject(diskFiles, catalogue),
    catalogue,
    today: '2026-11-28',
    above: {},
    home: location,
  };
  const { scan } = await scannedPlan(context, plan, read.report);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  return scan.lines.flatMap(({ place, severity, packages }) =>
    packages.map(({ name }) => {
      assert.ok(place.isSure);
      const via = place.via === null ? '' : ` by ${lineAt(place.via.span.start)}`;
      return `${lineAt(place.span?.start ?? 0)} ${severity} ${name}${via}`;
    }),
  );
}

const request = {
  scanner: null,
  program: null,
  server: null,
  mayUpdate: false,
  isRemote: false,
  projects: [],
};

describe('scan', () => {
  let image = '';
  before(async () => {
    Object.assign(process.env, dockerEnvironment);
    const context = await folderWith({
      'package.json': '{}',
      'packages.lock.json': JSON.stringify(lock),
    });
    image = await build({ text, context });
  });

  test('a scanner that is none, which tells the layers of this image', async () => {
    const config = await configOf(image);
    const layers = config.rootfs.diff_ids;
    const [ofRun = '', ofLock = '', ofStage = ''] = layers.slice(-3);
    const found = ({ id, severity, fixed }: Weak, name: string, layer: string, path?: string) => ({
      VulnerabilityID: id,
      PkgName: name,
      PkgPath: path,
      InstalledVersion: '1',
      FixedVersion: fixed,
      Severity: severity.toUpperCase(),
      Layer: { DiffID: layer },
    });
    const [zlib, curl, json, lodash] = weak;
    assert.ok(zlib && curl && json && lodash);
    const report = trivyReport({
      image,
      config,
      results: [
        {
          Class: 'os-pkgs',
          Type: 'debian',
          Vulnerabilities: [
            found(zlib, 'zlib1g', layers[0] ?? ''),
            found(curl, 'curl', ofRun),
            found(curl, 'libcurl4t64', ofRun),
          ],
        },
        {
          Class: 'lang-pkgs',
          Type: 'nuget',
          Target: 'app/packages.lock.json',
          Vulnerabilities: [found(json, json.name, ofLock)],
        },
        {
          Class: 'lang-pkgs',
          Type: 'node-pkg',
          Vulnerabilities: [found(lodash, lodash.name, ofStage, 'app/node_modules/lodash/package.json')],
        },
      ],
    });
    const { file } = fakeScanner('trivy', { report });
    assert.deepEqual(await linesOf(await scanImage({ ...request, image, program: file }), image), expected);
  });

  for (const { name, program, database } of realScanners) {
    describe(name, () => {
      test('without a database says so, and fetches none', async () => {
        const empty = await folderWith({});
        Object.assign(process.env, { TRIVY_CACHE_DIR: empty, GRYPE_DB_CACHE_DIR: empty });
        const answer = await scanImage({ ...request, image, program });
        assert.ok('problem' in answer);
        assert.equal(answer.kind, 'no database', answer.problem);
      });

      test('finds all of them at their lines', async () => {
        const place = await folderWith({});
        Object.assign(process.env, database(place, weak));
        const answer = await scanImage({ ...request, image, program });
        assert.deepEqual(await linesOf(answer, image), expected);
      });

      test('an image that is not there', async () => {
        const answer = await scanImage({ ...request, image: 'nobody/has:this', program });
        assert.ok('problem' in answer);
        assert.equal(answer.kind, 'no image');
      });
    });
  }
});

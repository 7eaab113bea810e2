// Reports of scanners: each into the one model; what they leave out, and forms that nobody knows, are told.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { inRepository } from '../../scripts/repository.ts';
import type { ScanReport } from '../../server/core/scan/model.ts';
import { readReport } from '../../server/core/scan/read-report.ts';
import { grypeReport, sha, trivyReport } from './reports.ts';

function read(value: unknown): ScanReport {
  const result = readReport(JSON.stringify(value));
  assert.ok('report' in result, JSON.stringify(result));
  return result.report;
}

/** `severity package installed -> fixed id ecosystem layer path`. */
const shown = ({ vulnerabilities }: ScanReport): string[] =>
  vulnerabilities.map(({ severity, package: name, installed, fixed, id, ecosystem, layer, path }) =>
    [severity, name, installed, fixed ?? '-', id, ecosystem, layer?.slice(-1) ?? '-', path ?? '-'].join(' '),
  );

describe('Trivy', () => {
  test('packages of the system and of languages', () => {
    const report = trivyReport({
      image: 'shop:1',
      results: [
        {
          Target: 'shop:1 (debian 12.1)',
          Class: 'os-pkgs',
          Type: 'debian',
          Vulnerabilities: [
            {
              VulnerabilityID: 'CVE-2023-1',
              PkgName: 'openssl',
              InstalledVersion: '3.0.9-1',
              FixedVersion: '3.0.11-1',
              Severity: 'CRITICAL',
              PrimaryURL: 'https://avd.aquasec.com/nvd/cve-2023-1',
              Layer: { DiffID: sha(1) },
              Unheard: 'of',
            },
          ],
        },
        {
          Target: 'app/package-lock.json',
          Class: 'lang-pkgs',
          Type: 'npm',
          Vulnerabilities: [
            {
              VulnerabilityID: 'CVE-2021-2',
              PkgName: '@x/lodash',
              PkgIdentifier: { PURL: 'pkg:npm/%40x/lodash@4.17.4' },
              InstalledVersion: '4.17.4',
              Severity: 'HIGH',
              PrimaryURL: 'javascript:alert(1)',
              Layer: { DiffID: sha(2) },
            },
          ],
        },
      ],
    });
    const result = read(report);
    assert.deepEqual(shown(result), [
      'critical openssl 3.0.9-1 3.0.11-1 CVE-2023-1 deb 1 -',
      'high @x/lodash 4.17.4 - CVE-2021-2 npm 2 app/package-lock.json',
    ]);
    assert.deepEqual(
      result.vulnerabilities.map(({ url }) => url),
      ['https://avd.aquasec.com/nvd/cve-2023-1', null],
    );
    assert.equal(result.image, 'shop:1');
    assert.equal(result.config?.diffIds.length, 3);
  });

  test('mistakes without the text that was found', () => {
    const result = read(
      trivyReport({
        results: [
          {
            Target: 'Dockerfile',
            Misconfigurations: [
              { ID: 'DS-0002', Title: 'root', Severity: 'HIGH', Status: 'FAIL' },
              { ID: 'DS-0001', Severity: 'HIGH', Status: 'PASS' },
            ],
          },
          {
            Target: '/run.sh',
            Secrets: [{ RuleID: 'aws', Severity: 'CRITICAL', Title: 'AWS', Match: 'A=hunter2' }],
          },
        ],
      }),
    );
    assert.deepEqual(
      result.mistakes.map(({ kind, id, path }) => [kind, id, path]),
      [
        ['misconfiguration', 'DS-0002', 'Dockerfile'],
        ['secret', 'aws', '/run.sh'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(result), /hunter2/);
  });

  test('entries without a name are counted', () => {
    const result = read(
      trivyReport({ results: [{ Vulnerabilities: [{ VulnerabilityID: 'CVE-1' }, 7, null] }] }),
    );
    assert.deepEqual(result.missing, ['3 entries of the report have no id or package and are left out.']);
  });
});

describe('Grype', () => {
  test('matches, with the configuration of the image', () => {
    const report = grypeReport([
      {
        vulnerability: {
          id: 'GHSA-x',
          severity: 'Negligible',
          fix: { versions: ['1.2.1', '2.0.0'], state: 'fixed' },
          dataSource: 'https://github.com/advisories/GHSA-x',
        },
        relatedVulnerabilities: [{ id: 'CVE-2020-1' }, { id: 'GHSA-x' }],
        artifact: {
          name: 'requests',
          version: '1.0.0',
          type: 'python',
          purl: 'pkg:pypi/requests@1.0.0',
          locations: [
            { path: '/usr/lib/requests/RECORD', layerID: sha(3), annotations: { evidence: 'supporting' } },
            { path: '/usr/lib/requests/METADATA', layerID: sha(3), annotations: { evidence: 'primary' } },
            { path: '/usr/lib/requests/METADATA', layerID: sha(2), annotations: { evidence: 'primary' } },
          ],
        },
      },
    ]);
    const result = read(report);
    assert.deepEqual(shown(result), [
      'low requests 1.0.0 1.2.1, 2.0.0 GHSA-x pypi 2 /usr/lib/requests/METADATA',
    ]);
    assert.deepEqual(result.vulnerabilities[0]?.aliases, ['CVE-2020-1']);
    assert.equal(result.config?.history.length, 3);
  });

  const layerRows: readonly [
    name: string,
    type: string,
    locations: readonly [path: string, layer: number][],
    layer: string,
  ][] = [
    [
      'files beside the list tell',
      'deb',
      [
        ['/var/lib/dpkg/status', 3],
        ['/var/lib/dpkg/info/x.md5sums', 1],
      ],
      '1',
    ],
    ['the list alone does not', 'apk', [['/lib/apk/db/installed', 3]], '-'],
    ['but that of the lowest layer does', 'apk', [['/lib/apk/db/installed', 1]], '1'],
  ];
  for (const [name, type, locations, layer] of layerRows) {
    test(`the layer: ${name}`, () => {
      const artifact = {
        name: 'x',
        version: '1',
        type,
        locations: locations.map(([path, index]) => ({ path, layerID: sha(index) })),
      };
      const result = read(grypeReport([{ vulnerability: { id: 'CVE-1', severity: 'High' }, artifact }]));
      assert.equal(result.vulnerabilities[0]?.layer?.slice(-1) ?? '-', layer);
    });
  }
});

describe('Docker Scout', () => {
  const rule = {
    id: 'CVE-2022-48174',
    shortDescription: { text: 'CVE-2022-48174' },
    helpUri: 'https://scout.docker.com/v/CVE-2022-48174',
    properties: {
      purls: ['pkg:apk/alpine/busybox@1.35.0-r29?os_name=alpine&os_version=3.17'],
      fixed_version: '1.35.0-r31',
      'security-severity': '9.8',
      tags: ['CRITICAL'],
    },
  };
  const sarif = (extra: object = {}, location = {}) => ({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { fullName: 'Docker Scout', version: '1.15.0', rules: [{ ...rule, ...extra }] } },
        results: [{ ruleId: rule.id, message: { text: 'x' }, locations: [location] }, { ruleId: 'gone' }],
      },
    ],
  });

  test('SARIF', () => {
    const location = {
      physicalLocation: { artifactLocation: { uri: '/lib/apk/db/installed' } },
      logicalLocations: [{ fullyQualifiedName: `${sha(4)}:/lib/apk/db/installed` }],
    };
    const result = read(sarif({}, location));
    assert.deepEqual(shown(result), [
      'critical busybox 1.35.0-r29 1.35.0-r31 CVE-2022-48174 apk 4 /lib/apk/db/installed',
    ]);
    assert.deepEqual(result.missing, ['1 entry of the report has no package and is left out.']);
  });

  test('a score where no severity is named, and no fix', () => {
    const properties = {
      ...rule.properties,
      tags: [],
      'security-severity': '5.5',
      fixed_version: 'not fixed',
    };
    assert.deepEqual(shown(read(sarif({ properties }))), [
      'medium busybox 1.35.0-r29 - CVE-2022-48174 apk - -',
    ]);
  });

  test('the form of GitLab', () => {
    const result = read({
      version: '15.0.4',
      scan: { scanner: { name: 'Docker Scout', version: '1.15.0' } },
      vulnerabilities: [
        {
          id: 'a',
          severity: 'High',
          solution: 'Upgrade zlib to 1.2.13-r0',
          description: 'Overflow\nin zlib',
          identifiers: [{ type: 'cve', value: 'CVE-2022-37434', url: 'https://nvd.nist.gov/x' }],
          location: { image: 'shop:1', dependency: { package: { name: 'zlib' }, version: '1.2.12-r0' } },
        },
      ],
    });
    assert.deepEqual(shown(result), ['high zlib 1.2.12-r0 1.2.13-r0 CVE-2022-37434  - -']);
    assert.deepEqual([result.image, result.vulnerabilities[0]?.title], ['shop:1', 'Overflow']);
  });
});

const refused: readonly [name: string, text: string, problem: RegExp][] = [
  ['nothing', '', /^The report is empty\. Have it written again/],
  ['half a report', '{"SchemaVersion": 2, "Resu', /not JSON, or only a part/],
  [
    'a later schema of Trivy',
    '{"SchemaVersion": 3}',
    /SchemaVersion 3, and Bulkhead reads 2\. Update Bulkhead/,
  ],
  ['Grype without matches', '{"descriptor": {"name": "grype"}}', /no `matches`/],
  [
    'SARIF of another tool',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}}]}',
    /SARIF is of x/,
  ],
  ['another SARIF', '{"version": "3", "runs": []}', /SARIF has version "3", and Bulkhead reads 2\.1\.0/],
  [
    'another form of GitLab',
    '{"version": "99.1", "vulnerabilities": []}',
    /version 99\.1, and Bulkhead reads 14 and 15/,
  ],
  ['something else', '{"a": 1}', /no report that Bulkhead reads\. Write one with trivy/],
  ['a list', '[1]', /no report that Bulkhead reads/],
];
for (const [name, text, problem] of refused) {
  test(`refused: ${name}`, () => {
    const result = readReport(text);
    assert.ok('problem' in result);
    assert.match(result.problem, problem);
  });
}

const recorded = inRepository('../shared/scanners');
describe('recorded reports', { skip: !existsSync(recorded) }, () => {
  const expected: Readonly<
    Record<string, readonly [vulnerabilities: number, mistakes: number, layers: number]>
  > = {
    'trivy/alpine-310.json': [4, 0, 1],
    'trivy/alpine-distroless.json': [1, 0, 1],
    'trivy/debian-buster.json': [2, 0, 1],
    'trivy/distroless-python27.json': [4, 0, 4],
    'trivy/dockerfile-misconfig.json': [0, 1, 0],
    'trivy/npm-ubuntu-severity.json': [1, 0, 0],
    'trivy/pom.json': [2, 0, 0],
    'trivy/secrets.json': [0, 2, 0],
    'trivy/ubuntu-1804-ignore-unfixed.json': [4, 0, 4],
    'trivy/ubuntu-1804.json': [5, 0, 4],
    'grype/TestEmptyJsonPresenter.json': [0, 0, 0],
    'grype/TestJsonImgsPresenter.json': [2, 0, 0],
  };
  const names = existsSync(recorded)
    ? ['trivy', 'grype'].flatMap(folder =>
        readdirSync(`${recorded}/${folder}`).map(name => `${folder}/${name}`),
      )
    : [];
  for (const name of names) {
    test(name, () => {
      const report = readReport(readFileSync(`${recorded}/${name}`, 'utf8'));
      assert.ok('report' in report);
      const { vulnerabilities, mistakes, config, missing } = report.report;
      assert.deepEqual(
        [vulnerabilities.length, mistakes.length, config?.diffIds.length ?? 0],
        expected[name],
      );
      assert.deepEqual(missing, []);
    });
  }
});

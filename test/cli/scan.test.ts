// `bulkhead scan`: reports that are given, scanners that are none, and all that can be in the way of one.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { grypeReport, imageConfig, sha, trivyReport } from '../scan/reports.ts';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';
import { type FakeScanner, fakeScanner } from '../support/fake-scanner.ts';
import { builtBulkhead, folderWith, type Outcome } from './bulkhead.ts';

const bulkhead = await builtBulkhead('product');

const dockerfile = 'FROM debian:11\nRUN make\nCOPY . .\n';
const vulnerability = (id: string, name: string, severity: string, layer: number, fixed = '2') => ({
  VulnerabilityID: id,
  PkgName: name,
  InstalledVersion: '1',
  FixedVersion: fixed,
  Severity: severity,
  Title: `${name} is weak`,
  Layer: { DiffID: sha(layer) },
});
const results = (...Vulnerabilities: readonly object[]) => [
  { Target: 'x', Class: 'os-pkgs', Type: 'debian', Vulnerabilities },
];
const shop = trivyReport({
  results: results(
    vulnerability('CVE-1', 'openssl', 'CRITICAL', 1),
    vulnerability('CVE-2', 'openssl', 'CRITICAL', 1),
    vulnerability('CVE-3', 'curl', 'MEDIUM', 2, ''),
  ),
});

interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  readonly scanner?: FakeScanner;
  readonly engine?: FakeEngine;
}

function scan({ files = {}, words, scanner, engine }: Given): Outcome {
  const folder = folderWith({ Dockerfile: dockerfile, 'report.json': JSON.stringify(shop), ...files });
  const PATH =
    [scanner?.folder, engine?.folder].filter(each => each !== undefined).join(':') || '/nonexistent';
  return bulkhead(['scan', ...words], { in: folder, env: { PATH } });
}

describe('a report', () => {
  test('at the lines of a Dockerfile', () => {
    const { code, out } = scan({ words: ['--report', 'report.json', 'Dockerfile'] });
    assert.equal(
      out.replace(/^ {2}fix: .*\n/m, ''),
      `Dockerfile:1:6  2 critical
    1 │ FROM debian:11
      │      ^^^^^^^^^
    2 │ RUN make
  critical  openssl 1 → 2  CVE-1, CVE-2

Dockerfile:2:1  1 medium
    1 │ FROM debian:11
    2 │ RUN make
      │ ^^^^^^^^
    3 │ COPY . .
  medium    curl 1  CVE-3

shop:1 (Trivy 0.74.0): 2 critical, 1 medium. Newer versions are without 2 of them.
`,
    );
    assert.match(out, / {2}fix: Move to debian:1\d.* \(your choice: in the editor, or by hand\)\n/);
    assert.equal(code, 1);
  });

  const rows: readonly [
    name: string,
    words: string[],
    code: number,
    out: RegExp,
    files?: Record<string, string>,
  ][] = [
    ['without a file', ['--report', 'report.json'], 1, /^layer 1: ADD file:1 in \/ {2}2 critical\n/],
    ['below the threshold', ['--report', 'report.json', '--fail-on', 'never'], 0, /2 critical/],
    [
      'only what can be fixed',
      ['--report', 'report.json', '--fixable-only'],
      1,
      /2 critical\. .* Not shown: 1 filtered out\.\n$/,
    ],
    [
      'nothing so severe',
      ['--report', 'report.json', '--severity', 'critical', 'Dockerfile'],
      1,
      /^(?!.*medium)[\s\S]*1 filtered out/,
    ],
    [
      'the threshold of the configuration',
      ['--report', 'report.json', 'Dockerfile'],
      0,
      /2 critical/,
      { '.bulkhead.yaml': 'scan: {fail-on: never}\n' },
    ],
    [
      'accepted',
      ['--report', 'report.json', 'Dockerfile'],
      0,
      /: 1 medium\. Not shown: 2 accepted\.\n$/,
      {
        '.bulkhead.yaml':
          'scan:\n  ignore:\n    - {id: CVE-1, reason: a}\n    - {id: CVE-2, package: openssl, reason: b}\n',
      },
    ],
    [
      'accepted once',
      ['--report', 'report.json', 'Dockerfile'],
      1,
      /CVE-1 was accepted in \.bulkhead\.yaml until 2020-01-01\. It is shown again\.\n$/,
      { '.bulkhead.yaml': 'scan: {ignore: [{id: CVE-1, reason: a, expires: 2020-01-01}]}\n' },
    ],
    [
      'by .trivyignore',
      ['--report', 'report.json'],
      0,
      /Not shown: 2 accepted/,
      { '.trivyignore': 'CVE-1\nCVE-2\n' },
    ],
    [
      'by VEX',
      ['--report', 'report.json', '--vex', 'vex.json'],
      1,
      /Not shown: 1 accepted/,
      {
        'vex.json': JSON.stringify({
          '@context': 'https://openvex.dev/ns',
          statements: [
            {
              vulnerability: { name: 'CVE-1' },
              status: 'not_affected',
              products: [{ '@id': 'pkg:oci/shop' }],
            },
          ],
        }),
      },
    ],
    [
      'at a service',
      ['--report', 'report.json', 'compose.yaml'],
      1,
      /^compose\.yaml:3:12 {2}2 critical, 1 medium\n/,
      { 'compose.yaml': 'services:\n  web:\n    image: shop:1\n' },
    ],
    [
      'at the Dockerfile behind a service',
      ['--report', 'report.json', 'compose.yaml'],
      1,
      /^Dockerfile:1:6 {2}2 critical\n[\s\S]*\nDockerfile:2:1 {2}1 medium\n/,
      { 'compose.yaml': 'services:\n  web:\n    image: shop:1\n    build: .\n' },
    ],
    [
      'of a base',
      ['--report', 'base.json', '--base', 'Dockerfile'],
      1,
      /^Dockerfile:1:6 {2}1 high\n/,
      {
        'base.json': JSON.stringify(
          trivyReport({ image: 'debian:11', results: results(vulnerability('CVE-9', 'x', 'HIGH', 1)) }),
        ),
      },
    ],
  ];
  for (const [name, words, code, out, files = {}] of rows) {
    test(name, () => {
      const outcome = scan({ words, files });
      assert.match(outcome.out, out);
      assert.deepEqual([outcome.code, outcome.err], [code, '']);
    });
  }

  test('as JSON', () => {
    const { out } = scan({ words: ['--report', 'report.json', '--format', 'json', 'Dockerfile'] });
    const { images } = JSON.parse(out);
    const [line] = images[0].lines;
    assert.deepEqual(
      [images[0].file, line.place.range.start, line.severity, line.count],
      ['Dockerfile', { line: 0, character: 5 }, 'critical', 2],
    );
    assert.deepEqual(
      line.packages[0].vulnerabilities.map(({ id }: { id: string }) => id),
      ['CVE-1', 'CVE-2'],
    );
  });

  test('as SARIF', () => {
    const { out } = scan({ words: ['--report', 'report.json', '--format', 'sarif', 'Dockerfile'] });
    const [run] = JSON.parse(out).runs;
    assert.deepEqual(
      run.results.map(
        ({
          ruleId,
          level,
          locations,
        }: {
          ruleId: string;
          level: string;
          locations: readonly { physicalLocation: { region: { startLine: number } } }[];
        }) => [ruleId, level, locations[0]?.physicalLocation.region.startLine],
      ),
      [
        ['CVE-1', 'error', 1],
        ['CVE-2', 'error', 1],
        ['CVE-3', 'warning', 2],
      ],
    );
    assert.equal(run.tool.driver.rules[0].properties['security-severity'], '9.5');
  });
});

test('what a rule of ours says is not said again', () => {
  const report = trivyReport({
    results: [
      {
        Target: 'Dockerfile',
        Misconfigurations: [{ ID: 'AVD-DS-0002', Title: 'root', Severity: 'HIGH', Status: 'FAIL' }],
      },
      {
        Target: '/x',
        Secrets: [{ RuleID: 'aws', Title: 'AWS key', Severity: 'CRITICAL', Layer: { DiffID: sha(2) } }],
      },
      {
        Target: '/y',
        Secrets: [{ RuleID: 'pem', Title: 'A private key', Severity: 'CRITICAL', Layer: { DiffID: sha(3) } }],
      },
    ],
    config: imageConfig([
      'x',
      'RUN /bin/sh -c aws configure set aws_secret_access_key wJalrXUtnFEMI/K7MDENG/bPxRfiCYzZ9QwErTy1 # buildkit',
      'COPY . . # buildkit',
    ]),
  });
  const files = {
    Dockerfile:
      'FROM debian:13\nRUN aws configure set aws_secret_access_key wJalrXUtnFEMI/K7MDENG/bPxRfiCYzZ9QwErTy1\nCOPY . .\n',
    'report.json': JSON.stringify(report),
  };
  const { out } = scan({ files, words: ['--report', 'report.json', 'Dockerfile'] });
  assert.match(out, /^Dockerfile:3:1 {2}1 critical\n/);
  assert.match(out, / {2}critical {2}A private key {2}\/y\n/);
  assert.match(out, /Not shown: 2 left to bulkhead lint\.\n$/);
});

describe('a scanner', () => {
  const engine = () => fakeEngine('docker', { 'shop:1': {} });

  test('Trivy with nothing that would be fetched', () => {
    const scanner = fakeScanner('trivy', { report: shop });
    const { code, out, err } = scan({
      words: ['Dockerfile', '--image', 'shop:1'],
      scanner,
      engine: engine(),
    });
    assert.match(out, /^Dockerfile:1:6 {2}2 critical\n/);
    assert.deepEqual([code, err], [1, 'bulkhead: Scanning shop:1.\n']);
    assert.match(
      scanner
        .calls()
        .join('\n')
        .replace(/--output=\S+/, '--output=F'),
      /^image --quiet --format=json --output=F --scanners=vuln,secret --image-src=docker --skip-db-update --skip-java-db-update --offline-scan -- shop:1$/,
    );
  });

  test('a folder stands for its file', () => {
    const { out } = scan({
      words: ['.', '--image', 'shop:1'],
      scanner: fakeScanner('trivy', { report: shop }),
      engine: engine(),
    });
    assert.match(out, /^Dockerfile:1:6 {2}2 critical\n/);
  });

  test('a server, and the registry', () => {
    const scanner = fakeScanner('trivy', { report: shop });
    scan({ words: ['shop:1', '--server', 'http://127.0.0.1:1', '--remote'], scanner });
    assert.match(
      scanner.calls().join('\n'),
      / --image-src=remote --server=http:\/\/127\.0\.0\.1:1 -- shop:1$/,
    );
  });

  test('Grype where there is no Trivy', () => {
    const artifact = {
      name: 'x',
      version: '1',
      type: 'deb',
      locations: [{ path: '/var/lib/dpkg/status', layerID: sha(2) }],
    };
    const scanner = fakeScanner('grype', {
      report: grypeReport([{ vulnerability: { id: 'CVE-1', severity: 'High' }, artifact }]),
    });
    const { code, out } = scan({ words: ['Dockerfile', '--image', 'shop:1'], scanner, engine: engine() });
    assert.match(out, /^Dockerfile:2:1 {2}1 high\n[\s\S]*\(Grype 0\.121\.3\)/);
    assert.match(
      scanner.calls().join('\n'),
      /^docker:shop:1 --output=json --file=\S+ --scope=deep-squashed$/,
    );
    assert.equal(code, 1);
  });

  test('what is in the way of all images is told once, and no scan that does not begin', () => {
    const { code, err } = scan({ words: ['shop:1', 'other:1'] });
    assert.equal(code, 2);
    assert.match(err, /^bulkhead: There is no scanner in PATH\.[^\n]*\n$/);
    const scanner = fakeScanner('trivy', { report: shop });
    const both = scan({ words: ['other:1', 'shop:1'], scanner, engine: engine() });
    assert.match(both.err, /^bulkhead: docker has no image other:1\.[^\n]*\nbulkhead: Scanning shop:1\.\n$/);
  });

  const problems: readonly [name: string, given: () => Given, err: RegExp][] = [
    [
      'none',
      () => ({ words: ['shop:1'] }),
      /There is no scanner in PATH\. Install Trivy \(https:.*\) or Grype \(https:.*\)\. A report .* --report\.$/,
    ],
    [
      'not the one that was named',
      () => ({ words: ['shop:1', '--scanner', 'grype'], scanner: fakeScanner('trivy', { report: shop }) }),
      /There is no Grype in PATH\./,
    ],
    [
      'a program that is something else',
      () => ({ words: ['shop:1', '--scanner-path', '/bin/true'] }),
      /\/bin\/true is not Trivy or Grype, or cannot be run\./,
    ],
    [
      'no engine',
      () => ({ words: ['shop:1'], scanner: fakeScanner('trivy', { report: shop }) }),
      /no docker, podman or nerdctl in PATH that could have shop:1\. .* --remote /,
    ],
    [
      'an engine that is down',
      () => ({
        words: ['shop:1'],
        scanner: fakeScanner('trivy', { report: shop }),
        engine: fakeEngine('docker', null),
      }),
      /docker does not answer\. Start it /,
    ],
    [
      'an image that is not there',
      () => ({ words: ['other:1'], scanner: fakeScanner('trivy', { report: shop }), engine: engine() }),
      /docker has no image other:1\. Build it, or pull it: `docker pull other:1`\. With --remote /,
    ],
    [
      'a name that is none',
      () => ({
        words: ['--', '--privileged'],
        scanner: fakeScanner('trivy', { report: shop }),
        engine: engine(),
      }),
      /"--privileged" is no name of an image\./,
    ],
    [
      'no database',
      () => ({
        words: ['shop:1'],
        scanner: fakeScanner('trivy', {
          report: null,
          says: 'FATAL --skip-db-update cannot be specified on the first run',
        }),
        engine: engine(),
      }),
      /Trivy has no vulnerability database yet, .* `trivy image --download-db-only`\. With --update-db /,
    ],
    [
      'no database of Grype',
      () => ({
        words: ['shop:1'],
        scanner: fakeScanner('grype', {
          report: null,
          says: 'failed to load vulnerability db: database does not exist',
        }),
        engine: engine(),
      }),
      /Grype has no vulnerability database yet/,
    ],
    [
      'an image that is gone',
      () => ({
        words: ['shop:1'],
        scanner: fakeScanner('trivy', { report: null, says: 'unable to find the specified image' }),
        engine: engine(),
      }),
      /shop:1 is not there any more\. Build or pull it/,
    ],
    [
      'a full disk',
      () => ({
        words: ['shop:1'],
        scanner: fakeScanner('trivy', { report: null, says: 'write: no space left on device' }),
        engine: engine(),
      }),
      /The disk is full\./,
    ],
    [
      'something else',
      () => ({
        words: ['shop:1'],
        scanner: fakeScanner('trivy', { report: null, says: 'boom: an error' }),
        engine: engine(),
      }),
      /Trivy failed: boom: an error\.$/,
    ],
    [
      'a report of tomorrow',
      () => ({
        words: ['shop:1'],
        scanner: fakeScanner('trivy', { report: { SchemaVersion: 3 } }),
        engine: engine(),
      }),
      /SchemaVersion 3, and Bulkhead reads 2/,
    ],
    [
      'a Dockerfile without its image',
      () => ({ words: ['Dockerfile'] }),
      /No image here was built from Dockerfile as it is\. Build it, name the image with --image, /,
    ],
    [
      'a file that is not there',
      () => ({ words: ['gone.yaml'] }),
      /gone\.yaml does not exist\. Name a file, or an image\./,
    ],
    [
      'a folder without a file',
      () => ({ files: { 'other/a.txt': '' }, words: ['./other'] }),
      /There is no Dockerfile and no Compose file in \.\/other\. Name a file\./,
    ],
    ['nothing', () => ({ words: [] }), /scan needs an image, a file or a folder/],
    [
      'a report that is none',
      () => ({ words: ['--report', 'Dockerfile'] }),
      /Dockerfile: The report is not JSON/,
    ],
    [
      'reports of other images',
      () => ({ words: ['--report', 'report.json', 'a:1', 'b:1'] }),
      /No report is about a:1, but about shop:1\./,
    ],
  ];
  for (const [name, given, err] of problems) {
    test(`in the way: ${name}`, () => {
      const outcome = scan(given());
      assert.match(outcome.err.trim().split('\n').at(-1) ?? '', err);
      assert.equal(outcome.code, 2);
    });
  }
});

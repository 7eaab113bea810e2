// Filters: what people have accepted, in whichever file, and what is not to be fixed, is not shown; what has expired is told.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { filterReport, type ScanFilter } from '../../server/core/scan/filter.ts';
import {
  type Ignore,
  ignoresOfConfig,
  readTrivyIgnore,
  readTrivyIgnoreYaml,
} from '../../server/core/scan/ignores.ts';
import type { ScanReport, ScanSeverity, Vulnerability } from '../../server/core/scan/model.ts';
import { readVex } from '../../server/core/scan/vex.ts';

function found(text: string): Vulnerability {
  const [id = '', name = '', installed = '', severity = 'high', fixed = ''] = text.split(' ');
  return {
    id,
    aliases: [],
    severity: severity as ScanSeverity,
    package: name,
    installed,
    fixed: fixed || null,
    title: null,
    url: null,
    purl: `pkg:deb/debian/${name}@${installed}?arch=amd64`,
    ecosystem: 'deb',
    status: null,
    layer: null,
    path: null,
  };
}

const report = (...texts: readonly string[]): ScanReport => ({
  scanner: 'trivy',
  version: null,
  image: 'registry.example.com/team/shop:1',
  config: null,
  vulnerabilities: texts.map(found),
  mistakes: [],
  missing: [],
});

const everything: ScanFilter = { severity: 'unknown', fixableOnly: false, ignores: [], today: '2026-11-28' };
const all = ['CVE-1 openssl 3.0 critical 3.1', 'CVE-1 libssl 3.0 critical', 'CVE-2 curl 8.0 low 8.1'];

function left(ignores: readonly Ignore[] | string, rest: Partial<ScanFilter> = {}): string[] {
  assert.ok(typeof ignores !== 'string', String(ignores));
  const { vulnerabilities } = filterReport(report(...all), { ...everything, ...rest, ignores });
  return vulnerabilities.map(({ id, package: name }) => `${id} ${name}`);
}

describe('of a configuration', () => {
  const ignore = { id: 'CVE-1', package: null, reason: 'r', expires: null };
  const rows: readonly [name: string, ignore: object, left: string[]][] = [
    ['in every package', {}, ['CVE-2 curl']],
    ['in one', { package: 'libssl' }, ['CVE-1 openssl', 'CVE-2 curl']],
    ['by an id in small letters', { id: 'cve-1' }, ['CVE-2 curl']],
    ['until today', { expires: '2026-11-28' }, ['CVE-2 curl']],
    ['until yesterday', { expires: '2026-11-27' }, ['CVE-1 openssl', 'CVE-1 libssl', 'CVE-2 curl']],
  ];
  for (const [name, change, expected] of rows) {
    test(name, () => assert.deepEqual(left(ignoresOfConfig([{ ...ignore, ...change }])), expected));
  }

  test('what has expired is told', () => {
    const ignores = ignoresOfConfig([{ ...ignore, expires: '2026-11-27' }]);
    const { expired, ignored } = filterReport(report(...all), { ...everything, ignores });
    assert.deepEqual([expired.map(({ id }) => id), ignored], [['CVE-1'], []]);
  });

  test('an alias is as good', () => {
    const [vulnerability] = report(...all).vulnerabilities;
    assert.ok(vulnerability);
    const ghsa = { ...vulnerability, id: 'GHSA-x', aliases: ['CVE-1'] };
    const input = { ...report(), vulnerabilities: [ghsa] };
    assert.equal(
      filterReport(input, { ...everything, ignores: ignoresOfConfig([ignore]) }).ignored.length,
      1,
    );
  });
});

test('severity, and what can be fixed', () => {
  assert.deepEqual(left([], { severity: 'medium' }), ['CVE-1 openssl', 'CVE-1 libssl']);
  assert.deepEqual(left([], { fixableOnly: true }), ['CVE-1 openssl', 'CVE-2 curl']);
});

test('the same told twice is one', () => {
  const twice = report('CVE-1 a 1', 'CVE-1 a 1', 'CVE-1 a 2');
  assert.equal(filterReport(twice, everything).vulnerabilities.length, 2);
});

describe('.trivyignore', () => {
  const rows: readonly [text: string, left: string[]][] = [
    ['# why\nCVE-1\n\n', ['CVE-2 curl']],
    ['CVE-1 exp:2026-01-01\nCVE-2 exp:2027-01-01 # soon', ['CVE-1 openssl', 'CVE-1 libssl']],
  ];
  for (const [text, expected] of rows) {
    test(JSON.stringify(text), () => assert.deepEqual(left(readTrivyIgnore(text)), expected));
  }

  test('in YAML', () => {
    const text = `
vulnerabilities:
  - id: CVE-1
    purls: [pkg:deb/debian/libssl@3.0]
    statement: no
  - {id: CVE-2, expired_at: 2026-01-01}
  - {id: CVE-1, paths: [usr/lib/x]}
`;
    assert.deepEqual(left(readTrivyIgnoreYaml(text)), ['CVE-1 openssl', 'CVE-2 curl']);
  });
});

describe('VEX', () => {
  const openVex = (...statements: readonly object[]): string =>
    JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', statements });
  const statement = { vulnerability: { name: 'CVE-1' }, status: 'not_affected', justification: 'x' };
  const image = 'pkg:oci/shop?repository_url=registry.example.com/team/shop';
  const cycloneDx = (state: string, affects?: readonly object[]): string =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      components: [{ 'bom-ref': 'one', purl: 'pkg:deb/debian/openssl@3.0' }],
      vulnerabilities: [{ id: 'CVE-1', analysis: { state, detail: 'because' }, affects }],
    });
  const noneAccepted = ['CVE-1 openssl', 'CVE-1 libssl', 'CVE-2 curl'];
  const rows: readonly [name: string, text: string, left: string[]][] = [
    [
      'a package',
      openVex({ ...statement, products: [{ '@id': 'pkg:deb/debian/libssl@3.0' }] }),
      ['CVE-1 openssl', 'CVE-2 curl'],
    ],
    [
      'another version',
      openVex({ ...statement, products: [{ '@id': 'pkg:deb/debian/libssl@2' }] }),
      noneAccepted,
    ],
    ['the image', openVex({ ...statement, products: [{ '@id': image }] }), ['CVE-2 curl']],
    ['another image', openVex({ ...statement, products: [{ '@id': 'pkg:oci/other' }] }), noneAccepted],
    [
      'a package of the image',
      openVex({
        ...statement,
        products: [{ '@id': image, subcomponents: [{ '@id': 'pkg:deb/debian/openssl' }] }],
      }),
      ['CVE-1 libssl', 'CVE-2 curl'],
    ],
    [
      'a package of another image',
      openVex({
        ...statement,
        products: [{ '@id': 'pkg:oci/other', subcomponents: [{ '@id': 'pkg:deb/debian/openssl' }] }],
      }),
      noneAccepted,
    ],
    ['affected', openVex({ ...statement, status: 'affected', products: [{ '@id': image }] }), noneAccepted],
    [
      'the first form, with a name alone',
      openVex({ ...statement, vulnerability: 'CVE-1', products: [{ '@id': image }] }),
      ['CVE-2 curl'],
    ],
    ['CycloneDX by a component', cycloneDx('not_affected', [{ ref: 'one' }]), ['CVE-1 libssl', 'CVE-2 curl']],
    [
      'CycloneDX by a link',
      cycloneDx('false_positive', [{ ref: 'urn:cdx:1/1#pkg:deb%2Fdebian%2Flibssl@3.0' }]),
      ['CVE-1 openssl', 'CVE-2 curl'],
    ],
    ['CycloneDX of something unknown', cycloneDx('not_affected', [{ ref: 'two' }]), noneAccepted],
    ['CycloneDX of all', cycloneDx('resolved'), ['CVE-2 curl']],
    ['CycloneDX, exploitable', cycloneDx('exploitable'), noneAccepted],
  ];
  for (const [name, text, expected] of rows) {
    test(name, () => assert.deepEqual(left(readVex(text, report().image, 'vex.json')), expected));
  }

  test('neither of the two', () => {
    assert.equal(
      readVex('{}', null, 'x.json'),
      'x.json is neither OpenVEX nor CycloneDX in JSON. It is not honoured.',
    );
  });
});

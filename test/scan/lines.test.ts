// What stands at a line: one message for each severity, what the text itself holds back as a repair, and else what to do.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readImageConfig } from '../../server/core/image/config.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { scanFixes } from '../../server/core/scan/fixes.ts';
import type { Vulnerability } from '../../server/core/scan/model.ts';
import { placeInDockerfile } from '../../server/core/scan/placing.ts';
import { readReport } from '../../server/core/scan/read-report.ts';
import { type ScanLine, scanOf } from '../../server/core/scan/scan.ts';
import { compareLoosely, fixedFor } from '../../server/core/scan/versions.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { imageConfig, sha, trivyReport } from './reports.ts';

const none: Vulnerability = {
  id: 'CVE-1',
  aliases: [],
  severity: 'high',
  package: 'curl',
  installed: '1',
  fixed: null,
  title: null,
  url: null,
  purl: null,
  ecosystem: 'deb',
  status: null,
  layer: null,
  path: null,
};

/** The steps are the lines of the file, a base before them. */
function linesOf(text: string, vulnerabilities: readonly Partial<Vulnerability>[]): readonly ScanLine[] {
  const model = parseDockerfile(text);
  const steps = model.instructions
    .slice(1)
    .map(({ keyword, body }) =>
      keyword === 'RUN' ? `RUN /bin/sh -c ${body.text} # buildkit` : `${keyword} ${body.text} # buildkit`,
    );
  const placeOf = placeInDockerfile(model, readImageConfig(imageConfig(['base', ...steps])));
  return scanOf({
    report: {
      scanner: 'trivy',
      version: null,
      image: null,
      config: null,
      mistakes: [],
      missing: [],
      vulnerabilities: vulnerabilities.map(each => ({ ...none, ...each })),
    },
    placeOf,
    filter: { severity: 'unknown', fixableOnly: false, ignores: [], today: '2026-11-28' },
    isOurs: () => false,
    fixesOf: group => scanFixes(model, group),
  }).lines;
}

describe('messages', () => {
  test('packages with the most first, each severity by itself', () => {
    const found = [
      { id: 'CVE-1', package: 'zlib1g', layer: sha(1), severity: 'low' },
      { id: 'CVE-2', package: 'openssl', layer: sha(1), fixed: '1.1' },
      { id: 'CVE-3', package: 'bash', layer: sha(1) },
      { id: 'CVE-4', package: 'openssl', layer: sha(1), fixed: '1.10' },
    ] as const;
    assert.deepEqual(
      linesOf('FROM example/app:1\n', found).map(({ message }) => message),
      [
        '3 high vulnerabilities in 2 packages of this image: openssl 1 (CVE-2, CVE-4; fixed in 1.10), bash 1 (CVE-3). Newer versions are without 2 of them. A build with --pull takes what the tag names today.',
        '1 low vulnerability in a package of this image: zlib1g 1 (CVE-1). No version is without it yet.',
      ],
    );
  });

  const rows: readonly [name: string, text: string, message: RegExp][] = [
    [
      'a RUN',
      'FROM a\nRUN make',
      /in a package that this installs: .* A build with --no-cache installs what is newest\.$/,
    ],
    ['a COPY', 'FROM a\nCOPY x /', /Raise them where the file that is copied asks for them\.$/],
  ];
  for (const [name, text, message] of rows) {
    test(name, () => assert.match(linesOf(text, [{ layer: sha(2), fixed: '2' }])[0]?.message ?? '', message));
  }

  test('a digest holds the base back', () => {
    const text = `FROM a@${sha(1)}\n`;
    assert.match(
      linesOf(text, [{ layer: sha(1), fixed: '2' }])[0]?.message ?? '',
      /The digest holds it back: move it\.$/,
    );
  });

  test('no layer tells', () => {
    assert.match(linesOf('FROM a\n', [{}])[0]?.message ?? '', /No layer tells that they come from here\.$/);
  });
});

describe('repairs', () => {
  const install = (words: string): string => `FROM a\nRUN ${words}\n`;
  const rows: readonly [name: string, text: string, found: Partial<Vulnerability>, fixed: string | null][] = [
    [
      'a pin of apt',
      install('apt-get install -y curl=1.0-1 git'),
      { fixed: '1.0-2' },
      install('apt-get install -y curl=1.0-2 git'),
    ],
    [
      'one in quotes',
      install('apt-get install -y "curl=1.0-1"'),
      { fixed: '1.0-2' },
      install('apt-get install -y "curl=1.0-2"'),
    ],
    [
      'one with a star',
      install('apt-get install -y curl=1.0*'),
      { fixed: '1.1-2' },
      install('apt-get install -y curl=1.1-2'),
    ],
    ['one that is late enough', install('apt-get install -y curl=1.0-3'), { fixed: '1.0-2' }, null],
    ['no pin: a build brings it', install('apt-get install -y curl'), { fixed: '1.0-2' }, null],
    ['one of a variable', install('apt-get install -y curl=$V'), { fixed: '1.0-2' }, null],
    ['no fix yet', install('apt-get install -y curl=1'), { fixed: null }, null],
    ['a version that is none', install('apt-get install -y curl=1'), { fixed: '2; rm -rf /' }, null],
    [
      'a pin of apk',
      install('apk add curl=8.0-r0'),
      { ecosystem: 'apk', fixed: '8.5-r0' },
      install('apk add curl=8.5-r0'),
    ],
    [
      'a pin of dnf',
      install('dnf install -y curl-7.76'),
      { ecosystem: 'rpm', fixed: '7.77' },
      install('dnf install -y curl-7.77'),
    ],
    [
      'a pin of pip, spelt otherwise',
      install('pip install Flask_Cors==3.0'),
      { ecosystem: 'pypi', package: 'flask-cors', fixed: '4.0' },
      install('pip install Flask_Cors==4.0'),
    ],
    [
      'a pin of npm',
      install('npm install -g @a/b@1.0.0'),
      { ecosystem: 'npm', package: '@a/b', fixed: '1.2.0' },
      install('npm install -g @a/b@1.2.0'),
    ],
    ['another package', install('apt-get install -y curl=1'), { package: 'curl-dev', fixed: '2' }, null],
  ];
  for (const [name, text, found, fixed] of rows) {
    test(name, () => {
      const [line] = linesOf(text, [{ ...found, layer: sha(2) }]);
      const [fix] = line?.fixes ?? [];
      assert.equal(fix === undefined ? null : applyEdits(text, fix.edits), fixed);
    });
  }

  test('a base moves to a tag that is known to be newer, also in the ARG that states it', () => {
    const text = 'ARG TAG=3.10.2\nFROM alpine:${TAG}\n';
    const [line] = linesOf(text, [{ layer: null }]);
    const moved = line?.fixes.map(fix => applyEdits(text, fix.edits)) ?? [];
    assert.ok(moved.length > 0);
    for (const each of moved) assert.match(each, /^ARG TAG=3\.\d\d\.\d+\nFROM alpine:\$\{TAG\}\n$/);
  });
});

test('versions, loosely', () => {
  const rising = ['1.0~rc1', '1.0', '1.0-1', '1.0-1+deb12u2', '1.0-1+deb12u10', '1.2', '1.10', '1.10.1', '2'];
  for (const [index, later] of rising.entries()) {
    for (const earlier of rising.slice(0, index)) {
      assert.ok(compareLoosely(earlier, later) < 0, `${earlier} < ${later}`);
      assert.ok(compareLoosely(later, earlier) > 0, `${later} > ${earlier}`);
    }
  }
  assert.equal(fixedFor('2.0.1', '1.2.1, 2.1.3, 3.4.0'), '2.1.3');
});

test('5,000 findings are at their lines in well under a second of work', () => {
  const vulnerabilities = Array.from({ length: 5_000 }, (_, index) => ({
    VulnerabilityID: `CVE-2026-${index}`,
    PkgName: `package-${index % 700}`,
    InstalledVersion: '1.0-1',
    FixedVersion: '1.0-2',
    Severity: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'][index % 4],
    Title: 'Something is weak',
    Description: 'x'.repeat(1_000),
    Layer: { DiffID: sha((index % 3) + 1) },
  }));
  const text = JSON.stringify(
    trivyReport({ results: [{ Class: 'os-pkgs', Type: 'debian', Vulnerabilities: vulnerabilities }] }),
  );
  const dockerfile = 'FROM a\nRUN make\nCOPY . .\n';
  const before = process.cpuUsage();
  const read = readReport(text);
  assert.ok('report' in read);
  const model = parseDockerfile(dockerfile);
  const { lines } = scanOf({
    report: read.report,
    placeOf: placeInDockerfile(model, read.report.config),
    filter: { severity: 'unknown', fixableOnly: false, ignores: [], today: '2026-11-28' },
    isOurs: () => false,
    fixesOf: group => scanFixes(model, group),
  });
  const { user } = process.cpuUsage(before);
  assert.deepEqual([lines.length, lines.reduce((sum, { count }) => sum + count, 0)], [12, 5_000]);
  assert.ok(user < 1_000_000, `${user / 1_000} ms`);
});

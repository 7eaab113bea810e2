// Two builds side by side: which texts are built and scanned, and what becomes of builds and scanners that fail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../../server/core/build/outcome.ts';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { compareLine, compareText } from '../../server/core/report/compare-text.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { type Comparison, compareBuilds, type Instead } from '../../server/host/compare-builds.ts';
import { createProject } from '../../server/host/project.ts';
import { diskFiles } from '../../server/node/files.ts';
import { trivyReport } from '../scan/reports.ts';

const text = 'FROM alpine:3.22\nRUN apk add curl\nUSER 1000\nCMD ["curl"]\n';
const clean = 'FROM scratch\nCOPY app /\nUSER 1000\nCMD ["/app"]\n';

const built = (bytes: number | null, user: string): Outcome<never> => ({
  ending: 'built',
  image: { id: 'sha256:1', bytes, layers: 2, user, health: null },
  seconds: 1,
  steps: 1,
  cached: 0,
  problems: [],
  obstacle: null,
});
const failed: Outcome<never> = { ...built(0, ''), ending: 'failed', image: null };

const reportOf = (count: number): { readonly text: string } => ({
  text: JSON.stringify(
    trivyReport({
      results: [
        {
          Class: 'os-pkgs',
          Type: 'alpine',
          Vulnerabilities: Array.from({ length: count }, (_, at) => ({
            VulnerabilityID: `CVE-${at}`,
            PkgName: 'curl',
            InstalledVersion: '1',
            Severity: 'HIGH',
          })),
        },
      ],
    }),
  ),
});

interface Given {
  readonly text?: string;
  readonly before?: Outcome<never>;
  readonly after?: Outcome<never>;
  readonly scan?: (image: string) => { readonly text: string } | { problem: string; kind: string };
}

async function compare(given: Given) {
  const catalogue = catalogueOf(rules);
  const asked: string[] = [];
  const location = '/nowhere/Dockerfile';
  const project = createProject(diskFiles, catalogue);
  const comparison = await compareBuilds(
    { files: diskFiles, project, catalogue, today: '2026-11-29', above: {}, home: location },
    {
      document: { location, text: given.text ?? text, language: 'dockerfile' },
      tag: 'shop:1',
      target: null,
      upTo: 'safe',
      build: async (instead: Instead | null) => {
        asked.push(`build ${instead?.tag ?? 'shop:1'}`);
        if (instead) assert.match(instead.text, /apk add --no-cache curl/);
        return instead ? (given.after ?? built(90_000_000, 'app')) : (given.before ?? built(182_000_000, ''));
      },
      scan: async image => {
        asked.push(`scan ${image}`);
        return (given.scan ?? (() => reportOf(2)))(image);
      },
    },
  );
  return { comparison, asked };
}

const builds = ['build shop:1', 'build shop:1-repaired'];
const scans = ['scan shop:1', 'scan shop:1-repaired'];

const rows: readonly [
  name: string,
  given: Given,
  asked: readonly string[],
  expected: Partial<Record<'kind' | 'note', string | null>>,
  vulnerabilities?: readonly string[],
][] = [
  [
    'both, with what a scanner finds',
    { scan: image => reportOf(image.endsWith('repaired') ? 0 : 2) },
    [...builds, ...scans],
    { kind: 'compared', note: null },
    ['2 high', 'none'],
  ],
  [
    'no scanner',
    { scan: () => ({ kind: 'no scanner', problem: 'There is no scanner.' }) },
    [...builds, 'scan shop:1'],
    { kind: 'compared', note: null },
  ],
  [
    'a scanner without a database',
    { scan: () => ({ kind: 'no database', problem: 'It has no database.' }) },
    [...builds, 'scan shop:1'],
    { kind: 'compared', note: 'It has no database.' },
  ],
  [
    'an image that stays in its builder',
    { after: built(null, '') },
    builds,
    { kind: 'compared', note: null },
  ],
  ['nothing to repair', { text: clean }, [], { kind: 'nothing' }],
  ['a file that does not build', { before: failed }, ['build shop:1'], { kind: 'stopped' }],
  ['repairs that do not build', { after: failed }, builds, { kind: 'stopped' }],
];
for (const [name, given, expectedAsked, expected, vulnerabilities] of rows) {
  test(name, async () => {
    const { comparison, asked } = await compare(given);
    assert.deepEqual(asked, expectedAsked);
    assert.deepEqual({ ...comparison, ...expected }, comparison);
    const more = comparison.kind === 'compared' ? comparison.compared.more : [];
    assert.deepEqual(
      more.map(({ before, after }) => [before, after]),
      vulnerabilities ? [vulnerabilities] : [],
    );
  });
}

test('in words', async () => {
  const { comparison } = await compare({ scan: image => reportOf(image.endsWith('repaired') ? 1 : 2) });
  const { compared } = comparison as Extract<Comparison<never>, { kind: 'compared' }>;
  assert.equal(
    compareLine(compared),
    'size 182 MB → 90 MB (-92 MB), user root → app, vulnerabilities 2 high → 1 high',
  );
  assert.equal(
    compareText(compared),
    `                 before  after the repairs
size             182 MB  90 MB (-92 MB)
layers           2       2
user             root    app
health           none    none
vulnerabilities  2 high  1 high
`,
  );
});

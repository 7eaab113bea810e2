import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Finding } from '../../server/core/engine/finding.ts';
import { fix } from '../../server/core/engine/rule.ts';
import { colorPalette, plainPalette } from '../../server/core/report/palette.ts';
import type { ReportFile } from '../../server/core/report/report-file.ts';
import { textReport, textSummary } from '../../server/core/report/text.ts';
import { insert } from '../../server/core/text/edit.ts';
import { placeOfWord, reported } from './reported.ts';

const style = { palette: plainPalette, width: 60 };

const clean = reported('FROM scratch\n');
const weak = reported('FROM «node»\nWORKDIR /app\nUSER «root»\n', [
  {
    rule: 'unpinned-image',
    message: 'The image `node` has no tag: what is built today is something else tomorrow. Pin it.',
    fixes: [
      fix('Pin it to `node:22.11`', 'suggestion', [insert(9, ':22.11')]),
      fix('Pin it to `node:22`', 'suggestion', [insert(9, ':22')]),
    ],
  },
  {
    severity: 'error',
    fixes: [fix('Run as `node`', 'unsafe', [])],
    related: [{ span: { start: 5, end: 9 }, message: 'The base image ends as root.' }],
  },
]);

test('text report: every part of a finding', () => {
  assert.equal(
    textReport([clean, weak], style),
    `\
app/Dockerfile:1:6  warning  unpinned-image
  The image \`node\` has no tag: what is built today is
  something else tomorrow. Pin it.

    1 │ FROM node
      │      ^^^^
    2 │ WORKDIR /app

  fix: Pin it to \`node:22.11\` (your choice: in the editor, or by hand, the first of 2)

app/Dockerfile:3:6  error  root-user
  The container runs as root.

    2 │ WORKDIR /app
    3 │ USER root
      │      ^^^^
  app/Dockerfile:1:6: The base image ends as root.

  fix: Run as \`node\` (unsafe: bulkhead fix --unsafe)
`,
  );
});

test('text report: nothing to say about clean files', () => {
  assert.equal(textReport([clean], style), '');
});

const fixable = (...safeties: Finding['fixes'][number]['safety'][]): Partial<Finding> => ({
  fixes: safeties.map(safety => fix('Repair it', safety, [])),
});
const withFindings = (...findings: Partial<Finding>[]): ReportFile =>
  reported('«a»'.repeat(findings.length), findings);

const summaryRows: readonly [name: string, files: ReportFile[], first: string, second?: string][] = [
  ['clean', [clean, clean], 'No findings in 2 files.'],
  ['one', [withFindings({})], '1 warning in 1 of 1 file.'],
  [
    'by severity',
    [
      clean,
      withFindings({ severity: 'hint' }, { severity: 'info' }, { severity: 'error' }, { severity: 'error' }),
    ],
    '2 errors, 1 info and 1 hint in 1 of 2 files.',
  ],
  [
    'safe and unsafe fixes, each finding counted once',
    [withFindings(fixable('safe', 'unsafe'), fixable('unsafe'), fixable('suggestion'))],
    '3 warnings in 1 of 1 file.',
    '1 can be fixed with bulkhead fix (1 more with --unsafe).',
  ],
  [
    'unsafe fixes alone',
    [withFindings(fixable('suggestion', 'unsafe'))],
    '1 warning in 1 of 1 file.',
    '1 can be fixed with bulkhead fix --unsafe.',
  ],
];
for (const [name, files, first, second] of summaryRows) {
  test(`text summary: ${name}`, () => {
    const explain = first.startsWith('No') ? [] : ['More about a rule: bulkhead explain root-user'];
    const lines = [first, ...(second === undefined ? [] : [second]), ...explain, ''];
    assert.equal(textSummary(files, style), lines.join('\n'));
  });
}

test('text report: secrets stay out of messages, titles and code; escapes out of messages', () => {
  const file = reported('ENV TOKEN=«s3cr3t-value»\n', [
    { message: 'Found s3cr3t-value\u001b[2J.', fixes: [fix('Remove s3cr3t-value', 'safe', [])] },
  ]);
  const report = textReport([{ ...file, sensitive: [placeOfWord(file.text, 's3cr3t-value')] }], style);
  assert.ok(!report.includes('s3cr3t') && !report.includes('\u001b'));
  assert.match(report, /Found ••••••••\uFFFD\[2J\./);
});

test('text report: colours mark words and nothing else', () => {
  const colored = textReport([weak], { ...style, palette: colorPalette });
  assert.equal(stripVTControlCharacters(colored), textReport([weak], style));
  assert.ok(colored.startsWith('\u001b[1mapp/Dockerfile:1:6\u001b[22m  \u001b[33mwarning\u001b[39m'));
});

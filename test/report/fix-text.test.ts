import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fix } from '../../server/core/engine/rule.ts';
import { fixReport, fixSummary, type RepairedFile } from '../../server/core/report/fix-text.ts';
import { plainPalette } from '../../server/core/report/palette.ts';
import { reported } from './reported.ts';

const style = { palette: plainPalette, width: 80 };

const untouched: RepairedFile = {
  file: reported('FROM scratch\n'),
  applied: [],
  neighbours: [],
  refused: [],
  others: [],
};
const repaired: RepairedFile = {
  file: reported('«a»\n«b»\n«c»\n«d»\n«e»\n', [
    { rule: 'no-fix', severity: 'error' },
    { rule: 'unsafe-fix', fixes: [fix('Run as node', 'unsafe', [])] },
    { rule: 'choice', severity: 'hint', fixes: [fix('Pin to 22', 'suggestion', [])] },
    { rule: 'undone', fixes: [fix('Swap', 'safe', [])] },
    { rule: 'too-late', fixes: [fix('Swap', 'safe', [])] },
  ]),
  applied: [
    { rule: 'root-user', title: 'Run as node' },
    { rule: 'unpinned-image', title: 'Pin' },
    { rule: 'root-user', title: 'Run as app' },
  ],
  neighbours: [
    { path: 'app/.dockerignore', outcome: 'changed' },
    { path: 'app/secrets/key', outcome: 'made' },
  ],
  refused: ['undone'],
  others: ['api'],
};

test('fix report: what was done, what is left and why', () => {
  const repair = { upTo: 'safe', isDry: false } as const;
  assert.equal(
    fixReport([untouched, repaired], repair, style),
    `\
app/Dockerfile
  fixed  2 × root-user, 1 × unpinned-image
  also   app/.dockerignore changed
         app/secrets/key made
         service api changed by what it shares
  left   1:1  error    no-fix      no fix: change it by hand
         2:1  warning  unsafe-fix  --unsafe fixes it
         3:1  hint     choice      your choice: Pin to 22
         4:1  warning  undone      its fix did not fit with the others and was undone
         5:1  warning  too-late    not fixed in this run
`,
  );
  assert.equal(
    fixSummary([untouched, repaired], repair, style),
    'Fixed 3 findings in 1 of 2 files (1 more with --unsafe); 5 left.\n',
  );
});

const summaryRows: readonly [name: string, files: RepairedFile[], isDry: boolean, expected: string][] = [
  ['nothing at all', [untouched], false, 'Nothing to fix in 1 file; nothing is left.\n'],
  [
    'a dry run',
    [{ ...repaired, file: untouched.file }],
    true,
    'Would fix 3 findings in 1 of 1 file; nothing is left.\n',
  ],
];
for (const [name, files, isDry, expected] of summaryRows) {
  test(`fix summary: ${name}`, () => {
    assert.equal(fixSummary(files, { upTo: 'safe', isDry }, style), expected);
  });
}

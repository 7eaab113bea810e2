// Accepting a vulnerability: an entry of `.bulkhead.yaml`, in the style of what is there, that is read as it was meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../server/core/engine/config/read.ts';
import { acceptIn } from '../../server/core/scan/accept.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { sampleCatalogue } from '../support/sample-rules.ts';

const entry = { id: 'CVE-1', package: 'zlib1g', reason: 'not built: see #4', expires: '2027-01-31' };
const written = `    - id: CVE-1
      package: zlib1g
      reason: "not built: see #4"
      expires: "2027-01-31"
`;

const rows: readonly [name: string, before: string, after: string | null][] = [
  ['no file', '', `scan:\n  ignore:\n${written}`],
  ['comments alone', '# ours', `# ours\nscan:\n  ignore:\n${written}`],
  ['other settings', 'profile: strict\n', `profile: strict\nscan:\n  ignore:\n${written}`],
  ['a scan', 'scan:\n  severity: low\n', `scan:\n  severity: low\n  ignore:\n${written}`],
  ['nothing accepted yet', 'scan:\n  ignore:\n', `scan:\n  ignore:\n${written}`],
  [
    'others',
    'scan:\n  ignore:\n    - id: A\n      reason: b\nfail-on: error\n',
    `scan:\n  ignore:\n    - id: A\n      reason: b\n${written}fail-on: error\n`,
  ],
  ['a list', '- a\n', null],
  ['something else', 'scan: 4\n', null],
];
for (const [name, before, after] of rows) {
  test(name, () => {
    const edits = acceptIn(before, entry);
    assert.equal(edits && applyEdits(before, edits), after);
    if (after === null) return;
    const { config, findings } = readConfig(after, sampleCatalogue);
    assert.deepEqual(findings, []);
    assert.deepEqual(config.scan?.ignore?.at(-1), entry);
  });
}

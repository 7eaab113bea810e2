// Suppressions: what comments silence, of ours and of other tools, and what is said about ours.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FactReader, noFacts } from '../../server/core/engine/facts.ts';
import { parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { Language } from '../../server/core/engine/rule.ts';
import { defaultSettings, type Settings } from '../../server/core/engine/settings.ts';
import { mark } from '../support/marks.ts';
import { sampleCatalogue } from '../support/sample-rules.ts';

/** `«marks»` around what is still found; comments too, where something is said about them. */
type Row = readonly [name: string, text: string];

const run = (
  language: Language,
  text: string,
  settings: Settings = defaultSettings,
  facts: FactReader = noFacts,
) => lint(sampleCatalogue, { model: parse(text, language), settings, facts });

function check(
  language: Language,
  rows: readonly Row[],
  settings: Settings = defaultSettings,
  facts: FactReader = noFacts,
): void {
  for (const [name, text] of rows) {
    test(`${language}: ${name}`, () => {
      const bare = text.replace(/[«»]/g, '');
      const places = run(language, bare, settings, facts).findings.map(({ span }) => span);
      assert.equal(mark(bare, places), text);
    });
  }
}

const quiet: Settings = {
  ...defaultSettings,
  rules: new Map([['unused-suppression', { severity: 'off', options: {} }]]),
};

check('dockerfile', [
  ['nothing silenced', 'FROM x\nRUN «bad» «wrong»\n'],
  ['the next instruction', 'FROM x\n# bulkhead ignore=bad-word\nRUN bad «wrong» bad\nRUN «bad»\n'],
  ['two ids, a reason', 'FROM x\n# bulkhead ignore=bad-word , wrong-word -- because\nRUN bad wrong\n'],
  ['no blank anywhere', 'FROM x\n#bulkhead ignore=bad-word,wrong-word--because\nRUN bad wrong\n'],
  ['blank lines and comments between', 'FROM x\n# bulkhead ignore=bad-word\n\n# note\n  RUN bad\n'],
  ['several comments', 'FROM x\n# bulkhead ignore=bad-word\n# bulkhead ignore=wrong-word\nRUN bad wrong\n'],
  ['between continuation lines', 'FROM x\nRUN bad \\\n  # bulkhead ignore=bad-word\n  && bad\nRUN «bad»\n'],
  [
    'a heredoc belongs to its instruction',
    'FROM x\n# bulkhead ignore=bad-word\nRUN <<EOF\nbad\nEOF\nRUN «bad»\n',
  ],
  ['a comment in a heredoc is none', 'FROM x\nRUN <<EOF\necho\n# bulkhead ignore=bad-word\n«bad»\nEOF\n'],
  ['behind ONBUILD', 'FROM x\n# bulkhead ignore=bad-word\nONBUILD RUN bad\n'],
  [
    'the whole file, from anywhere',
    'FROM x\nRUN bad\n# bulkhead ignore-file=bad-word -- why\nRUN bad «wrong»\n',
  ],
  ['a comment at the end of an instruction is none', 'FROM x\nRUN «bad» # bulkhead ignore=bad-word\n'],
  ['CRLF', 'FROM x\r\n# bulkhead ignore=bad-word -- why\r\nRUN bad \\\r\n  «wrong»\r\nRUN «bad»\r\n'],
  ['unused', 'FROM x\n# bulkhead ignore=«bad-word»,wrong-word\nRUN wrong\n'],
  ['unused, nothing below', 'FROM x\nRUN «bad»\n# bulkhead ignore=«bad-word»\n'],
  ['unused for the file', '# bulkhead ignore-file=«bad-word»\nFROM x\n'],
  ['unused, of the other language', '# bulkhead ignore-file=«weak-word»\nFROM x\n'],
  [
    'two comments silence the same',
    '# bulkhead ignore-file=bad-word\nFROM x\n# bulkhead ignore=bad-word\nRUN bad\n',
  ],
  ['of a rule that is off by profile', '# bulkhead ignore-file=strict-word\nFROM x\n'],
  ['unknown', 'FROM x\n# bulkhead ignore=«bad-wrd»,bad-word\nRUN bad\n'],
  ['a reason without dashes is not read as ids', 'FROM x\n# bulkhead ignore=bad-word as agreed\nRUN bad\n'],
  [
    'no id',
    'FROM x\n«# bulkhead ignore»\n«# bulkhead ignore= -- why»\n«# bulkhead ignore bad-word»\nRUN «bad»\n',
  ],
  [
    'other words',
    'FROM x\n# bulkhead ignores this\n# bulkhead is fine\n# not bulkhead ignore=bad-word\nRUN «bad»\n',
  ],
  [
    'findings about comments',
    '# bulkhead ignore-file=unused-suppression,unknown-suppression\nFROM x\n# bulkhead ignore=bad-word,x\n',
  ],
  [
    'nothing is said of a rule that waits for facts',
    'FROM x\n# bulkhead ignore=asked-word,«bad-word»\nRUN asked\n',
  ],
  ['nothing is said where a rule has failed', '«»FROM x\n# bulkhead ignore=bad-word\nRUN failing\n'],
  ['nothing is said while the text is refused', 'FROM x\n# bulkhead ignore=bad-word\nRUN\nNONSENSE x\n'],
]);

check('dockerfile', [
  ['hadolint: right above', 'FROM x\n# hadolint ignore=DL3002\nRUN bad \\\n  bad «wrong»\nRUN «bad»\n'],
  ['hadolint: several ids', 'FROM x\n# hadolint ignore = DL3001 , DL3002 # why\nRUN bad\n'],
  ['hadolint: another id', 'FROM x\n# hadolint ignore=DL3001\nRUN «bad»\n'],
  ['hadolint: not right above', 'FROM x\n# hadolint ignore=DL3002\n\nRUN «bad»\n'],
  ['hadolint: all or nothing', 'FROM x\n# hadolint ignore=DL3002 why\nRUN «bad»\n'],
  ['hadolint: global', 'FROM x\n# hadolint global ignore=DL3002\nRUN bad\nRUN bad\n'],
  [
    'hadolint: stage',
    'FROM x\nRUN «bad»\n# hadolint stage ignore=DL3002\nFROM y\nRUN bad\nFROM z\nRUN «bad»\n',
  ],
  ['buildkit: directive', '# check=skip=FromAsCasing,JSONArgsRecommended;error=true\nFROM x\nRUN bad\n'],
  ['buildkit: directive for all', '# syntax=x\n#check=skip=all\nFROM x\nRUN bad «wrong»\n'],
  ['buildkit: directive, second part', '# check=error=true; skip = JSONArgsRecommended\nFROM x\nRUN bad\n'],
  ['buildkit: other checks', '# check=skip=FromAsCasing\nFROM x\nRUN «bad»\n'],
  ['buildkit: comment', 'FROM x\n# check=skip=JSONArgsRecommended // why\nRUN bad\nRUN «bad»\n'],
  ['checkov: anywhere', 'FROM x\nRUN bad\n#checkov:skip=CKV_DOCKER_3: why\nRUN bad\n'],
  ['checkov: in a line', 'FROM x\nRUN bad #checkov:skip=CKV_DOCKER_3:why\nRUN bad\n'],
  ['checkov: another id', '#checkov:skip=CKV_DOCKER_33\nFROM x\nRUN «bad»\n'],
  ['trivy', 'FROM x\n#trivy:ignore:DS-0002\nRUN bad\nRUN «bad»\n'],
  [
    'trivy: old spellings',
    'FROM x\n# trivy:ignore:AVD-DS-0002\nRUN bad\n# trivy:ignore:DS002 why\nRUN bad\n',
  ],
  [
    'trivy: several',
    'FROM x\n#trivy:ignore:DS-0001 trivy:ignore:ds-0002\nRUN bad\n#trivy:ignore:DS-0002\n#trivy:ignore:DS-0001\nRUN bad\n',
  ],
  ['kics: line', 'FROM x\n# kics-scan ignore-line\nRUN bad \\\n  bad\nRUN «bad»\n'],
  [
    'kics: line within an instruction',
    'FROM x\nRUN «bad» \\\n  # kics-scan ignore-line\n  bad \\\n  «bad»\n',
  ],
  ['kics: block', 'FROM x\n# kics-scan ignore-block: why\nRUN bad \\\n  bad\nRUN «bad»\n'],
  ['kics: block of a stage', '# kics-scan ignore-block\nFROM x\nRUN bad\nFROM y\nRUN «bad»\n'],
  ['kics: file', '# kics-scan ignore\nFROM x\nRUN bad\n'],
  ['kics: file, below a directive', '# syntax=x\n\n# kics-scan ignore\nFROM x\nRUN bad\n'],
  ['kics: file, not at the top', 'FROM x\n# kics-scan ignore\nRUN «bad»\n'],
  ['kics: by unknown names', '# kics-scan disable=0d5c6d8f-3bb5-4d4c-bd77-9d5c0b1f5b2b\nFROM x\nRUN «bad»\n'],
  ['semgrep: above', 'FROM x\n# nosemgrep\nRUN bad\nRUN «bad»\n'],
  [
    'semgrep: in the line',
    'FROM x\nRUN bad # nosemgrep: dockerfile.security.missing-user.missing-user\nRUN «bad»\n',
  ],
  ['semgrep: ids', 'FROM x\n# nosemgrep: other, missing-user\nRUN bad\n# nosemgrep: other\nRUN «bad»\n'],
  ['semgrep: in a line of shell comments', 'FROM x\nRUN <<EOF\n  # nosemgrep\n«bad»\nEOF\n'],
  ['dockerfile-utils', 'FROM x\n# dockerfile-utils: ignore\nRUN bad «wrong»\nRUN «bad»\n'],
  ['dockerfile-utils: exactly so', 'FROM x\n# dockerfile-utils: ignore this\nRUN «bad»\n'],
]);

check('compose', [
  ['nothing silenced', 'services:\n  a:\n    image: «poor»\n    user: «weak»\n'],
  [
    'above a key',
    'services:\n  a:\n    # bulkhead ignore=poor-word -- why\n    image: poor\n    user: «poor»\n',
  ],
  [
    'above a service',
    'services:\n  # bulkhead ignore=poor-word\n\n  # note\n  a:\n    image: poor\n    user: poor\n  b:\n    image: «poor»\n',
  ],
  [
    'above an item',
    'services:\n  a:\n    ports:\n      # bulkhead ignore=poor-word\n      - poor\n      - «poor»\n',
  ],
  ['above an item with keys', 'x:\n  # bulkhead ignore=poor-word\n  - a: poor\n    b: poor\n  - a: «poor»\n'],
  [
    'at the end of a line',
    'services:\n  a:\n    image: poor # bulkhead ignore=poor-word -- why\n    user: «poor»\n',
  ],
  [
    'at the end of the line of a key',
    'services:\n  a: # bulkhead ignore=poor-word\n    image: poor\n  b: {image: «poor»}\n',
  ],
  ['at the end of an item', 'x:\n  - poor # bulkhead ignore=poor-word\n  - «poor»\n'],
  [
    'in a flow list',
    'x: [\n  poor, # bulkhead ignore=poor-word\n  «poor»,\n  # bulkhead ignore=poor-word\n  poor\n]\n',
  ],
  ['where no node starts', 'x: [\n  «poor»\n] # bulkhead ignore=«poor-word»\n'],
  ['the whole file', 'x: poor\n# bulkhead ignore-file=poor-word\ny: poor\n'],
  ['nothing below', 'x: «poor»\n# bulkhead ignore=«poor-word»\n'],
  ['above the first key', '# bulkhead ignore=poor-word\nx: poor\ny: «poor»\n'],
  ['no comment: a text', 'x: "# bulkhead ignore=poor-word"\ny: |\n  # bulkhead ignore=poor-word\n  «poor»\n'],
  [
    'CRLF',
    'x:\r\n  # bulkhead ignore=poor-word -- why\r\n  y: poor\r\n  z: «poor» # bulkhead ignore=weak-word\r\n'.replace(
      '=weak-word',
      '=«weak-word»',
    ),
  ],
  ['trivy', 'x:\n  #trivy:ignore:DS-0002\n  y: poor\n  z: «poor»\n'],
  [
    'kics: line',
    'x:\n  # kics-scan ignore-line\n  y: poor\n  z: «poor»\n  a: poor # kics-scan ignore-line\n',
  ],
  ['kics: line only', 'x:\n  # kics-scan ignore-line\n  y:\n    z: «poor»\n'],
  ['kics: block', 'x:\n  # kics-scan ignore-block\n  y:\n    z: poor\n  a: «poor»\n'],
  ['kics: file', '---\n# kics-scan ignore\nx: poor\n'],
  ['semgrep', 'x:\n  y: poor # nosemgrep\n  # nosemgrep: missing-user\n  z: poor\n  a: «poor»\n'],
  [
    'dclint: line',
    'x:\n  y: poor # dclint disable-line\n  # dclint disable-line no-build-and-image other\n  z: poor\n  a: «poor» # dclint disable-line other\n',
  ],
  ['dclint: file', '# dclint disable\nx: poor\n'],
  ['dclint: file, ids', '---\n# dclint disable other no-build-and-image\nx: poor «weak»\n'],
  ['dclint: file, all', '# dclint disable-file\nx: poor\n'],
  ['dclint: below another comment', '# note\n# dclint disable\nx: «poor»\n'],
  ['dclint: not at the top', 'x: «poor»\n# dclint disable\ny: «poor»\n'],
]);

check(
  'dockerfile',
  [
    [
      'no reason',
      'FROM x\n«# bulkhead ignore=bad-word»\nRUN bad\n# bulkhead ignore=bad-word -- why\nRUN bad\n«# bulkhead ignore=bad-word --»\nRUN bad\n',
    ],
  ],
  { ...defaultSettings, profile: 'strict' },
);

check(
  'dockerfile',
  [['findings about comments switched off', 'FROM x\n# bulkhead ignore=bad-word\nRUN x\n']],
  quiet,
);

check(
  'dockerfile',
  [
    ['tools not honoured', 'FROM x\n# hadolint ignore=DL3002\nRUN «bad»\n#trivy:ignore:DS-0002\nRUN bad\n'],
    ['ours always', 'FROM x\n# bulkhead ignore=bad-word\nRUN bad\n'],
  ],
  { ...defaultSettings, ignoredTools: new Set(['hadolint']) },
);

check(
  'dockerfile',
  [
    [
      'a rule switched off by another tool is not judged',
      'FROM x\n# bulkhead ignore=bad-word,«wrong-word»\nRUN bad\n',
    ],
  ],
  { ...defaultSettings, equivalents: new Map([['hadolint:DL3002', 'off']]) },
);

check('dockerfile', [['only some rules', 'FROM x\n# bulkhead ignore=wrong-word,x\nRUN «bad» wrong\n']], {
  ...defaultSettings,
  only: new Set(['bad-word']),
});

check(
  'dockerfile',
  [
    [
      'a rule that has its facts',
      'FROM x\n# bulkhead ignore=asked-word\nRUN asked\n# bulkhead ignore=«asked-word»\nRUN x\n',
    ],
  ],
  defaultSettings,
  { get: () => null },
);

test('findings about comments have the severity that the settings give them', () => {
  const rules = new Map([['unused-suppression', { severity: 'error', options: {} }]] as const);
  const { findings } = run('dockerfile', 'FROM x\n# bulkhead ignore=bad-word\nRUN x\n', {
    ...defaultSettings,
    rules,
  });
  assert.deepEqual(
    findings.map(({ rule, severity }) => [rule, severity]),
    [['unused-suppression', 'error']],
  );
});

test('what is silenced is still known', () => {
  const { suppressed } = run('dockerfile', 'FROM x\n# bulkhead ignore=bad-word\nRUN bad\n');
  assert.deepEqual(
    suppressed.map(({ rule, reason }) => [rule, reason]),
    [['bad-word', null]],
  );
});

test('what is silenced says why, in the words of all comments', () => {
  const text =
    '# bulkhead ignore-file=bad-word -- a word of ours\nFROM x\n# bulkhead ignore=bad-word -- it is quoted\nRUN bad\n';
  const { suppressed } = run('dockerfile', text);
  assert.deepEqual(
    suppressed.map(({ reason }) => reason),
    ['a word of ours; it is quoted'],
  );
});

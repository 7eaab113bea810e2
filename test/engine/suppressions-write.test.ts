// Suppressions as edits: the comments we write, and the fixes of findings about comments.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noFacts } from '../../server/core/engine/facts.ts';
import type { Finding } from '../../server/core/engine/finding.ts';
import { parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { Language } from '../../server/core/engine/rule.ts';
import { defaultSettings, type Settings } from '../../server/core/engine/settings.ts';
import { suppress } from '../../server/core/engine/suppressions/write.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { sampleCatalogue } from '../support/sample-rules.ts';

const run = (language: Language, text: string, settings: Settings = defaultSettings) =>
  lint(sampleCatalogue, { model: parse(text, language), settings, facts: noFacts });

const problems = (language: Language, text: string): string[] =>
  parse(text, language).problems.map(({ message }) => message);

/** How often each rule finds something. */
const counts = (findings: readonly Finding[]): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const { rule } of findings) found[rule] = (found[rule] ?? 0) + 1;
  return found;
};

/** The text with a mark at the finding to be silenced, and with the comment. Reason: `why`. */
type Row = readonly [name: string, before: string, after: string];

function check(language: Language, scope: 'here' | 'file', rows: readonly Row[], reason = 'why'): void {
  for (const [name, before, after] of rows) {
    test(`${language}, ${scope}: ${name}`, () => {
      const at = before.indexOf('«');
      const bare = before.replace('«', '');
      const { findings } = run(language, bare);
      const finding = findings.find(({ span }) => span.start === at);
      assert.ok(finding);
      const written = applyEdits(bare, suppress(parse(bare, language), finding, scope, reason));
      assert.equal(written, after);

      const result = run(language, written);
      assert.deepEqual(problems(language, written), problems(language, bare));
      const { [finding.rule]: silenced = 0, ...others } = counts(findings);
      const { [finding.rule]: left = 0, ...othersAfter } = counts(result.findings);
      assert.ok(left < silenced);
      assert.deepEqual(othersAfter, others);
      assert.ok(result.suppressed.some(({ rule }) => rule === finding.rule));
    });
  }
}

check('dockerfile', 'here', [
  ['above the instruction', 'FROM x\nRUN «bad\n', 'FROM x\n# bulkhead ignore=bad-word -- why\nRUN bad\n'],
  [
    'inside a long instruction',
    'FROM x\nRUN a \\\n  && «bad\n',
    'FROM x\n# bulkhead ignore=bad-word -- why\nRUN a \\\n  && bad\n',
  ],
  ['indented', 'FROM x\n\tRUN «bad\n', 'FROM x\n\t# bulkhead ignore=bad-word -- why\n\tRUN bad\n'],
  ['CRLF', 'FROM x\r\nRUN «bad\r\n', 'FROM x\r\n# bulkhead ignore=bad-word -- why\r\nRUN bad\r\n'],
  ['the first line', 'FROM «bad\n', '# bulkhead ignore=bad-word -- why\nFROM bad\n'],
  ['no final newline', 'FROM «bad', '# bulkhead ignore=bad-word -- why\nFROM bad'],
  ['behind a byte order mark', '\uFEFFFROM «bad\n', '\uFEFF# bulkhead ignore=bad-word -- why\nFROM bad\n'],
  [
    'below directives',
    '# syntax=x\n# check=skip=A\nFROM «bad\n',
    '# syntax=x\n# check=skip=A\n# bulkhead ignore=bad-word -- why\nFROM bad\n',
  ],
  [
    'in a heredoc',
    'FROM x\nRUN <<EOF\n«bad\nEOF\n',
    'FROM x\n# bulkhead ignore=bad-word -- why\nRUN <<EOF\nbad\nEOF\n',
  ],
  [
    'behind ONBUILD',
    'FROM x\nONBUILD RUN «bad\n',
    'FROM x\n# bulkhead ignore=bad-word -- why\nONBUILD RUN bad\n',
  ],
  [
    'below another comment',
    'FROM x\n# note\nRUN «bad\n',
    'FROM x\n# note\n# bulkhead ignore=bad-word -- why\nRUN bad\n',
  ],
  [
    'above comments that must stay',
    'FROM x\n# note\n# nosemgrep: a\n# hadolint ignore=DL3001\nRUN «bad\n',
    'FROM x\n# note\n# bulkhead ignore=bad-word -- why\n# nosemgrep: a\n# hadolint ignore=DL3001\nRUN bad\n',
  ],
  [
    'above such a comment, below directives',
    '# syntax=x\n# hadolint ignore=DL3001\nFROM «bad\n',
    '# syntax=x\n# bulkhead ignore=bad-word -- why\n# hadolint ignore=DL3001\nFROM bad\n',
  ],
  [
    'another id',
    'FROM x\n# bulkhead ignore=wrong-word -- why\nRUN «bad wrong\n',
    'FROM x\n# bulkhead ignore=wrong-word,bad-word -- why\nRUN bad wrong\n',
  ],
  [
    'another id, another reason',
    'FROM x\n# bulkhead ignore=wrong-word -- old\nRUN «bad wrong\n',
    'FROM x\n# bulkhead ignore=wrong-word,bad-word -- old; why\nRUN bad wrong\n',
  ],
  [
    'another id, the first reason',
    'FROM x\n# bulkhead ignore=wrong-word\n\nRUN «bad wrong\n',
    'FROM x\n# bulkhead ignore=wrong-word,bad-word -- why\n\nRUN bad wrong\n',
  ],
  [
    'another id, dashes alone',
    'FROM x\n# bulkhead ignore=wrong-word -- \nRUN «bad wrong\n',
    'FROM x\n# bulkhead ignore=wrong-word,bad-word -- why\nRUN bad wrong\n',
  ],
  [
    'another id, in CRLF',
    'FROM x\r\n# bulkhead ignore=wrong-word -- old\r\nRUN «bad wrong\r\n',
    'FROM x\r\n# bulkhead ignore=wrong-word,bad-word -- old; why\r\nRUN bad wrong\r\n',
  ],
  [
    'another id, between continuation lines',
    'FROM x\nRUN wrong \\\n# bulkhead ignore=wrong-word\n«bad\n',
    'FROM x\nRUN wrong \\\n# bulkhead ignore=wrong-word,bad-word -- why\nbad\n',
  ],
  [
    'a comment for the file is another thing',
    '# bulkhead ignore-file=wrong-word -- old\nFROM x\nRUN «bad wrong\n',
    '# bulkhead ignore-file=wrong-word -- old\nFROM x\n# bulkhead ignore=bad-word -- why\nRUN bad wrong\n',
  ],
  [
    'a comment in vain',
    '# bulkhead ignore=«wrong-word -- x\nFROM x\n',
    '# bulkhead ignore-file=unused-suppression -- why\n# bulkhead ignore=wrong-word -- x\nFROM x\n',
  ],
]);

check('dockerfile', 'here', [
  [
    'above a comment that must stay, behind a byte order mark',
    '\uFEFF# hadolint ignore=DL3001\nFROM «bad\n',
    '\uFEFF# bulkhead ignore=bad-word -- why\n# hadolint ignore=DL3001\nFROM bad\n',
  ],
]);

check('dockerfile', 'file', [
  ['at the top', 'FROM x\nRUN «bad\n', '# bulkhead ignore-file=bad-word -- why\nFROM x\nRUN bad\n'],
  [
    'below directives',
    '# escape=`\n\nFROM x\nRUN «bad\n',
    '# escape=`\n# bulkhead ignore-file=bad-word -- why\n\nFROM x\nRUN bad\n',
  ],
  [
    'CRLF, byte order mark',
    '\uFEFF# syntax=x\r\nFROM «bad\r\n',
    '\uFEFF# syntax=x\r\n# bulkhead ignore-file=bad-word -- why\r\nFROM bad\r\n',
  ],
  ['above comments', '# note\nFROM «bad\n', '# bulkhead ignore-file=bad-word -- why\n# note\nFROM bad\n'],
  [
    'below a comment that must be first',
    '# kics-scan ignore\nFROM «bad wrong\n'.replace('«bad wrong', 'bad «wrong'),
    '# kics-scan ignore\n# bulkhead ignore-file=wrong-word -- why\nFROM bad wrong\n',
  ],
  [
    'another id',
    'FROM x\n# bulkhead ignore-file=wrong-word -- old\nRUN «bad wrong\n',
    'FROM x\n# bulkhead ignore-file=wrong-word,bad-word -- old; why\nRUN bad wrong\n',
  ],
]);

check(
  'dockerfile',
  'here',
  [['without a reason', 'FROM «bad\n', '# bulkhead ignore=bad-word\nFROM bad\n']],
  ' ',
);
check(
  'dockerfile',
  'here',
  [['lines in a reason', 'FROM «bad\n', '# bulkhead ignore=bad-word -- a b\nFROM bad\n']],
  'a\n b ',
);

check('compose', 'here', [
  [
    'above the key',
    'x:\n  y: «poor\n  z: poor\n',
    'x:\n  # bulkhead ignore=poor-word -- why\n  y: poor\n  z: poor\n',
  ],
  [
    'above the item',
    'x:\n  - «poor\n  - poor\n',
    'x:\n  # bulkhead ignore=poor-word -- why\n  - poor\n  - poor\n',
  ],
  [
    'above the item with keys',
    'x:\n  - y: «poor\n    z: 1\n  - poor\n',
    'x:\n  # bulkhead ignore=poor-word -- why\n  - y: poor\n    z: 1\n  - poor\n',
  ],
  [
    'a later key of an item',
    'x:\n  - y: 1\n    z: «poor\n  - poor\n',
    'x:\n  - y: 1\n    # bulkhead ignore=poor-word -- why\n    z: poor\n  - poor\n',
  ],
  [
    'lists within lists',
    'x:\n- - «poor\n  - poor\n- poor\n',
    'x:\n# bulkhead ignore=poor-word -- why\n- - poor\n  - poor\n- poor\n',
  ],
  ['the first key', 'x: «poor\ny: poor\n', '# bulkhead ignore=poor-word -- why\nx: poor\ny: poor\n'],
  [
    'behind a byte order mark',
    '\uFEFFx: «poor\ny: poor\n',
    '\uFEFF# bulkhead ignore=poor-word -- why\nx: poor\ny: poor\n',
  ],
  [
    'CRLF',
    'x:\r\n  y: «poor\r\n  z: poor\r\n',
    'x:\r\n  # bulkhead ignore=poor-word -- why\r\n  y: poor\r\n  z: poor\r\n',
  ],
  [
    'in a text of lines',
    'x: 1\ny: |\n  a\n  «poor\n',
    'x: 1\n# bulkhead ignore=poor-word -- why\ny: |\n  a\n  poor\n',
  ],
  [
    'in a quoted text over lines',
    'x: ["a\n  b", «poor]\ny: poor\n',
    '# bulkhead ignore=poor-word -- why\nx: ["a\n  b", poor]\ny: poor\n',
  ],
  [
    'behind a text of lines',
    'y: |\n  a\n\nz: «poor\n',
    'y: |\n  a\n\n# bulkhead ignore=poor-word -- why\nz: poor\n',
  ],
  [
    'a flow list in a line',
    'x:\n  y: [a, «poor]\n  z: poor\n',
    'x:\n  # bulkhead ignore=poor-word -- why\n  y: [a, poor]\n  z: poor\n',
  ],
  [
    'a flow list of lines',
    'x: [\n  a,\n  «poor,\n  poor\n]\n',
    'x: [\n  a,\n  # bulkhead ignore=poor-word -- why\n  poor,\n  poor\n]\n',
  ],
  [
    'JSON',
    '{\n  "x": {\n    "y": "«poor",\n    "z": "poor"\n  }\n}\n',
    '{\n  "x": {\n    # bulkhead ignore=poor-word -- why\n    "y": "poor",\n    "z": "poor"\n  }\n}\n',
  ],
  [
    'JSON in a line: the file',
    '{ "x": "«poor" }\n',
    '# bulkhead ignore-file=poor-word -- why\n{ "x": "poor" }\n',
  ],
  [
    'an anchor before the value',
    'x: &a\n  y: «poor\nz: *a\n',
    'x: &a\n  # bulkhead ignore=poor-word -- why\n  y: poor\nz: *a\n',
  ],
  [
    'above comments that must stay',
    'x:\n  # dclint disable-line other\n  y: «poor\n  z: poor\n',
    'x:\n  # bulkhead ignore=poor-word -- why\n  # dclint disable-line other\n  y: poor\n  z: poor\n',
  ],
  [
    'another id, above',
    'x:\n  # bulkhead ignore=weak-word -- old\n  y: «poor weak\n',
    'x:\n  # bulkhead ignore=weak-word,poor-word -- old; why\n  y: poor weak\n',
  ],
  [
    'another id, at the end of the line',
    'x:\n  y: «poor weak # bulkhead ignore=weak-word\n',
    'x:\n  y: poor weak # bulkhead ignore=weak-word,poor-word -- why\n',
  ],
]);

check('compose', 'file', [
  ['at the top', 'x:\n  y: «poor\n', '# bulkhead ignore-file=poor-word -- why\nx:\n  y: poor\n'],
  [
    'below a comment that must be first',
    '# dclint disable other\n\nx: «poor\n',
    '# dclint disable other\n# bulkhead ignore-file=poor-word -- why\n\nx: poor\n',
  ],
  ['a start of the document', '---\nx: «poor\n', '# bulkhead ignore-file=poor-word -- why\n---\nx: poor\n'],
  [
    'another id',
    'x: «poor weak # bulkhead ignore-file=weak-word -- why\n',
    'x: poor weak # bulkhead ignore-file=weak-word,poor-word -- why\n',
  ],
]);

/** The text, and the text when the first fix of the first finding about a comment has been applied. */
type FixRow = readonly [name: string, language: Language, before: string, after: string, safety: string];

const fixes: readonly FixRow[] = [
  [
    'the comment line',
    'dockerfile',
    'FROM x\n# bulkhead ignore=bad-word -- why\nRUN x\n',
    'FROM x\nRUN x\n',
    'safe',
  ],
  [
    'the comment line, CRLF',
    'dockerfile',
    'FROM x\r\n  # bulkhead ignore=bad-word\r\nRUN x\r\n',
    'FROM x\r\nRUN x\r\n',
    'safe',
  ],
  [
    'all ids in vain',
    'dockerfile',
    'FROM x\n# bulkhead ignore=bad-word,wrong-word\nRUN x\n',
    'FROM x\nRUN x\n',
    'safe',
  ],
  [
    'the first id',
    'dockerfile',
    'FROM x\n# bulkhead ignore=bad-word, wrong-word -- why\nRUN wrong\n',
    'FROM x\n# bulkhead ignore=wrong-word -- why\nRUN wrong\n',
    'safe',
  ],
  [
    'the last id',
    'dockerfile',
    'FROM x\n# bulkhead ignore=wrong-word , bad-word -- why\nRUN wrong\n',
    'FROM x\n# bulkhead ignore=wrong-word -- why\nRUN wrong\n',
    'safe',
  ],
  [
    'beside an unknown id',
    'dockerfile',
    'FROM x\n# bulkhead ignore=zzzzzz,bad-word\nRUN x\n',
    'FROM x\n# bulkhead ignore=zzzzzz\nRUN x\n',
    'safe',
  ],
  [
    'above what would become a directive',
    'dockerfile',
    '# bulkhead ignore-file=bad-word\n# escape=`\nFROM x\n',
    '# escape=`\nFROM x\n',
    'unsafe',
  ],
  ['at the end of a line', 'compose', 'x: 1  # bulkhead ignore=poor-word\ny: 2\n', 'x: 1\ny: 2\n', 'safe'],
  ['at the end of the file', 'compose', 'x: 1\n# bulkhead ignore=poor-word', 'x: 1\n', 'safe'],
  [
    'a misspelt id',
    'dockerfile',
    'FROM x\n# bulkhead ignore=wrong-word,bad-wrd\nRUN wrong\n',
    'FROM x\n# bulkhead ignore=wrong-word,bad-word\nRUN wrong\n',
    'suggestion',
  ],
];
for (const [name, language, before, after, safety] of fixes) {
  test(`fix: ${name}`, () => {
    const fix = run(language, before).findings.flatMap(finding => finding.fixes)[0];
    assert.ok(fix);
    assert.equal(applyEdits(before, fix.edits), after);
    assert.equal(fix.safety, safety);
  });
}

test('random comments: nothing throws, every finding of a sound text can be silenced', () => {
  const pieces = [
    '# bulkhead ignore',
    '-file',
    '=',
    'bad-word',
    ',',
    ' -- ',
    'why',
    '\n',
    'RUN bad \\\n',
    'FROM x\n',
    '# hadolint ignore=DL3002',
    '#checkov:skip=',
    '# check=skip=all',
    ' ',
    '\t',
    'x: poor',
    '- ',
    '[',
    '{',
    '"',
    '# nosemgrep',
    'poor\n',
    '  y:\n',
    '\r\n',
    '# kics-scan ignore-block\n',
    '|\n',
    '\uFEFF',
  ];
  let seed = 11;
  const next = (limit: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return (seed >> 8) % limit;
  };
  for (let i = 0; i < 3000; i++) {
    const text = Array.from({ length: next(24) }, () => pieces[next(pieces.length)]).join('');
    for (const language of ['dockerfile', 'compose'] as const) {
      const model = parse(text, language);
      for (const finding of run(language, text).findings) {
        if (!/^(?:bad|poor)-word$/.test(finding.rule)) continue;
        for (const scope of ['here', 'file'] as const) {
          const written = applyEdits(text, suppress(model, finding, scope, 'why'));
          if (model.problems.length > 0) continue;
          const moved = finding.span.start + written.length - text.length;
          const left = run(language, written).findings;
          assert.ok(
            !left.some(({ rule, span }) => rule === finding.rule && span.start === moved),
            JSON.stringify({ text, written }),
          );
        }
      }
    }
  }
});

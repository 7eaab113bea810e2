// A next version is split as it would be alone, whatever has been taken over from the version before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scan } from '../../server/core/model/dockerfile/scanner.ts';

const file = '# syntax=a\n\n# one\nFROM a\n  # two\nRUN b \\\n  # three\n  c\nRUN <<D\ne\nD\nCOPY f g\n';

const edits: Readonly<Record<string, readonly [before: string, now: string]>> = {
  'the last line': [file, file.replace('f g', 'f gh')],
  'a line in the middle': [file, file.replace('c\n', 'cc\n')],
  'a comment': [file, file.replace('# three', '# 3')],
  'a comment of the next instruction': [file, file.replace('# two', '# 2\n\n# 3')],
  'the first instruction': [file, file.replace('FROM a', 'FROM aa')],
  'a directive': [file, file.replace('# syntax=a', '# escape=`')],
  'the line behind the directives': [file, file.replace('\n\n# one', '\n# escape=`\n# one')],
  'the end of a heredoc': [file, file.replace('\nD\n', '\nE\n')],
  'what is announced as a heredoc': [file, file.replace('<<D', '<<E')],
  nothing: [file, file],
  'nothing that is left': [file, ''],
  'nothing that was there': ['', file],
  'what goes on at the end of the file': ['FROM a\nRUN b \\\n', 'FROM a\nRUN b \\\n  c\n'],
  'the end of a line without an end': ['FROM a', 'FROM ab'],
  'the line behind the last one': ['FROM a\n', 'FROM a\nRUN b\n'],
  'a heredoc that nothing ends': ['FROM a\nRUN <<D\ne\n', 'FROM a\nRUN <<D\ne\nD\nRUN f\n'],
  'line ends': [file, file.replaceAll('\n', '\r\n')],
  'a line between comments that are kept': ['FROM a\n# b\n\nRUN c\n', 'FROM a\n# b\n\nRUN d\n'],
};

for (const [name, [before, now]] of Object.entries(edits)) {
  for (const [from, to] of [
    [before, now],
    [now, before],
  ] as const) {
    test(`after an edit of ${name}: ${JSON.stringify(to.slice(-12))}`, () => {
      assert.deepEqual(scan(to, { text: from, scan: scan(from) }), scan(to));
    });
  }
}

test('what stands above the edit is not read again', () => {
  const before = scan(file);
  const now = scan(file.replace('f g', 'h'), { text: file, scan: before });
  assert.deepEqual(
    now.statements.map((statement, index) => statement === before.statements[index]),
    [true, true, true, false],
  );
});

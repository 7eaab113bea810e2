// Unchanged: how many instructions at the beginning and at the end of a file see the same after an edit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { unchangedSince } from '../../server/core/model/dockerfile/unchanged.ts';

const text = 'FROM a AS b\nENV C=1\nRUN one\n\n# Two.\nRUN two\nFROM b\nRUN three\nCMD four\n';

const edits: Readonly<
  Record<string, readonly [after: string, first: number, last: number, before?: string]>
> = {
  nothing: [text, 7, 0],
  'the end of a line': [text.replace('one', 'one more'), 2, 4],
  'the beginning of a line': [text.replace('RUN one', '  RUN one'), 2, 4],
  'a line that is new': [text.replace('RUN two', 'LABEL d=e\nRUN two'), 3, 3],
  'a line that goes': [text.replace('RUN one\n', ''), 2, 4],
  'a comment at an instruction': [text.replace('Two', 'Three'), 3, 3],
  'a comment between instructions': [text.replace('RUN one\n\n', 'RUN one\n# d\n\n'), 3, 4],
  'blank lines': [text.replace('\n\n', '\n\n\n'), 3, 4],
  'two lines that become one': [text.replace('three\nCMD', 'threeCMD'), 5, 0],
  'one line that becomes two': [text.replace('RUN two', 'RUN t\nRUN wo'), 3, 3],
  'a line that goes on': [text.replace('RUN one', 'RUN one \\'), 2, 3],
  'a heredoc that takes what is below': [text.replace('one', 'one <<EOF'), 0, 0],
  'a comment that says which shell reads the rest': [text.replace('Two.', 'hadolint shell=bash'), 3, 0],
  'a variable': [text.replace('C=1', 'C=2'), 1, 0],
  'a variable that is new': [text.replace('RUN two', 'ENV D=1\nRUN two'), 3, 0],
  'a user that goes': [text, 3, 0, text.replace('RUN two', 'USER d\nRUN two')],
  'what ONBUILD defers': [text.replace('RUN two', 'ONBUILD ENV D=1\nRUN two'), 3, 0],
  'the base': [text.replace('FROM a', 'FROM d'), 0, 0],
  'the stage that ships': [text.replace('FROM b', 'FROM d'), 0, 0],
  'the use of a stage': [text.replace('FROM b', 'FROM d').replace('RUN three', 'COPY --from=b / /'), 0, 0],
  'the escape character': [`# escape=\`\n${text}`, 0, 0],
  'the last line without its end': [text.trimEnd(), 6, 0],
};

for (const [name, [after, first, last, before = text]] of Object.entries(edits)) {
  test(`after an edit of ${name}`, () => {
    assert.deepEqual(unchangedSince(parseDockerfile(before), parseDockerfile(after)), { first, last });
  });
}

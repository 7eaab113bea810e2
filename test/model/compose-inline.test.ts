// Inline Dockerfiles: edits of their text as edits of the YAML that holds it, in its own style.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineDockerfiles, writtenBack } from '../../server/core/model/compose/inline.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { applyEdits, replace } from '../../server/core/text/edit.ts';
import { span } from '../../server/core/text/span.ts';

const before = 'services:\n  web:\n    build:\n      dockerfile_inline: ';

/** Of the text as Docker reads it: what is searched for, and what stands there afterwards. */
type Change = readonly [from: string, to: string];

const block = '|\n        FROM a\n\n        RUN b\n        USER c\n';
const rows: readonly [name: string, written: string, changes: readonly Change[], expected: string | null][] =
  [
    ['a word', block, [['b', 'other']], '|\n        FROM a\n\n        RUN other\n        USER c\n'],
    [
      'a line before another',
      block,
      [['RUN', 'ENV X=1\nRUN']],
      '|\n        FROM a\n\n        ENV X=1\n        RUN b\n        USER c\n',
    ],
    [
      'a line on a blank one',
      block,
      [['\n\n', '\nENV X=1\n']],
      '|\n        FROM a\n        ENV X=1\n        RUN b\n        USER c\n',
    ],
    [
      'a blank line more',
      block,
      [['USER', '\nUSER']],
      '|\n        FROM a\n\n        RUN b\n\n        USER c\n',
    ],
    [
      'a line and a blank one at its end',
      block,
      [['b\n', 'b\n\nENV X=1\n']],
      '|\n        FROM a\n\n        RUN b\n\n        ENV X=1\n        USER c\n',
    ],
    ['a line less', block, [['RUN b\n', '']], '|\n        FROM a\n\n        USER c\n'],
    ['the last line less', block, [['USER c\n', '']], '|\n        FROM a\n\n        RUN b\n'],
    [
      'the last line less, from the end of the one before',
      block,
      [['\nUSER c\n', '\n']],
      '|\n        FROM a\n\n        RUN b\n',
    ],
    [
      'a line at the end',
      block,
      [['c\n', 'c\nCMD d\n']],
      '|\n        FROM a\n\n        RUN b\n        USER c\n        CMD d\n',
    ],
    [
      'several at once',
      block,
      [
        ['FROM a\n', 'FROM z\n'],
        ['RUN b', 'RUN b && \\\n    d'],
        ['c', 'e'],
      ],
      '|\n        FROM z\n\n        RUN b && \\\n            d\n        USER e\n',
    ],
    [
      'with the line ends of the file',
      block.replaceAll('\n', '\r\n'),
      [['USER', 'ENV X=1\nUSER']],
      '|\r\n        FROM a\r\n\r\n        RUN b\r\n        ENV X=1\r\n        USER c\r\n',
    ],
    [
      'where the file ends without one',
      '|\n        FROM a\n        USER c',
      [['USER c', 'USER d\nCMD e']],
      '|\n        FROM a\n        USER d\n        CMD e',
    ],
    [
      'without its last line end',
      '|-\n        FROM a\n        USER c\n',
      [['c', 'd\nCMD e']],
      '|-\n        FROM a\n        USER d\n        CMD e\n',
    ],
    [
      'with all its line ends',
      '|+\n        FROM a\n        USER c\n\n',
      [['USER c\n', 'USER d\n']],
      '|+\n        FROM a\n        USER d\n\n',
    ],
    [
      'with an indentation that is stated',
      '|2\n          FROM a\n',
      [['  FROM a', '  FROM b\n  USER c']],
      '|2\n          FROM b\n          USER c\n',
    ],
    [
      'with a blank before a comment behind the sign',
      '| # x\n        FROM a\n',
      [['a', 'b']],
      '| # x\n        FROM b\n',
    ],
    [
      'a variable of Docker',
      '|\n        FROM a\n        RUN b $$X\n',
      [['b $X', 'c $X $Y']],
      '|\n        FROM a\n        RUN c $$X $$Y\n',
    ],
    [
      'beside a variable of Compose',
      '|\n        FROM a:${TAG:-1}\n        RUN b\n',
      [['b', 'c']],
      '|\n        FROM a:${TAG:-1}\n        RUN c\n',
    ],
    [
      'in double quotes',
      '"FROM a\\nRUN b\\n"',
      [['b\n', 'b "$X"\nUSER c\n']],
      '"FROM a\\nRUN b \\"$$X\\"\\nUSER c\\n"',
    ],
    ['a variable that Compose fills in', '|\n        FROM a:${TAG:-1}\n', [[':1', ':2']], null],
    ['a variable that Compose may fill in', '|\n        FROM a:$TAG\n', [[':$TAG', ':1']], null],
    [
      'a variable with the length of its value',
      '|\n        FROM a:${TAG:-1.2.3.4}\n',
      [[':1.2', ':2.2']],
      null,
    ],
    ['from before a variable to within it', '|\n        FROM a:${TAG:-1}\n', [['a:1', 'b:2']], null],
    ['in front of a variable', '|\n        FROM a:$TAG\n', [['a:', 'b:']], '|\n        FROM b:$TAG\n'],
    ['folded text', '>\n        FROM a\n\n        RUN b\n', [['b', 'c']], null],
    ['single quotes', "'FROM a'", [['a', 'b']], null],
    ['no quotes', 'FROM a', [['a', 'b']], null],
  ];

for (const [name, written, changes, expected] of rows) {
  test(`written back: ${name}`, () => {
    const file = (written.includes('\r') ? before.replaceAll('\n', '\r\n') : before) + written;
    const [inline] = inlineDockerfiles(parseCompose(file));
    assert.ok(inline);
    const { text } = inline.mapped;
    const edits = changes.map(([from, to]) => {
      const start = text.indexOf(from);
      assert.ok(start >= 0, from);
      // The parts that stay are none of the edit, as those of a rule.
      let same = 0;
      while (same < from.length && from[same] === to[same]) same++;
      let last = 0;
      while (last < from.length - same && last < to.length - same && from.at(-1 - last) === to.at(-1 - last))
        last++;
      return replace(span(start + same, start + from.length - last), to.slice(same, to.length - last));
    });
    const back = writtenBack(file, inline, edits);
    assert.equal(back && applyEdits(file, back).slice(file.length - written.length), expected);
    if (back === null) return;
    const [after] = inlineDockerfiles(parseCompose(applyEdits(file, back)));
    assert.equal(after?.mapped.text, applyEdits(text, edits));
  });
}

test('inline texts: each once, with those that share it; none of another style of build', () => {
  const file =
    'x-b: &b\n  context: app\n  target: Final\n  dockerfile_inline: FROM a AS final\nservices:\n  a: {build: *b}\n  b: {build: *b}\n  c: {build: .}\n  d: {build: {context: "https://x/y.git", dockerfile_inline: "FROM a"}}\n  e: {build: {dockerfile_inline: }}\n';
  const found = inlineDockerfiles(parseCompose(file)).map(({ mapped, target, context, services }) => [
    mapped.text,
    target,
    context,
    services.map(({ name }) => name).join(),
  ]);
  assert.deepEqual(found, [
    ['FROM a AS final', 'Final', 'app', 'a,b'],
    ['FROM a', null, null, 'd'],
  ]);
});

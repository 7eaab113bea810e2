import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { unusedSuppression } from '../../server/core/engine/meta-rules.ts';
import { option } from '../../server/core/engine/options.ts';
import { rulePage } from '../../server/core/report/page.ts';
import { colorPalette, plainPalette } from '../../server/core/report/palette.ts';
import { ruleJson, ruleTable } from '../../server/core/report/rule-list.ts';
import { terminalPage } from '../../server/core/report/terminal-page.ts';
import { wrap } from '../../server/core/report/wrap.ts';
import { toyRule } from '../support/toy-rule.ts';

test('rule page: all that a rule says of itself', () => {
  const info = {
    ...toyRule,
    options: { allowed: option.strings(['BASE'], 'Names that may shout.') },
    examples: {
      bad: [
        {
          note: 'A neighbour decides.',
          options: { allowed: [] },
          files: { '.dockerignore': '.env\n' },
          code: 'FROM alpine:3.22 AS «BASE»\n',
          fixed: 'FROM alpine:3.22 AS base\n',
          variants: { 'Drop the name': 'FROM alpine:3.22\n' },
        },
      ],
      good: [{ code: 'FROM alpine:3.22 AS base\n' }],
    },
  };
  assert.equal(
    rulePage(info, ({ code }) => `output of ${code}`),
    `\
# shouted-stage

A stage has a name in capitals.

style · warning · profile \`recommended\` · since 0.1.0

## Why

Capitals tire the eye.

## What to do

Write the name in small letters.

## Fix

Always offered. It is safe: \`bulkhead fix\` and fix-on-save apply it. Names of stages compare without case.

## Messages

- The stage {name} is named in capitals: write {quiet}.

## Options

- \`allowed\` (list of strings, default \`["BASE"]\`): Names that may shout.

## Reported

A neighbour decides.

With the options \`{"allowed":[]}\`:

Beside it, \`.dockerignore\`:

\`\`\`
.env
\`\`\`

\`\`\`dockerfile
FROM alpine:3.22 AS BASE
\`\`\`

\`\`\`text
output of FROM alpine:3.22 AS «BASE»
\`\`\`

After the fix:

\`\`\`diff
-FROM alpine:3.22 AS BASE
+FROM alpine:3.22 AS base
\`\`\`

Or: Drop the name

\`\`\`diff
-FROM alpine:3.22 AS BASE
+FROM alpine:3.22
\`\`\`

## Accepted

\`\`\`dockerfile
FROM alpine:3.22 AS base
\`\`\`

## The same in other tools

- \`toy:SHOUT\`

## Read more

- <https://docs.docker.com/build/building/multi-stage/>

## Silence it

\`\`\`dockerfile
# bulkhead ignore=shouted-stage -- why this is accepted here
\`\`\`
`,
  );
});

test('rule page: the engine finds it without options, examples and other tools', () => {
  assert.doesNotMatch(rulePage(unusedSuppression), /## (?:Options|Reported|Accepted|The same|Read more)/);
});

test('terminal page: headings, prose, lists and code', () => {
  const markdown =
    '# root-user\n\nThe `container` runs\nas root, for ever and a day.\n\n## Messages\n\n- Say what.\n- Say why, and say it well: twice.\n\n```diff\n FROM a\n-USER root\n\n+USER app\n```\n\nEnd.\n';
  const plain = `\
root-user

  The \`container\` runs as root,
  for ever and a day.

Messages:

  • Say what.
  • Say why, and say it well:
    twice.

     FROM a
    -USER root

    +USER app

  End.
`;
  assert.equal(terminalPage(markdown, { palette: plainPalette, width: 32 }), plain);
  const colored = terminalPage(markdown, { palette: colorPalette, width: 32 });
  assert.equal(stripVTControlCharacters(colored), plain);
  assert.ok(colored.includes('\u001b[32m    +USER app\u001b[39m'));
});

const wrapRows: readonly [name: string, prose: string, lead: string, lines: string[]][] = [
  ['short', 'a b', '', ['a b']],
  ['empty', '', '> ', ['>']],
  ['at the width', 'aaaa bbbbb', '', ['aaaa bbbbb']],
  ['past the width', 'aaaa bbbbbb', '', ['aaaa', 'bbbbbb']],
  ['the lead counts, and indents', 'aaaa bbbb cc', '- ', ['- aaaa', '  bbbb cc']],
  ['long words stay whole', 'a bbbbbbbbbbbbbb c', '', ['a', 'bbbbbbbbbbbbbb', 'c']],
  ['line ends stay', 'a\nb', '  ', ['  a', '  b']],
];
for (const [name, prose, lead, lines] of wrapRows) {
  test(`wrap: ${name}`, () => {
    assert.deepEqual(wrap(prose, 10, lead), lines);
  });
}

test('rule table: by language, columns aligned', () => {
  const other = {
    ...toyRule,
    id: 'root-user',
    language: 'compose',
    severity: 'error',
    fix: unusedSuppression.fix,
  } as const;
  assert.equal(
    ruleTable([toyRule, other, { ...toyRule, id: 'x' }], { palette: plainPalette, width: 80 }),
    `\
Dockerfile
  shouted-stage  warning  recommended  safe        A stage has a name in capitals
  x              warning  recommended  safe        A stage has a name in capitals

Compose
  root-user      error    recommended  unsafe      A stage has a name in capitals
`,
  );
});

test('rule list as JSON', () => {
  const { version, rules } = JSON.parse(ruleJson([toyRule]));
  assert.equal(version, 1);
  assert.deepEqual(rules, [
    {
      id: 'shouted-stage',
      language: 'dockerfile',
      title: 'A stage has a name in capitals',
      category: 'style',
      severity: 'warning',
      profile: 'recommended',
      status: 'stable',
      since: '0.1.0',
      fix: { availability: 'always', safety: 'safe', why: 'Names of stages compare without case.' },
      options: {},
      aliases: ['toy:SHOUT'],
    },
  ]);
});

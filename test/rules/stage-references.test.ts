// Rules about the use of stages: those that cannot be had, and those that nobody needs.
import broken from '../../server/core/rules/dockerfile/broken-stage-reference.ts';
import scratch from '../../server/core/rules/dockerfile/shell-in-scratch.ts';
import unused from '../../server/core/rules/dockerfile/unused-stage.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const brokenRows: readonly Row[] = [
  ['its own number', lines('FROM a:1', 'FROM b:1', 'COPY --from=«1» /a /b'), 'own'],
  ['its own name in a mount', lines('FROM a:1 AS x', 'RUN --mount=from=«x»,target=/x ls'), 'own'],
  [
    'a circle of three',
    lines('FROM a:1 AS x', 'COPY --from=«z» /a /a', 'FROM x AS y', 'FROM y AS z'),
    'circular',
  ],
  [
    'a cache that starts empty',
    lines('FROM scratch AS x', 'FROM a:1', 'RUN --mount=type=cache,from=x,target=/c ls'),
    '',
  ],
  [
    'a stage of a stage that is empty',
    lines('FROM scratch AS x', 'FROM x AS y', 'ENV A=1', 'FROM a:1', 'COPY --from=«y» /a /a'),
    'empty',
  ],
  [
    'a folder in an otherwise empty stage',
    lines('FROM scratch AS x', 'ADD a.tar /', 'FROM a:1', 'COPY --from=x /a /a'),
    '',
  ],
  [
    'an official image, a registry, a digest',
    lines(
      'FROM a:1',
      'COPY --from=nginx /a /a',
      'COPY --from=localhost:5000/x /a /a',
      'COPY --from=x@sha256:0 /a /a',
    ),
    '',
  ],
  ['without any FROM', lines('COPY --from=«tools» /a /a', 'COPY --from=«0» /a /a'), 'missing number'],
  [
    'the last stage of a name',
    lines('FROM a:1 AS x', 'FROM b:1', 'COPY --from=«x» /a /a', 'FROM c:1 AS x'),
    'later',
  ],
  [
    'an image in more than a variable',
    lines('ARG V=1', 'FROM a:1', 'COPY --from=«tool:$V» /a /a'),
    'variable',
  ],
  [
    'an image in a variable, between comments',
    lines(
      'ARG TOOL_IMAGE=x:1',
      'FROM a:1 AS tool',
      '# The end',
      'FROM b:1',
      'COPY --from=«$TOOL_IMAGE» /a /a',
    ),
    'variable',
    lines(
      'ARG TOOL_IMAGE=x:1',
      'FROM a:1 AS tool',
      'FROM $TOOL_IMAGE AS tool-2',
      '# The end',
      'FROM b:1',
      'COPY --from=tool-2 /a /a',
    ),
  ],
  ['a variable that FROM does not see', lines('FROM a:1', 'ARG X=b:1', 'COPY --from=«$X» /a /a'), 'variable'],
];

const unusedRows: readonly Row[] = [
  [
    'two that need each other go one after the other',
    lines('FROM «a:1»', 'RUN x', 'FROM b:1 AS «x»', 'FROM x AS «y»', 'FROM c:1'),
    'unnamed named named',
    lines('FROM c:1'),
  ],
  ['with a comment', lines('FROM «a:1»', '# why', 'RUN x', 'FROM b:1'), 'unnamed'],
  [
    'the comment of the next one stays',
    lines('FROM «a:1»', '', '# next', 'FROM b:1'),
    'unnamed',
    lines('# next', 'FROM b:1'),
  ],
  [
    'the directives stay',
    lines('# syntax=x', 'FROM «a:1»', 'FROM b:1'),
    'unnamed',
    lines('# syntax=x', 'FROM b:1'),
  ],
];

const scratchRows: readonly Row[] = [
  [
    'in a stage on top of an empty one',
    lines('FROM scratch AS x', 'COPY a /a', 'FROM x', 'RUN «ls»'),
    'no-shell',
  ],
  ['a whole file system', lines('FROM scratch', 'COPY --from=x:1 / /', 'RUN ls'), ''],
  ['a shell of its own', lines('FROM scratch', 'COPY sh /x', 'SHELL ["/x", "-c"]', 'RUN ls'), ''],
  ['a heredoc', 'FROM scratch\nRUN «<<EOF»\nls\nEOF\n', 'no-shell'],
  ['a pattern needs a shell', lines('FROM scratch', 'RUN «/a *.txt»'), 'no-shell'],
  [
    'several lines',
    lines('FROM scratch', 'RUN «/a \\', "  'b\"c'»"),
    'no-shell',
    lines('FROM scratch', 'RUN ["/a", \\', '  "b\\"c"]'),
  ],
];

ruleTable(broken, brokenRows);
ruleTable(unused, unusedRows);
ruleTable(scratch, scratchRows);

// Rules about names of stages: a stage is renamed with everything that means it, and nothing else is touched.
import duplicate from '../../server/core/rules/dockerfile/duplicate-stage-name.ts';
import casing from '../../server/core/rules/dockerfile/mismatched-as-casing.ts';
import numbered from '../../server/core/rules/dockerfile/numbered-stage-reference.ts';
import reserved from '../../server/core/rules/dockerfile/reserved-stage-name.ts';
import uppercase from '../../server/core/rules/dockerfile/uppercase-stage-name.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const uppercaseRows: readonly Row[] = [
  [
    'the platform, the spacing and the comments stay',
    lines(
      '# syntax=docker/dockerfile:1',
      'FROM   --platform=$BUILDPLATFORM\tgolang:1.27  AS   «Builder»',
      '# Builder makes it',
      'RUN echo Builder',
      'FROM --platform=$TARGETPLATFORM alpine:3.24',
      'COPY --link --from=Builder --chown=1:1 /Builder /Builder',
    ),
    'capitals',
    lines(
      '# syntax=docker/dockerfile:1',
      'FROM   --platform=$BUILDPLATFORM\tgolang:1.27  AS   builder',
      '# Builder makes it',
      'RUN echo Builder',
      'FROM --platform=$TARGETPLATFORM alpine:3.24',
      'COPY --link --from=builder --chown=1:1 /Builder /Builder',
    ),
  ],
  [
    'FROM, COPY and every kind of mount',
    lines(
      'FROM alpine:3.24 AS «Base»',
      'FROM Base AS test',
      'RUN --mount=from=Base,target=/a --mount=type=cache,target=/c,source=/Base,from=Base \\',
      '    --mount=type=bind,"from=Base",target=/b ls',
      'FROM test',
      'COPY --from=BASE /a /a',
      'COPY --from=Base-image:1 /a /a',
    ),
    'capitals',
    lines(
      'FROM alpine:3.24 AS base',
      'FROM base AS test',
      'RUN --mount=from=base,target=/a --mount=type=cache,target=/c,source=/Base,from=base \\',
      '    --mount=type=bind,"from=base",target=/b ls',
      'FROM test',
      'COPY --from=base /a /a',
      'COPY --from=Base-image:1 /a /a',
    ),
  ],
  [
    'a stage that is counted',
    lines('FROM alpine:3.24 AS «One»', 'FROM scratch', 'COPY --from=0 / /'),
    'capitals',
    lines('FROM alpine:3.24 AS one', 'FROM scratch', 'COPY --from=0 / /'),
  ],
  [
    'half typed',
    lines('FROM alpine:3.24 AS «Base»', 'FROM'),
    'capitals',
    lines('FROM alpine:3.24 AS base', 'FROM'),
  ],
];

const duplicateRows: readonly Row[] = [
  [
    'three of one name',
    lines('FROM a:1 AS «x»', 'FROM b:1 AS «x»', 'FROM c:1 AS «X»', 'COPY --from=x-2 /a /a'),
    'hidden taken taken',
    lines('FROM a:1 AS x', 'FROM b:1 AS x-2', 'FROM c:1 AS x-3', 'COPY --from=x-2 /a /a'),
  ],
  ['without names', lines('FROM a:1', 'FROM a:1'), ''],
];

const numberedRows: readonly Row[] = [
  ['a stage that is not there yet', lines('FROM a:1', 'COPY --from=1 /a /a', 'FROM b:1'), ''],
  ['a folder called 0', lines('FROM a:1', 'FROM b:1', 'COPY 0 /a'), ''],
  [
    'small letters',
    lines('from a:1', 'from b:1', 'copy --from=«0» /a /a'),
    'unnamed',
    lines('from a:1 as build', 'from b:1', 'copy --from=build /a /a'),
  ],
];

ruleTable(uppercase, uppercaseRows);
ruleTable(duplicate, duplicateRows);
ruleTable(numbered, numberedRows);
ruleTable(reserved, [
  [
    'both names',
    lines('FROM a:1 AS «Scratch»', 'FROM b:1 AS «context»', 'COPY --from=scratch /a /a', 'COPY context /c'),
    'reserved reserved',
    lines(
      'FROM a:1 AS scratch-stage',
      'FROM b:1 AS context-stage',
      'COPY --from=scratch-stage /a /a',
      'COPY context /c',
    ),
  ],
]);
ruleTable(casing, [
  ['an image called as', lines('FROM as'), ''],
  ['mixed keyword', lines('fRoM a:1 As b'), ''],
]);

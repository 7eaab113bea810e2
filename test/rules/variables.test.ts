// Rules about variables: which are set where, and what a FROM is without arguments.
import empty from '../../server/core/rules/dockerfile/empty-base-image.ts';
import self from '../../server/core/rules/dockerfile/self-referencing-env.ts';
import rule from '../../server/core/rules/dockerfile/undefined-variable.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const places: readonly Row[] = [
  [
    'quotes',
    lines('FROM alpine:3.24', 'ENV A="$«X» \'$«Y»\'" B=\'$Z\' C=\\$Z D="\\$Z"'),
    'undefined undefined',
  ],
  [
    'braces',
    lines('FROM alpine:3.24', 'ENV A=${«X»} B=${Y:-1} C=${Z:+1} D=${«V»#a} E=${W-$«U»}'),
    'undefined undefined undefined',
  ],
  [
    'flags',
    lines('FROM alpine:3.24', 'COPY --chown=$«U»:$«G» a /a', 'RUN --mount=type=cache,target=$«T» ls'),
    'undefined undefined undefined',
  ],
  [
    'what the shell reads',
    lines('FROM alpine:3.24', 'RUN echo $X', 'CMD echo $X', 'HEALTHCHECK CMD echo $X'),
    '',
  ],
  ['a trigger runs elsewhere', lines('FROM alpine:3.24', 'ONBUILD COPY $X /x'), ''],
  ['several lines', lines('FROM alpine:3.24', 'LABEL a=1 \\', '# $COMMENT', '  b=$«X»'), 'undefined'],
  ['JSON', lines('FROM alpine:3.24', 'COPY ["$«X»", "/a"]'), 'undefined'],
];

const scopes: readonly Row[] = [
  ['an ARG without a value is declared', lines('FROM alpine:3.24', 'ARG X', 'COPY $X /x'), ''],
  ['only below', lines('FROM alpine:3.24', 'COPY $«X» /x', 'ARG X=1'), 'undefined'],
  ['a stage goes on from another one', lines('FROM alpine:3.24 AS a', 'ENV X=1', 'FROM a', 'COPY $X /x'), ''],
  [
    'ARG does not leave its stage',
    lines('FROM alpine:3.24 AS a', 'ARG X=1', 'FROM alpine:3.24', 'COPY $«X» /x'),
    'other-stage',
    lines('FROM alpine:3.24 AS a', 'ARG X=1', 'FROM alpine:3.24', 'ARG X=1', 'COPY $X /x'),
  ],
  [
    'letters changed places where PATH is made longer',
    lines('FROM alpine:3.24', 'ENV PAHT=$«PAHT»:/a/bin'),
    'misspelt',
    lines('FROM alpine:3.24', 'ENV PAHT=$PATH:/a/bin'),
  ],
  ['a variable that may be there made longer', lines('FROM alpine:3.24', 'ENV LD_PATH=/a:$LD_PATH'), ''],
  ['an image that may set it', lines('FROM example/x:1', 'COPY $SOME_DIR /x'), ''],
  [
    'an image that may set it, and a name nearly like it',
    lines('FROM example/x:1', 'ENV SOME_DIR=/a', 'COPY $«SOME_DRI» /x'),
    'misspelt',
    lines('FROM example/x:1', 'ENV SOME_DIR=/a', 'COPY $SOME_DIR /x'),
  ],
  ['what node sets', lines('ARG NODE_VERSION=24', 'FROM node:$NODE_VERSION', 'RUN echo $NODE_VERSION'), ''],
  ['proxies are there for RUN', lines('FROM alpine:3.24', 'RUN echo $HTTP_PROXY'), ''],
];

const inCommands: readonly Row[] = [
  [
    'once for each stage',
    lines('ARG V=1', 'FROM alpine:3.24', 'RUN a $«V»', 'RUN b "${«V»}"'),
    'outside-in-command outside-in-command',
    lines('ARG V=1', 'FROM alpine:3.24', 'ARG V', 'RUN a $V', 'RUN b "${V}"'),
  ],
  ['a default in the shell', lines('ARG V=1', 'FROM alpine:3.24', 'RUN a ${V:-2}'), ''],
  [
    'set by the script',
    lines(
      'ARG V=1',
      'FROM alpine:3.24',
      'RUN V=2 && a $V',
      'RUN read -r V && a $V',
      'RUN for V in 1; do a $V; done',
      'RUN export V=1 && a $V',
    ),
    '',
  ],
  ['in quotes that keep it', lines('ARG V=1', 'FROM alpine:3.24', "RUN a '$V'"), ''],
  [
    'within sh -c, once',
    lines('ARG V=1', 'FROM alpine:3.24', 'RUN sh -c "a $«V»"'),
    'outside-in-command',
    lines('ARG V=1', 'FROM alpine:3.24', 'ARG V', 'RUN sh -c "a $V"'),
  ],
];

ruleTable(rule, [...places, ...scopes, ...inCommands]);
ruleTable(self, [
  [
    'the same name twice',
    lines('ENV PATH=/a:$PATH PATH=/b:$«PATH»'),
    'inherited',
    lines('ENV PATH=/a:$PATH', 'ENV PATH=/b:$PATH'),
  ],
  ['a comment between', 'FROM scratch\nENV A=1 \\\n# why\n  B=$«A»\n', 'empty'],
  ['the old form', lines('FROM scratch', 'ENV A 1 A=$A'), ''],
  ['what would be a flag', lines('FROM scratch', 'ENV A=1 --from=B=$«A»'), 'empty'],
]);
ruleTable(empty, [
  ['two variables', lines('ARG A', 'ARG B=x', 'FROM «$A:$B»'), 'invalid'],
  ['a default of a default', lines('ARG A=alpine', 'ARG B=$A:3.24', 'FROM $B'), ''],
  ['an image that the tables do not know', lines('ARG V', 'FROM «example/x:${V}»'), 'invalid'],
  ['a registry that is left out', lines('ARG R', 'FROM ${R}alpine:3.24'), ''],
  ['a name that fails without variables', lines('FROM baseImage'), ''],
]);

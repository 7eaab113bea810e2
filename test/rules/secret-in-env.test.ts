// secret-in-env: what stays of an ENV, and who gets the secret instead.
import rule from '../../server/core/rules/dockerfile/secret-in-env.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const alpine = 'FROM alpine:3.22';

const pairs: readonly Row[] = [
  ['among others', lines(alpine, 'ENV A=1 «PASSWORD=xyzzy1» B=2'), 'literal', lines(alpine, 'ENV A=1 B=2')],
  [
    'two neighbours',
    lines(alpine, 'ENV «PASSWORD=xyzzy1» «TOKEN=xyzzy2» B=2'),
    'literal literal',
    lines(alpine, 'ENV B=2'),
  ],
  [
    'on a line of its own, between comments',
    lines(alpine, 'ENV A=1 \\', '    # one', '    «PASSWORD=xyzzy1» \\', '    # two', '    B=2'),
    'literal',
    lines(alpine, 'ENV A=1 \\', '    # one', '    # two', '    B=2'),
  ],
  [
    'the first, with a comment behind it',
    lines(alpine, 'ENV «PASSWORD=xyzzy1» \\', '    # two', '    B=2'),
    'literal',
    lines(alpine, 'ENV \\', '    # two', '    B=2'),
  ],
  [
    'the last, with a comment before it',
    lines(alpine, 'ENV A=1 \\', '    # one', '    «PASSWORD=xyzzy1»', 'CMD x'),
    'literal',
    lines(alpine, 'ENV A=1', '    # one', 'CMD x'),
  ],
  [
    'the last of a line that goes on',
    lines(alpine, 'ENV A=1 «PASSWORD=xyzzy1» \\', '    B=2'),
    'literal',
    lines(alpine, 'ENV A=1 \\', '    B=2'),
  ],
  [
    'Windows line ends',
    'FROM alpine:3.22\r\nENV A=1 \\\r\n  «PASSWORD=xyzzy1»\r\n',
    'literal',
    'FROM alpine:3.22\r\nENV A=1\r\n',
  ],
  ['the old form', lines(alpine, 'ENV «PASSWORD xyzzy1 2»'), 'literal', lines(alpine)],
  [
    'one blank line is left of two',
    lines(alpine, '', 'ENV «PASSWORD="a b c1"»', '', 'CMD x'),
    'literal',
    lines(alpine, '', 'CMD x'),
  ],
  ['in a trigger', lines(alpine, 'ONBUILD ENV «PASSWORD=xyzzy1»'), 'literal'],
];

const readers: readonly Row[] = [
  [
    'for the container: npm has no use for it',
    lines('FROM node:24', 'ENV «DB_PASSWORD=xyzzy1»', 'RUN npm ci', 'CMD echo $DB_PASSWORD'),
    'literal',
    lines('FROM node:24', 'RUN npm ci', 'CMD echo $DB_PASSWORD'),
  ],
  [
    'for a program that looks for it',
    lines('FROM node:24', 'ENV «NPM_TOKEN=xyzzy1»', 'RUN npm ci', 'RUN apt-get update'),
    'literal',
    lines('FROM node:24', 'RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci', 'RUN apt-get update'),
  ],
  [
    'in a stage made from this one',
    lines('FROM alpine:3.22 AS a', 'ENV «API_TOKEN=xyzzy1»', 'FROM a', 'RUN f $API_TOKEN'),
    'literal',
    lines(
      'FROM alpine:3.22 AS a',
      'FROM a',
      'RUN --mount=type=secret,id=api_token,env=API_TOKEN f $API_TOKEN',
    ),
  ],
  ['a file is put where it says', lines(alpine, 'ENV «API_TOKEN=xyzzy1»', 'COPY a /$API_TOKEN'), 'literal'],
];

const copies: readonly Row[] = [
  [
    'an argument under the same name',
    lines('FROM node:24', 'ARG NPM_TOKEN', 'ENV «NPM_TOKEN=$NPM_TOKEN»', 'RUN npm ci'),
    'copied',
    lines('FROM node:24', 'RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci'),
  ],
  [
    'the argument has another reader',
    lines(alpine, 'ARG GIVEN=1', 'ENV «SECRET_KEY=${GIVEN}»', 'LABEL x=$GIVEN'),
    'copied',
    lines(alpine, 'ARG GIVEN=1', 'LABEL x=$GIVEN'),
  ],
  [
    'an argument that promises a secret, under another name',
    lines(alpine, 'ARG API_TOKEN', 'ENV «UPSTREAM=https://x/?t=$API_TOKEN»'),
    'copied',
    lines(alpine),
  ],
  [
    'the fallback is the secret',
    lines(alpine, 'ARG X', 'ENV «API_TOKEN=${X:-xyzzy1}»'),
    'literal',
    lines(alpine, 'ARG X'),
  ],
  [
    'in a stage that is left behind',
    lines('FROM alpine:3.22 AS a', 'ARG TOKEN', 'ENV «TOKEN=$TOKEN» «PASSWORD=xyzzy1»', 'FROM scratch'),
    'copied-in-build literal-in-build',
    lines('FROM alpine:3.22 AS a', 'FROM scratch'),
  ],
];

ruleTable(rule, [...pairs, ...readers, ...copies]);

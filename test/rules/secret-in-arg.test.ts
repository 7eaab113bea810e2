// secret-in-arg: which arguments are secrets, and which RUNs get them mounted.
import rule from '../../server/core/rules/dockerfile/secret-in-arg.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const alpine = 'FROM alpine:3.22';
const mount = '--mount=type=secret,id=token,env=TOKEN';

const scopes: readonly Row[] = [
  [
    'before the first FROM and in two stages',
    lines('ARG «TOKEN»', alpine, 'ARG «TOKEN»', 'RUN x $TOKEN', alpine, 'ARG «TOKEN»', 'RUN y'),
    'named named-in-build named',
    lines(alpine, `RUN ${mount} x $TOKEN`, alpine, 'RUN y'),
  ],
  ['in a FROM', lines('ARG «TOKEN»', 'FROM alpine:$TOKEN'), 'named'],
  ['in another default', lines(alpine, 'ARG «TOKEN»', 'ARG URL=https://$TOKEN@h', 'RUN f $URL'), 'named'],
  ['in a trigger', lines(alpine, 'ONBUILD ARG «TOKEN»', 'ONBUILD RUN x $TOKEN'), 'named'],
  [
    'behind the RUN that reads a variable of that name',
    lines(alpine, 'RUN x $TOKEN', 'ARG «TOKEN»', 'RUN y $TOKEN'),
    'named',
    lines(alpine, 'RUN x $TOKEN', `RUN ${mount} y $TOKEN`),
  ],
];

const values: readonly Row[] = [
  ['a default that stands for one', lines(alpine, 'ARG «TOKEN=none»'), 'named', lines(alpine)],
  ['a default from elsewhere', lines(alpine, 'ARG X', 'ARG «TOKEN=$X»'), 'named', lines(alpine, 'ARG X')],
  ['a default that is one', lines(alpine, 'ARG «TOKEN=xyzzy1»'), 'default', lines(alpine)],
  ['a switch', lines(alpine, 'ARG TOKEN=false', 'ARG TOKEN_TTL=30'), ''],
  ['a path', lines(alpine, 'ARG TOKEN=/run/secrets/token'), ''],
];

const readers: readonly Row[] = [
  [
    'the RUN that names it, not the others',
    lines('FROM node:24', 'ARG «TOKEN»', 'RUN npm ci', 'RUN printenv TOKEN'),
    'named',
    lines('FROM node:24', 'RUN npm ci', `RUN ${mount} printenv TOKEN`),
  ],
  [
    'the programs that run code of the project',
    lines(
      'FROM node:24',
      'ARG «TOKEN»',
      'RUN apt-get update',
      'RUN ./build',
      'RUN npm run build',
      'CMD x $TOKEN',
    ),
    'named',
    lines(
      'FROM node:24',
      'RUN apt-get update',
      `RUN ${mount} ./build`,
      `RUN ${mount} npm run build`,
      'CMD x $TOKEN',
    ),
  ],
  [
    'a heredoc',
    lines(alpine, 'ARG «TOKEN»', 'RUN <<EOF', 'x $TOKEN', 'EOF'),
    'named',
    lines(alpine, `RUN ${mount} <<EOF`, 'x $TOKEN', 'EOF'),
  ],
  [
    'mounted already',
    lines(alpine, 'ARG «TOKEN»', `RUN ${mount} x $TOKEN`),
    'named',
    lines(alpine, `RUN ${mount} x $TOKEN`),
  ],
  [
    'mounted as a file only',
    lines(alpine, 'ARG «TOKEN»', 'RUN --mount=type=secret,id=token x $TOKEN'),
    'named',
    lines(alpine, `RUN ${mount} --mount=type=secret,id=token x $TOKEN`),
  ],
];

const syntax: readonly Row[] = [
  [
    'an older syntax is raised, with what it is tried for',
    lines('# syntax=docker/dockerfile:1.7-labs', alpine, 'ARG «TOKEN»', 'RUN x $TOKEN'),
    'named',
    lines('# syntax=docker/dockerfile:1-labs', alpine, `RUN ${mount} x $TOKEN`),
  ],
  [
    'one that is new enough stays',
    lines('# syntax=docker/dockerfile:1.10', alpine, 'ARG «TOKEN»', 'RUN x $TOKEN'),
    'named',
    lines('# syntax=docker/dockerfile:1.10', alpine, `RUN ${mount} x $TOKEN`),
  ],
  ['another front end', lines('# syntax=example/front', alpine, 'ARG «TOKEN»', 'RUN x $TOKEN'), 'named'],
  [
    'Windows mounts nothing',
    lines('FROM mcr.microsoft.com/windows/nanoserver:ltsc2022', 'ARG «TOKEN»', 'RUN x %TOKEN%'),
    'named',
  ],
];

ruleTable(rule, [...scopes, ...values, ...readers, ...syntax]);

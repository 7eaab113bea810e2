// secret-in-copy: files by name and by what lies in the context, and what becomes of the commands around them.
import rule from '../../server/core/rules/dockerfile/secret-in-copy.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const node = ['FROM node:24', 'WORKDIR /app'] as const;
const npm = '--mount=type=secret,id=npmrc,target=/app/.npmrc';

const mounts: readonly Row[] = [
  [
    'the command that deletes it goes',
    lines(...node, 'COPY «.npmrc» package.json ./', 'RUN npm ci && rm .npmrc'),
    'named',
    lines(...node, 'COPY package.json ./', `RUN ${npm} npm ci`),
  ],
  [
    'a RUN that only deletes it goes',
    lines(...node, 'COPY «.npmrc» .', 'RUN npm ci', 'RUN rm -f ~/.npmrc', 'CMD x'),
    'named',
    lines(...node, `RUN ${npm} npm ci`, 'CMD x'),
  ],
  [
    'among other arguments',
    lines(...node, 'COPY «.npmrc» .', 'RUN npm ci && rm -r .npmrc /tmp/x'),
    'named',
    lines(...node, `RUN ${npm} npm ci && rm -r /tmp/x`),
  ],
  [
    'rights are given by the mount',
    lines(
      'FROM alpine:3.22',
      'COPY «id_rsa» /root/.ssh/',
      'RUN chmod 600 /root/.ssh/id_rsa && git clone git@h:a',
    ),
    'named',
    lines('FROM alpine:3.22', 'RUN --mount=type=secret,id=id_rsa,target=/root/.ssh/id_rsa git clone git@h:a'),
  ],
  [
    'for another account than root',
    lines(...node, 'USER node', 'COPY --chown=node «.npmrc» .', 'RUN npm ci'),
    'named',
    lines(...node, 'USER node', `RUN ${npm},uid=1000 npm ci`),
  ],
  [
    'for an account whose number the tool chooses',
    lines('FROM alpine:3.22', 'RUN adduser -D a', 'USER a', 'COPY «.netrc» /', 'RUN git clone a'),
    'named',
    lines(
      'FROM alpine:3.22',
      'RUN adduser -D a',
      'USER a',
      'RUN --mount=type=secret,id=netrc,target=/.netrc,mode=0444 git clone a',
    ),
  ],
  [
    'a command that names the file',
    lines('FROM alpine:3.22', 'COPY «.env» /app/', 'RUN make', 'RUN . /app/.env && x'),
    'named',
    lines('FROM alpine:3.22', 'RUN make', 'RUN --mount=type=secret,id=env,target=/app/.env . /app/.env && x'),
  ],
  [
    'an item of a list over lines',
    lines(...node, 'COPY \\', '    a.txt \\', '    «.npmrc» \\', '    ./', 'RUN npm ci'),
    'named',
    lines(...node, 'COPY \\', '    a.txt \\', '    ./', `RUN ${npm} npm ci`),
  ],
  [
    'strings of a list',
    lines(...node, 'COPY ["a b", «".npmrc"», "./"]', 'RUN npm ci'),
    'named',
    lines(...node, 'COPY ["a b", "./"]', `RUN ${npm} npm ci`),
  ],
];

const left: readonly Row[] = [
  [
    'nobody reads it while building',
    lines('FROM alpine:3.22', 'COPY «.env» /app/', 'RUN make'),
    'named',
    lines('FROM alpine:3.22', 'RUN make'),
  ],
  [
    'it is moved',
    lines(...node, 'COPY «.npmrc» .', 'RUN mv .npmrc /x; npm ci'),
    'named',
    lines(...node, 'RUN mv .npmrc /x; npm ci'),
  ],
  [
    'its folder is deleted',
    lines('FROM php:8', 'COPY «auth.json» /root/.composer/', 'RUN composer install && rm -rf ~/.composer'),
    'named',
    lines('FROM php:8', 'RUN composer install && rm -rf ~/.composer'),
  ],
  [
    'a folder',
    lines('FROM alpine:3.22', 'COPY «.ssh» /root/.ssh', 'RUN git clone a'),
    'named',
    lines('FROM alpine:3.22', 'RUN git clone a'),
  ],
  [
    'in a trigger',
    lines(...node, 'ONBUILD COPY «.npmrc» .', 'ONBUILD RUN npm ci'),
    'named',
    lines(...node, 'ONBUILD RUN npm ci'),
  ],
  [
    'beside a heredoc',
    lines('FROM alpine:3.22', 'COPY <<EOF «.env» /app/', 'x', 'EOF'),
    'named',
    lines('FROM alpine:3.22', 'COPY <<EOF /app/', 'x', 'EOF'),
  ],
  [
    'where a variable says',
    lines('FROM alpine:3.22', 'COPY $KEY /x', 'COPY --from=a /.npmrc /x', 'ADD https://h/id_rsa /x'),
    '',
  ],
  [
    'a stage that is left behind',
    lines('FROM alpine:3.22', 'COPY «.env» /', 'FROM scratch'),
    'named-in-build',
    lines('FROM alpine:3.22', 'FROM scratch'),
  ],
];

ruleTable(rule, [...mounts, ...left]);

ruleTable(
  rule,
  [
    ['a pattern is what it matches', lines('FROM alpine:3.22', 'COPY *.pem /certs/'), ''],
    ['a folder with some', lines('FROM alpine:3.22', 'COPY «config/» /c/'), 'along-with'],
    ['all but what is excluded', lines('FROM alpine:3.22', 'COPY --exclude=config . /c/'), ''],
    [
      'in a stage that is left behind',
      lines('FROM alpine:3.22', 'COPY «.» /c/', 'FROM scratch'),
      'along-with-in-build',
    ],
  ],
  { 'ca.pem': '', 'config/server.key': '', 'secret/.env': '', '.dockerignore': 'secret\n' },
);

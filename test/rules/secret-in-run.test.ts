// secret-in-run: where secrets are spoken, and how the variable takes their place.
import rule from '../../server/core/rules/dockerfile/secret-in-run.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const mounted = (variable: string): string =>
  `--mount=type=secret,id=${variable.toLowerCase()},env=${variable}`;

/** One secret in a command. */
const run = (name: string, command: string, variable: string, fixed: string): Row => [
  name,
  lines('FROM alpine:3.22', `RUN ${command}`),
  'build',
  lines('FROM alpine:3.22', `RUN ${mounted(variable)} ${fixed}`),
];

const quotes: readonly Row[] = [
  run('a bare word', 'deploy --token «xyzzy1»', 'TOKEN', 'deploy --token "$TOKEN"'),
  run(
    'the end of a bare word',
    'wget --password=«xyzzy1» http://x',
    'PASSWORD',
    'wget --password="$PASSWORD" http://x',
  ),
  run('the middle of a bare word', 'f https://u:«xyzzy1»@h', 'URL_PASSWORD', 'f https://u:${URL_PASSWORD}@h'),
  run('double quotes', 'f "https://u:«xyzzy1»@h"', 'URL_PASSWORD', 'f "https://u:${URL_PASSWORD}@h"'),
  run('single quotes', "f 'https://u:«xyzzy1»@h'", 'URL_PASSWORD', 'f "https://u:${URL_PASSWORD}@h"'),
  ['single quotes around a dollar', lines('FROM alpine:3.22', "RUN f 'https://$:«xyzzy1»@h'"), 'build'],
  run('a script in quotes', 'sh -c "deploy --token «xyzzy1»"', 'TOKEN', 'sh -c "deploy --token ${TOKEN}"'),
  run('an assignment before the command', 'TOKEN=«xyzzy1» deploy', 'TOKEN', 'deploy'),
  run('an assignment on its own', 'export TOKEN=«xyzzy1»', 'TOKEN', 'export TOKEN="$TOKEN"'),
  ['a list', lines('FROM alpine:3.22', 'RUN ["deploy", "--token", "«xyzzy1»"]'), 'build'],
];

const twice: readonly Row[] = [
  [
    'two secrets, two variables; one secret, one',
    lines(
      'FROM alpine:3.22',
      'RUN f https://a:«xyzzy1»@h && f https://b:«xyzzy2»@h && f https://a:«xyzzy1»@h',
    ),
    'build build build',
    lines(
      'FROM alpine:3.22',
      `RUN ${mounted('URL_PASSWORD_2')} ${mounted('URL_PASSWORD')} f https://a:\${URL_PASSWORD}@h && f https://b:\${URL_PASSWORD_2}@h && f https://a:\${URL_PASSWORD}@h`,
    ),
  ],
];

const heredocs: readonly Row[] = [
  [
    'a script',
    lines('FROM alpine:3.22', 'RUN <<EOF', 'deploy --token «xyzzy1»', 'EOF'),
    'build',
    lines('FROM alpine:3.22', `RUN ${mounted('TOKEN')} <<EOF`, 'deploy --token "$TOKEN"', 'EOF'),
  ],
  [
    'a text',
    lines('FROM alpine:3.22', 'RUN cat <<EOF >/x', 'password=«xyzzy1»', 'url=http://u:«xyzzy1»@h', 'EOF'),
    'heredoc heredoc',
  ],
  [
    'tabs that are taken out',
    lines('FROM alpine:3.22', 'COPY <<-EOF /x', '\tpassword=«xyzzy1»', '\tEOF'),
    'heredoc',
  ],
  [
    'a private key to its end',
    lines('FROM alpine:3.22', 'COPY <<EOF /x', `«-----BEGIN ${'PRIVATE'} KEY-----`, 'abc', '»EOF'),
    'heredoc',
  ],
];

const others: readonly Row[] = [
  [
    'what the container starts',
    lines('FROM alpine:3.22', 'CMD serve --token «xyzzy1»', 'HEALTHCHECK CMD curl -u a:«xyzzy1» h'),
    'start start',
  ],
  [
    'a trigger',
    lines('FROM alpine:3.22', 'ONBUILD RUN deploy --token «xyzzy1»'),
    'build',
    lines('FROM alpine:3.22', `ONBUILD RUN ${mounted('TOKEN')} deploy --token "$TOKEN"`),
  ],
  ['a fingerprint', lines('FROM alpine:3.22', "RUN key='BCA4 3417 C3B4 85DD' && gpg --recv-keys $key"), ''],
  [
    'a value for a build that needs none',
    lines('FROM alpine:3.22', 'RUN SECRET_KEY=unused ./manage.py collectstatic'),
    '',
  ],
];

ruleTable(rule, [...quotes, ...twice, ...heredocs, ...others]);

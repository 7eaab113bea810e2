// missing-healthcheck: which images are services, on which port they are asked, and with what.
import rule from '../../server/core/rules/dockerfile/missing-healthcheck.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const timing = 'HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \\';
const check = (command: string): readonly string[] => [timing, `    CMD ${command}`];
const wget = (address: string) => check(`wget -q -O /dev/null ${address} || exit 1`);
const bash = (port: number) => check(`["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${port}"]`);
const node = (port: number) =>
  check(
    `["node", "-e", "require('http').get('http://127.0.0.1:${port}/', r => process.exit(r.statusCode < 400 ? 0 : 1))"]`,
  );

/** Without a CMD: the check goes to the end. */
const added = (name: string, before: readonly string[], found: readonly string[]): Row => [
  name,
  lines(...before),
  'missing',
  lines(...before.map(line => line.replace(/[«»]/g, '')), ...found),
];

const ports: readonly Row[] = [
  added('a debugger’s port comes after', ['FROM node:24', 'EXPOSE 9229 «3000»'], node(3000)),
  added('the first of a range', ['FROM alpine:3.22', 'EXPOSE «8000-8010»'], wget('http://127.0.0.1:8000/')),
  added(
    'a variable with a value',
    ['FROM alpine:3.22', 'ENV PORT=80', 'EXPOSE «$PORT/tcp»'],
    wget('http://127.0.0.1/'),
  ),
  ['a variable without one', lines('FROM alpine:3.22', 'ARG PORT', 'EXPOSE «$PORT»'), 'missing'],
  ['datagrams', lines('FROM alpine:3.22', 'EXPOSE 53/udp'), ''],
  added(
    'several instructions and protocols',
    ['FROM alpine:3.22', 'EXPOSE 53 53/udp', 'EXPOSE «8080»'],
    wget('http://127.0.0.1:8080/'),
  ),
  added(
    'TLS',
    ['FROM alpine:3.22', 'EXPOSE «443»'],
    wget('--no-check-certificate https://127.0.0.1/').map(line =>
      line.replace('-O /dev/null --no-check-certificate', '--no-check-certificate -O /dev/null'),
    ),
  ),
  added(
    'a port that says nothing: a connection is the safer question',
    ['FROM alpine:3.22', 'EXPOSE «9050»'],
    check('["nc", "-z", "127.0.0.1", "9050"]'),
  ),
  [
    'the port of a stage below',
    lines('FROM registry.example.com/a:1 AS b', 'EXPOSE «80»', 'FROM b'),
    'missing',
  ],
];

const services: readonly Row[] = [
  added(
    'the service of the base, started with options',
    ['FROM «redis:8-alpine»'],
    check('redis-cli ping | grep -q PONG'),
  ),
  added(
    'on another port than it is made for',
    ['FROM nginx:1.29', 'EXPOSE «8080»'],
    check('curl -fsS -o /dev/null http://127.0.0.1:8080/ || exit 1'),
  ),
  added('its tool is not in this variant', ['FROM «nginx:1.29-alpine-slim»'], wget('http://127.0.0.1/')),
  added('its tool is not in the image', ['FROM «memcached:1»'], bash(11211)),
  added('FastCGI is no HTTP', ['FROM «php:8-fpm»'], bash(9000)),
  ['another program than the base’s', lines('FROM nginx:1.29', 'CMD ["/app"]'), ''],
  [
    'a script that may start the base’s',
    lines('FROM «nginx:1.29»', 'CMD ["/start.sh"]'),
    'missing',
    lines(
      'FROM nginx:1.29',
      ...check('curl -fsS -o /dev/null http://127.0.0.1/ || exit 1'),
      'CMD ["/start.sh"]',
    ),
  ],
  [
    'a program for a base that starts none',
    lines('FROM «mcr.microsoft.com/dotnet/aspnet:8.0»', 'ENTRYPOINT ["dotnet", "a.dll"]'),
    'missing',
    lines('FROM mcr.microsoft.com/dotnet/aspnet:8.0', ...bash(8080), 'ENTRYPOINT ["dotnet", "a.dll"]'),
  ],
];

const runtimes: readonly Row[] = [
  added(
    'Python 3',
    ['FROM python:3.13-slim', 'EXPOSE «8000»'],
    [
      timing,
      '    CMD ["python3", "-c", "import urllib.request as r; r.urlopen(\'http://127.0.0.1:8000/\', timeout=3)"]',
    ],
  ),
  added(
    'Python 2 has none of that',
    ['FROM python:2-alpine', 'EXPOSE «8000»'],
    wget('http://127.0.0.1:8000/'),
  ),
  added(
    'Node.js without a shell',
    ['FROM gcr.io/distroless/nodejs24-debian12', 'EXPOSE «3000»'],
    [...node(3000).map(line => line.replace('"node"', '"/nodejs/bin/node"'))],
  ),
  added(
    'what was removed again',
    ['FROM debian:13', 'RUN apt-get install -y wget && apt-get purge -y wget', 'EXPOSE «8080»'],
    bash(8080),
  ),
  ['nothing to ask with', lines('FROM scratch', 'EXPOSE «8080»', 'ENTRYPOINT ["/x"]'), 'no-tool'],
];

const places: readonly Row[] = [
  [
    'a check in the stage below',
    lines('FROM alpine:3.22 AS b', 'EXPOSE 80', 'HEALTHCHECK CMD x', 'FROM b'),
    '',
  ],
  [
    'switched off behind one',
    lines('FROM alpine:3.22 AS b', 'EXPOSE 80', 'HEALTHCHECK CMD x', 'FROM b', 'HEALTHCHECK NONE'),
    '',
  ],
  ['a check in another stage', lines('FROM alpine:3.22 AS b', 'EXPOSE 80', 'FROM alpine:3.22'), ''],
  [
    'small letters, another escape character',
    lines('# escape=`', 'from alpine:3.22', 'expose «80»', 'cmd x'),
    'missing',
    lines(
      '# escape=`',
      'from alpine:3.22',
      'expose 80',
      'healthcheck --interval=30s --timeout=5s --start-period=15s --retries=3 `',
      '    CMD wget -q -O /dev/null http://127.0.0.1/ || exit 1',
      'cmd x',
    ),
  ],
  ['a last line that goes on', 'FROM alpine:3.22\nEXPOSE «80» \\\n', 'missing'],
];

ruleTable(rule, [...ports, ...services, ...runtimes, ...places]);

// root-user: who is root in the end, and what takes root's place.
import rule from '../../server/core/rules/dockerfile/root-user.ts';
import { lines, ruleTable, variantTable } from '../support/rule-table.ts';

const alpine = 'RUN addgroup -S app && adduser -S -G app app';
const debian =
  'RUN groupadd --system app && useradd --system --gid app --no-create-home --shell /usr/sbin/nologin app';

ruleTable(rule, [
  [
    'USER of an earlier stage does not count',
    lines('FROM node:24 AS a', 'USER node', 'FROM «node:24»', 'CMD ["x"]'),
    'never-set',
    lines('FROM node:24 AS a', 'USER node', 'FROM node:24', 'USER node', 'CMD ["x"]'),
  ],
  ['USER of the stage below counts', lines('FROM node:24 AS a', 'USER node', 'FROM a', 'CMD ["x"]'), ''],
  [
    'root of the stage below counts',
    lines('FROM alpine:3.22 AS a', 'USER «root»', 'FROM a', 'CMD ["x"]'),
    'set-to-root',
    lines('FROM alpine:3.22 AS a', 'USER root', 'FROM a', alpine, 'USER app', 'CMD ["x"]'),
  ],
  [
    'an argument that is root',
    lines('FROM alpine:3.22', 'ARG UID=0', 'USER «$UID»'),
    'set-to-root',
    lines('FROM alpine:3.22', 'ARG UID=0', alpine, 'USER app'),
  ],
  ['an argument without a default', lines('FROM alpine:3.22', 'ARG UID', 'USER $UID'), ''],
  ['a default in the reference', lines('FROM alpine:3.22', 'USER ${UID:-1000}'), ''],
  ['a group of root', lines('FROM alpine:3.22', 'USER app:root'), ''],
  ['another number', lines('FROM alpine:3.22', 'USER 1000:0'), ''],
  [
    'root with another group, and a RUN behind it',
    lines('FROM alpine:3.22', 'USER «0:1000»', 'RUN id', 'CMD ["x"]'),
    'set-to-root',
    lines('FROM alpine:3.22', 'USER 0:1000', 'RUN id', alpine, 'USER app', 'CMD ["x"]'),
  ],
  [
    'back to the account that was in use, with its group',
    lines('FROM node:24', 'USER node:node', 'RUN id', 'USER «root»', 'CMD ["x"]'),
    'set-to-root',
    lines('FROM node:24', 'USER node:node', 'RUN id', 'USER node:node', 'CMD ["x"]'),
  ],
  [
    'back to the account of the base',
    lines('FROM bitnami/redis:7', 'USER «root»', 'RUN install_packages vim'),
    'set-to-root',
    lines('FROM bitnami/redis:7', 'USER root', 'RUN install_packages vim', 'USER 1001'),
  ],
  ['distroless with its own account', lines('FROM gcr.io/distroless/java21-debian12:debug-nonroot'), ''],
  ['nginx without privileges', lines('FROM nginxinc/nginx-unprivileged:1.29'), ''],
  ['chainguard', lines('FROM cgr.dev/chainguard/node'), ''],
  ['Windows has no root', lines('FROM mcr.microsoft.com/windows/nanoserver:ltsc2022', 'CMD ["x"]'), ''],
  ['scratch that is only copied from', lines('FROM scratch', 'COPY a /'), ''],
  [
    'scratch with root in so many words',
    lines('FROM scratch', 'USER «0»'),
    'set-to-root',
    lines('FROM scratch', 'USER 65532:65532'),
  ],
  [
    'an account made with options in one word',
    lines('FROM «debian:13»', 'RUN useradd -ms /bin/bash patrick', 'CMD ["x"]'),
    'never-set',
    lines('FROM debian:13', 'RUN useradd -ms /bin/bash patrick', 'USER patrick', 'CMD ["x"]'),
  ],
  [
    'an account made in a heredoc',
    lines('FROM «debian:13»', 'RUN <<EOF', 'useradd -r -u 999 web', 'EOF', 'CMD ["x"]'),
    'never-set',
    lines('FROM debian:13', 'RUN <<EOF', 'useradd -r -u 999 web', 'EOF', 'USER web', 'CMD ["x"]'),
  ],
  [
    'the group is there already',
    lines('FROM «debian:13»', 'RUN groupadd app', 'CMD ["x"]'),
    'never-set',
    lines(
      'FROM debian:13',
      'RUN groupadd app',
      'RUN useradd --system --gid app --no-create-home --shell /usr/sbin/nologin app',
      'USER app',
      'CMD ["x"]',
    ),
  ],
  [
    'no tool to make an account',
    lines('FROM «redhat/ubi9-minimal»', 'CMD ["x"]'),
    'never-set',
    lines('FROM redhat/ubi9-minimal', 'USER 65532:65532', 'CMD ["x"]'),
  ],
  [
    'the tool is installed',
    lines('FROM «redhat/ubi9-minimal»', 'RUN microdnf install -y shadow-utils'),
    'never-set',
    lines(
      'FROM redhat/ubi9-minimal',
      'RUN microdnf install -y shadow-utils',
      'RUN groupadd --system app && useradd --system --gid app --no-create-home --shell /sbin/nologin app',
      'USER app',
    ),
  ],
  [
    'CMD before the last RUN',
    lines('FROM «debian:13»', 'CMD ["x"]', 'RUN y'),
    'never-set',
    lines('FROM debian:13', 'CMD ["x"]', 'RUN y', debian, 'USER app'),
  ],
  [
    'comments of CMD stay with it',
    'FROM «alpine:3.22»\nRUN x\n\n# Start it\n# here\nCMD ["x"]',
    'never-set',
    `FROM alpine:3.22\nRUN x\n\n${alpine}\nUSER app\n# Start it\n# here\nCMD ["x"]`,
  ],
  [
    'small letters, Windows line ends, no last line end',
    'from «alpine:3.22»\r\ncopy a /b',
    'never-set',
    `from alpine:3.22\r\ncopy a /b\r\n${alpine.replace('RUN', 'run')}\r\nuser app`,
  ],
  [
    'another escape character',
    lines('# escape=`', 'FROM «alpine:3.22»', 'RUN x `', '  y'),
    'never-set',
    lines('# escape=`', 'FROM alpine:3.22', 'RUN x `', '  y', alpine, 'USER app'),
  ],
  ['a last line that goes on', lines('FROM «alpine:3.22»', 'RUN x \\'), 'never-set'],
  ['a heredoc that is not closed', lines('FROM «alpine:3.22»', 'RUN <<EOF', 'x'), 'never-set'],
  [
    'a service that drops root, named again',
    lines('FROM «nginx:1.29»', 'CMD ["nginx", "-g", "daemon off;"]'),
    'drops',
  ],
  [
    'another program in its image',
    lines('FROM «nginx:1.29»', 'CMD ["/app"]'),
    'never-set',
    lines('FROM nginx:1.29', 'USER nginx', 'CMD ["/app"]'),
  ],
  ['arguments for its entrypoint', lines('FROM «postgres:18»', 'CMD ["-c", "fsync=off"]'), 'drops'],
  [
    'another entrypoint',
    lines('FROM «postgres:18»', 'ENTRYPOINT ["pg_dump"]'),
    'never-set',
    lines('FROM postgres:18', 'USER postgres', 'ENTRYPOINT ["pg_dump"]'),
  ],
  ['root, and an entrypoint that drops it', lines('FROM redis:8', 'USER «root»'), 'root-drops'],
  ['su-exec in the command', lines('FROM «alpine:3.22»', 'CMD ["su-exec", "nobody", "/x"]'), 'drops'],
  ['an init that drops root', lines('FROM «lscr.io/linuxserver/sonarr:4»'), 'drops'],
  [
    'an image that is not known',
    lines('FROM «registry.example.com/a:1»'),
    'unknown-base',
    lines('FROM registry.example.com/a:1', 'USER 65532:65532'),
  ],
  [
    'an image that a variable names',
    lines('ARG BASE', 'FROM «$BASE»', 'RUN apk add x'),
    'unknown-base',
    lines('ARG BASE', 'FROM $BASE', 'RUN apk add x', alpine, 'USER app'),
  ],
  ['half a FROM', 'FROM ', ''],
]);

const owning = 'Create the account app and run as it, owning its files';

variantTable(rule, [
  [
    'the files and the folder that the process works in',
    lines('FROM node:24', 'ENV APP=/srv/app', 'WORKDIR $APP', 'COPY . $APP', 'CMD ["x"]'),
    {
      'Run as node, owning its files': lines(
        'FROM node:24',
        'ENV APP=/srv/app',
        'WORKDIR $APP',
        'COPY --chown=node:node . $APP',
        'RUN chown node:node /srv/app',
        'USER node',
        'CMD ["x"]',
      ),
    },
  ],
  [
    'numbers for linked layers, and the account before them',
    lines('FROM alpine:3.22', 'COPY --link src/ /srv/app/', 'ADD --chown=x y /srv/z'),
    {
      [owning]: lines(
        'FROM alpine:3.22',
        'RUN addgroup -S -g 65532 app && adduser -S -u 65532 -G app app',
        'COPY --chown=65532:65532 --link src/ /srv/app/',
        'ADD --chown=x y /srv/z',
        'USER app',
      ),
    },
  ],
  [
    'volumes',
    lines('FROM alpine:3.22', 'VOLUME ["/data", "/etc/x"]', 'CMD ["x"]'),
    {
      [owning]: lines(
        'FROM alpine:3.22',
        'VOLUME ["/data", "/etc/x"]',
        'RUN addgroup -S app && adduser -S -G app app && mkdir -p /data && chown app:app /data',
        'USER app',
        'CMD ["x"]',
      ),
    },
  ],
  [
    'a heredoc',
    lines('FROM node:24', 'COPY <<EOF /srv/conf', 'x', 'EOF'),
    {
      'Run as node, owning its files': lines(
        'FROM node:24',
        'COPY --chown=node:node <<EOF /srv/conf',
        'x',
        'EOF',
        'USER node',
      ),
    },
  ],
  [
    'no shell to give folders away',
    lines('FROM gcr.io/distroless/base-debian12', 'WORKDIR /srv', 'COPY a /srv/', 'CMD ["/srv/a"]'),
    {
      'Run as 65532:65532, owning its files': lines(
        'FROM gcr.io/distroless/base-debian12',
        'WORKDIR /srv',
        'COPY --chown=65532:65532 a /srv/',
        'USER 65532:65532',
        'CMD ["/srv/a"]',
      ),
    },
  ],
  ['programs stay root’s', lines('FROM node:24', 'COPY a /usr/bin/', 'COPY b /b', 'CMD ["/b"]'), {}],
]);

// root-user: the process of the image runs as root.
import type { Equivalent } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { asOfText } from '../../insight/image-facts.ts';
import { startsOwnProcess } from '../../insight/process.ts';
import { runsAs } from '../../insight/runs-as.ts';
import { inspectStage, type StageInsight } from '../../insight/stage.ts';
import type { Stage } from '../../model/dockerfile/model.ts';
import { userFixes, userSpan } from '../../repairs/user.ts';
import { replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

const missingUser = [
  'trivy:DS-0002',
  'checkov:CKV_DOCKER_3',
  'kics:missing_user_instruction',
  'semgrep:missing-user',
  'semgrep:missing-user-entrypoint',
] as const satisfies readonly Equivalent[];

const rootUser = [
  'hadolint:DL3002',
  'trivy:DS-0002',
  'checkov:CKV_DOCKER_8',
  'kics:last_user_is_root',
  'semgrep:last-user-is-root',
] as const satisfies readonly Equivalent[];

/** The account that the last USER names, in this stage or in one it is made from. */
function lastUser({ chain }: Stage): Span | undefined {
  for (const { instructions } of chain) {
    const user = instructions.findLast(({ keyword }) => keyword === 'USER');
    if (user?.keyword === 'USER') return userSpan(user);
  }
  return undefined;
}

export default dockerfileRule({
  id: 'root-user',
  category: 'security',
  settledBy: ['user'],
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The container runs as root',
  messages: {
    'never-set': {
      text: 'The container runs as root: {base} starts as root{asOf} and no USER follows. Whoever breaks into the process owns the container. Set USER to an account without privileges.',
      equivalents: [...missingUser, 'sonar:S6471'],
    },
    'set-to-root': {
      text: 'The container runs as root: the last USER is {user}. Whoever breaks into the process owns the container. End with an account without privileges.',
      equivalents: [...rootUser, 'sonar:S6471'],
    },
    administrator: {
      text: 'The container runs as {user}, who may do everything in it. Whoever breaks into the process owns the container. End with ContainerUser.',
      equivalents: ['sonar:S6471'],
    },
    'unknown-base': {
      text: 'Nothing here says which account the container runs as: there is no USER, and the one that {base} starts with is not known. Set USER, unless that image already does.',
      severity: 'info',
      equivalents: missingUser,
    },
    drops: {
      text: 'The container starts as root, but {how}. The start itself and `docker exec` are root all the same.',
      severity: 'hint',
      equivalents: [...missingUser, 'sonar:S6471'],
    },
    'root-drops': {
      text: 'The last USER is root, but {how}. The start itself and `docker exec` are root all the same.',
      severity: 'hint',
      equivalents: [...rootUser, 'sonar:S6471'],
    },
  },
  docs: {
    why: 'Without `USER` the process in the container is root. A flaw in it then reads and changes every file of the image, installs tools, and is one kernel or mount mistake away from root on the host.',
    remedy:
      'Set `USER` after the last instruction that needs root. The repair takes the account that the base image already has (`node`, `postgres`, ...), else makes one the way its operating system does, else uses the number 65532, which needs no entry. The other variant also gives that account what a process may have to write: the files that are copied into its working folder or among its data, that folder itself, and the volumes. Programs and settings stay with root.',
    limits:
      'Whether the process writes to other places cannot be seen: start the container once after the repair. Docker lets every account listen on ports below 1024; other engines may not. `runAsNonRoot` of Kubernetes can only check numbers: for it, write the number of the account. A start script is not read: where gosu, su-exec or setpriv is installed, it is assumed to be used.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#user',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-2-set-a-user',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Only a run shows whether the process needs files or ports that root alone may use.',
  },
  examples: {
    bad: [
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nUSER «ContainerAdministrator»\nCMD ["app.exe"]\n',
        fixed: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nUSER ContainerUser\nCMD ["app.exe"]\n',
      },
      {
        note: 'The image has an account for the purpose.',
        code: 'FROM «node:24-slim»\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
        fixed:
          'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "server.js"]\n',
        variants: {
          'Run as node, owning its files':
            'FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node . .\nRUN npm ci\nRUN chown node:node /app\nUSER node\nCMD ["node", "server.js"]\n',
        },
      },
      {
        note: 'Alpine makes accounts with BusyBox tools.',
        code: 'FROM «alpine:3.22»\nCOPY app /usr/local/bin/app\nVOLUME /data\nENTRYPOINT ["app"]\n',
        fixed:
          'FROM alpine:3.22\nCOPY app /usr/local/bin/app\nVOLUME /data\nRUN addgroup -S app && adduser -S -G app app\nUSER app\nENTRYPOINT ["app"]\n',
        variants: {
          'Create the account app and run as it, owning its files':
            'FROM alpine:3.22\nCOPY app /usr/local/bin/app\nVOLUME /data\nRUN addgroup -S app && adduser -S -G app app && mkdir -p /data && chown app:app /data\nUSER app\nENTRYPOINT ["app"]\n',
        },
      },
      {
        note: 'Nothing can be run in a scratch image: a number needs no account.',
        code: 'FROM «scratch»\nCOPY app /app\nENTRYPOINT ["/app"]\n',
        fixed: 'FROM scratch\nCOPY app /app\nUSER 65532:65532\nENTRYPOINT ["/app"]\n',
      },
      {
        note: 'Back to the account that was in use before.',
        code: 'FROM debian:13-slim\nRUN useradd --system web\nUSER web\nRUN id\nUSER «root»\nRUN apt-get update\nCMD ["web"]\n',
        fixed:
          'FROM debian:13-slim\nRUN useradd --system web\nUSER web\nRUN id\nUSER root\nRUN apt-get update\nUSER web\nCMD ["web"]\n',
      },
      {
        note: 'An image that the table does not know.',
        code: 'FROM «registry.example.com/team/base:7»\nCMD ["serve"]\n',
        fixed: 'FROM registry.example.com/team/base:7\nUSER 65532:65532\nCMD ["serve"]\n',
      },
      {
        note: 'The entrypoint of the base image gives up root itself.',
        code: 'FROM «postgres:18»\nCOPY init.sql /docker-entrypoint-initdb.d/\n',
        fixed: 'FROM postgres:18\nCOPY init.sql /docker-entrypoint-initdb.d/\n',
      },
      {
        note: 'The script that starts the container is not read; the tool is there for it.',
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y gosu\nCOPY start.sh /\nUSER «root»\nENTRYPOINT ["/start.sh"]\n',
        fixed:
          'FROM debian:13-slim\nRUN apt-get update && apt-get install -y gosu\nCOPY start.sh /\nUSER root\nENTRYPOINT ["/start.sh"]\n',
      },
    ],
    good: [
      { code: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nUSER ContainerUser\nCMD ["app.exe"]\n' },
      { code: 'FROM node:24-slim\nUSER node\nCMD ["node", "server.js"]\n' },
      { code: 'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY app /app\nENTRYPOINT ["/app"]\n' },
      {
        note: 'Only the last stage runs.',
        code: 'FROM golang:1.25 AS build\nRUN make\nFROM scratch\nCOPY --from=build /out /\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      const { words, image } = stage.from;
      if (!stage.isFinal || !words[0]) return;
      const insight = inspectStage(stage);
      // Windows has no root. Its images start as either of two accounts, which only a USER tells.
      if (insight.system?.family === 'windows') {
        const { user } = stage.final;
        const set = lastUser(stage);
        if (set === undefined || !user.known || !/^containeradministrator$/i.test(user.value)) return;
        const fixes = [fix('Run as ContainerUser', 'unsafe', [replace(set, 'ContainerUser')])];
        return report('administrator', { at: set, data: { user: user.value }, fixes });
      }
      const runs = runsAs(insight);
      const at = image?.span ?? words[0].span;
      const base = insight.base ?? words[0].raw;
      switch (runs.kind) {
        case 'other':
          return;
        case 'unknown':
          if (stage.final.user.setAt !== null) return;
          return report('unknown-base', {
            at,
            data: { base },
            fixes: () => userFixes(model, insight, null, 'suggestion'),
          });
        case 'drops':
          if (runs.setAt === null) return report('drops', { at, data: { how: runs.how } });
          return report('root-drops', { at: lastUser(stage) ?? runs.setAt, data: { how: runs.how } });
        case 'root': {
          if (runs.setAt === null && isExport(insight)) return;
          const fixes = () => userFixes(model, insight, runs.setAt, 'unsafe');
          if (runs.setAt === null)
            return report('never-set', { at, data: { base, asOf: asOfText(insight.facts) }, fixes });
          const user = stage.final.user.known ? stage.final.user.value : 'root';
          return report('set-to-root', { at: lastUser(stage) ?? runs.setAt, data: { user }, fixes });
        }
      }
    },
  }),
});

/** A scratch stage without a command is a way to bring files out of a build, not a container. */
const isExport = ({ stage, base }: StageInsight): boolean => base === 'scratch' && !startsOwnProcess(stage);

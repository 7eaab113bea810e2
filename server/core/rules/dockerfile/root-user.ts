// root-user: the process of the image runs as root.
import type { Fix, Safety } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isRoot, runsAs } from '../../insight/runs-as.ts';
import { inspectStage, type StageInsight } from '../../insight/stage.ts';
import type { DockerfileModel, Stage, UserInstruction } from '../../model/dockerfile/model.ts';
import { type AccountChoice, chooseAccount, existingAccount } from '../../repairs/account.ts';
import { insertAfter, insertBefore, insertIntoRuntimePart, keywordLike } from '../../repairs/writing.ts';
import { type Edit, insert, replace } from '../../text/edit.ts';
import { type Span, span } from '../../text/span.ts';

/** The last account other than root that the stage has used: the author's own choice. */
function earlierUser({ chain }: Stage): string | null {
  for (const { instructions } of chain) {
    for (const instruction of instructions.toReversed()) {
      if (instruction.keyword !== 'USER' || !instruction.user.known) continue;
      if (!isRoot(instruction.user.value)) return instruction.user.value;
    }
  }
  return null;
}

/** The USER that says root, where it is this stage's and nothing built behind it needs it. */
function replaceableUser(stage: Stage, setAt: Span | null): UserInstruction | null {
  const own = stage.instructions.findLast(({ keyword }) => keyword === 'USER');
  if (own?.keyword !== 'USER' || setAt === null || own.span.start > setAt.start || own.span.end < setAt.end)
    return null;
  const needsRoot = stage.instructions.some(({ index, keyword }) => index > own.index && keyword === 'RUN');
  return needsRoot ? null : own;
}

const wordsSpan = ({ words }: UserInstruction): Span =>
  span(words[0]?.span.start ?? 0, words.at(-1)?.span.end ?? 0);

/** The account that the last USER names, in this stage or in one it is made from. */
function lastUser({ chain }: Stage): Span | undefined {
  for (const { instructions } of chain) {
    const user = instructions.findLast(({ keyword }) => keyword === 'USER');
    if (user?.keyword === 'USER') return wordsSpan(user);
  }
  return undefined;
}

/** USER, and the RUN that makes the account, at the end of what builds the image. */
function userEdits(model: DockerfileModel, stage: Stage, account: AccountChoice, setAt: Span | null): Edit[] {
  const run = account.create === null ? [] : [`${keywordLike(model, 'RUN')} ${account.create}`];
  const replaced = replaceableUser(stage, setAt);
  if (replaced) {
    const edits = [replace(wordsSpan(replaced), account.user)];
    return run.length === 0 ? edits : [insertBefore(model, replaced, run), ...edits];
  }
  return [insertIntoRuntimePart(model, stage, [...run, `${keywordLike(model, 'USER')} ${account.user}`])];
}

/** The same, with the account made first and given what COPY and ADD bring. */
function owningEdits(
  model: DockerfileModel,
  stage: Stage,
  account: AccountChoice,
  setAt: Span | null,
): Edit[] {
  const chown = stage.instructions
    .filter(
      ({ keyword, flags }) =>
        (keyword === 'COPY' || keyword === 'ADD') && !flags.some(({ name }) => name === 'chown'),
    )
    .map(({ keywordSpan }) => insert(keywordSpan.end, ` --chown=${account.owner}`));
  if (chown.length === 0) return [];
  const create =
    account.create === null
      ? []
      : [insertAfter(model, stage.from, [`${keywordLike(model, 'RUN')} ${account.create}`])];
  return [...create, ...chown, ...userEdits(model, stage, { ...account, create: null }, setAt)];
}

function repairs(model: DockerfileModel, insight: StageInsight, setAt: Span | null, safety: Safety): Fix[] {
  const { stage } = insight;
  const earlier = earlierUser(stage);
  const account = earlier === null ? chooseAccount(insight) : existingAccount(earlier, null);
  const title =
    account.create === null ? `Run as ${account.user}` : `Create the account ${account.user} and run as it`;
  const rest = { group: `user of stage ${stage.index}` };
  const owning = owningEdits(model, stage, account, setAt);
  return [
    fix(title, safety, userEdits(model, stage, account, setAt), rest),
    ...(owning.length === 0 ? [] : [fix(`${title}, owning the copied files`, 'suggestion', owning, rest)]),
  ];
}

export default dockerfileRule({
  id: 'root-user',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The container runs as root',
  messages: {
    'never-set': {
      text: 'The container runs as root: {base} starts as root and no USER follows. Whoever breaks into the process owns the container. Set USER to an account without privileges.',
      equivalents: [
        'trivy:DS-0002',
        'checkov:CKV_DOCKER_3',
        'kics:missing_user_instruction',
        'semgrep:missing-user',
        'semgrep:missing-user-entrypoint',
        'sonar:S6471',
      ],
    },
    'set-to-root': {
      text: 'The container runs as root: the last USER is {user}. Whoever breaks into the process owns the container. End with an account without privileges.',
      equivalents: [
        'hadolint:DL3002',
        'trivy:DS-0002',
        'checkov:CKV_DOCKER_8',
        'kics:last_user_is_root',
        'semgrep:last-user-is-root',
        'sonar:S6471',
      ],
    },
    'unknown-base': {
      text: 'Nothing here says as whom the container runs: no USER is set, and {base} is not in the table of known images. Set USER, unless that image already does.',
      severity: 'info',
      equivalents: [
        'trivy:DS-0002',
        'checkov:CKV_DOCKER_3',
        'kics:missing_user_instruction',
        'semgrep:missing-user',
      ],
    },
    drops: {
      text: 'The container starts as root, but {how}. The start itself and `docker exec` are root all the same.',
      severity: 'hint',
    },
  },
  docs: {
    why: 'Without `USER` the process in the container is root. A flaw in it then reads and changes every file of the image, installs tools, and is one kernel or mount mistake away from root on the host.',
    remedy:
      'Set `USER` after the last instruction that needs root. The repair takes the account that the base image already has (`node`, `postgres`, ...), else makes one the way its operating system does, else uses the number 65532, which needs no entry. The variant with `--chown` also gives that account what `COPY` and `ADD` bring, for processes that write into their own folder.',
    limits:
      'Whether the process writes to places that only root may write to cannot be seen: start the container once after the repair. An entrypoint script is not read: where gosu, su-exec or setpriv is installed, it is assumed to be used.',
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
        note: 'The image has an account for the purpose.',
        code: 'FROM «node:24-slim»\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
        fixed:
          'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "server.js"]\n',
        variants: {
          'Run as node, owning the copied files':
            'FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node . .\nRUN npm ci\nUSER node\nCMD ["node", "server.js"]\n',
        },
      },
      {
        note: 'Alpine makes accounts with BusyBox tools.',
        code: 'FROM «alpine:3.22»\nCOPY app /usr/local/bin/app\nENTRYPOINT ["app"]\n',
        fixed:
          'FROM alpine:3.22\nCOPY app /usr/local/bin/app\nRUN addgroup -S app && adduser -S -G app app\nUSER app\nENTRYPOINT ["app"]\n',
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
    ],
    good: [
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
      const { words } = stage.from;
      if (!stage.isFinal || !words[0]) return;
      const insight = inspectStage(stage);
      // Windows has neither root nor USER in this sense.
      if (insight.system?.family === 'windows') return;
      const runs = runsAs(insight);
      const at = stage.from.image?.span ?? words[0].span;
      const base = insight.base ?? words[0].raw;
      if (runs.kind === 'drops') return report('drops', { at, data: { how: runs.how } });
      if (runs.kind === 'unknown') {
        if (stage.final.user.setAt !== null) return;
        return report('unknown-base', {
          at,
          data: { base },
          fixes: repairs(model, insight, null, 'suggestion'),
        });
      }
      if (runs.kind === 'other' || startsNothing(insight)) return;
      const fixes = repairs(model, insight, runs.setAt, 'unsafe');
      if (runs.setAt === null) return report('never-set', { at, data: { base }, fixes });
      const user = stage.final.user.known ? stage.final.user.value : 'root';
      return report('set-to-root', { at: lastUser(stage) ?? runs.setAt, data: { user }, fixes });
    },
  }),
});

/** A scratch stage without a command is a way to bring files out of a build, not a container. */
function startsNothing({ stage, base }: StageInsight): boolean {
  if (base !== 'scratch') return false;
  const starts = ({ keyword }: { readonly keyword: string }): boolean =>
    keyword === 'CMD' || keyword === 'ENTRYPOINT';
  return !stage.chain.some(({ instructions }) => instructions.some(starts));
}

// secret-in-arg: a build argument that carries a secret.
import type { Equivalent } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isInImage } from '../../insight/secret-readers.ts';
import { awaitsSecret, judgeSecret } from '../../knowledge/secrets.ts';
import { secretFlag, secretId, useSecretMount } from '../../repairs/build-secret.ts';

const named = [
  'buildkit:SecretsUsedInArgOrEnv',
  'hadolint:DL3064',
  'trivy:DS-0031',
  'semgrep:secret-in-build-arg',
  'sonar:S6472',
  'tally:ruby/prefer-secret-mounts-for-build-credentials',
  'tally:ruby/secrets-in-arg-or-env',
] as const satisfies readonly Equivalent[];

export default dockerfileRule({
  id: 'secret-in-arg',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  findsSecrets: true,
  title: 'A secret passed as a build argument',
  messages: {
    named: {
      text: 'The build argument {name} looks like a secret: what is passed for it stays in the history of the image and in the records of the build. Mount it where it is used and build with `{flag}`.',
      equivalents: named,
    },
    'named-in-build': {
      text: 'The build argument {name} looks like a secret: the image does not keep what is passed for it in this stage, but the records of the build do. Mount it where it is used and build with `{flag}`.',
      severity: 'info',
      equivalents: named,
    },
    default: {
      text: 'The default of the build argument {name} is a secret ({kind}), readable in this file and in the records of the build. Replace it with a new one, mount that where it is used and build with `{flag}`.',
      severity: 'error',
      equivalents: [...named, 'tally:secrets-in-code'],
    },
  },
  docs: {
    why: 'Build arguments are not secret. Their values stand in `docker history`, in the provenance that BuildKit attaches, in the build cache and in the logs of whoever builds. A token passed as one has to be taken for known to everybody who can pull the image.',
    remedy:
      'Pass it as a build secret. `RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN` shows it to that one RUN, and `docker build --secret id=npm_token,env=NPM_TOKEN .` takes it from your shell. The repair removes the ARG and mounts the secret in each RUN that names it; where none does, in those that call a program which looks for it in its environment, or that run code of the project.',
    limits:
      'Secrets as variables need version 1.10 of the Dockerfile syntax (Docker 27.3, September 2024): the repair raises an older `# syntax=`. Where something other than RUN reads the argument, its author has to decide.',
    references: [
      'https://docs.docker.com/build/building/secrets/',
      'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The build has to be called with `--secret` afterwards.',
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24.9-slim\nARG «NPM_TOKEN»\nRUN echo "//registry.example.com/:_authToken=$NPM_TOKEN" > .npmrc && npm ci && rm .npmrc\nUSER node\n',
        fixed:
          'FROM node:24.9-slim\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN echo "//registry.example.com/:_authToken=$NPM_TOKEN" > .npmrc && npm ci && rm .npmrc\nUSER node\n',
      },
      {
        note: 'npm finds the token by itself.',
        code: 'FROM node:24.9-slim\nARG «NPM_TOKEN»\nCOPY . .\nRUN npm ci\nUSER node\n',
        fixed:
          'FROM node:24.9-slim\nCOPY . .\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci\nUSER node\n',
      },
      {
        note: 'The secret itself stands in the file.',
        code: 'FROM alpine:3.22\nARG VERSION=1 «DB_PASSWORD=hunter2hunter2»\nRUN migrate --password "$DB_PASSWORD"\nUSER app\n',
        fixed:
          'FROM alpine:3.22\nARG VERSION=1\nRUN --mount=type=secret,id=db_password,env=DB_PASSWORD migrate --password "$DB_PASSWORD"\nUSER app\n',
      },
      {
        note: 'A stage that is left behind.',
        code: '# syntax=docker/dockerfile:1.4\nFROM golang:1.25 AS build\nARG «GITHUB_TOKEN»\nRUN git clone https://x:$GITHUB_TOKEN@github.com/example/app\nFROM scratch\nCOPY --from=build /go/app /\n',
        fixed:
          '# syntax=docker/dockerfile:1\nFROM golang:1.25 AS build\nRUN --mount=type=secret,id=github_token,env=GITHUB_TOKEN git clone https://x:$GITHUB_TOKEN@github.com/example/app\nFROM scratch\nCOPY --from=build /go/app /\n',
      },
      {
        note: 'ENV keeps it: where it is needed, only the author knows.',
        code: 'FROM alpine:3.22\nARG «API_TOKEN»\nENV UPSTREAM=$API_TOKEN\nUSER app\n',
        fixed: 'FROM alpine:3.22\nARG API_TOKEN\nENV UPSTREAM=$API_TOKEN\nUSER app\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nRUN --mount=type=secret,id=api_token,env=API_TOKEN ./configure\n' },
      {
        note: 'Names that only sound like one.',
        code: 'FROM alpine:3.22\nARG TOKENIZER=fast\nARG SSH_KEY_FILE=/run/secrets/key\nARG PUBLIC_KEY\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      ARG(instruction) {
        for (const pair of instruction.pairs) {
          const { name, value, span: at } = pair;
          const judged = value && judgeSecret(name, value.value);
          if (!judged && !awaitsSecret(name, value?.value ?? '')) continue;
          const edits = useSecretMount(model, instruction, pair);
          const title = `Mount ${name} as the build secret ${secretId(name)}`;
          const fixes = edits === null ? [] : [fix(title, 'unsafe', edits)];
          const flag = secretFlag(name);
          if (judged) {
            const data = { name, kind: judged.what, flag };
            report('default', { at, data, fixes, sensitive: value ? [value.span] : [] });
          } else {
            report(isInImage(instruction) ? 'named' : 'named-in-build', {
              at,
              data: { name, flag },
              fixes,
            });
          }
        }
      },
    },
  }),
});

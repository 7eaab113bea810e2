// secret-in-arg: a build argument that carries a secret.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { judgeSecret, secretName } from '../../knowledge/secrets.ts';
import { secretFlag, secretId, useSecretMount } from '../../repairs/build-secret.ts';

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
      text: 'The build argument {name} looks like a secret: what is passed for it stays in the history and the build records of the image. Mount it where it is used and build with `{flag}`.',
      equivalents: [
        'buildkit:SecretsUsedInArgOrEnv',
        'hadolint:DL3064',
        'trivy:DS-0031',
        'semgrep:secret-in-build-arg',
        'sonar:S6472',
      ],
    },
    default: {
      text: 'The default of the build argument {name} is a secret ({kind}), readable in this file and in the image. Replace it with a new one, mount it where it is used and build with `{flag}`.',
      severity: 'error',
      equivalents: [
        'buildkit:SecretsUsedInArgOrEnv',
        'hadolint:DL3064',
        'trivy:DS-0031',
        'semgrep:secret-in-build-arg',
        'sonar:S6472',
        'tally:secrets-in-code',
      ],
    },
  },
  docs: {
    why: 'Build arguments are not secret. Their values stand in `docker history`, in the provenance that BuildKit attaches, in the build cache and in the logs of whoever builds. A token passed as one has to be taken for known to everybody who can pull the image.',
    remedy:
      'Pass it as a build secret. `RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN` shows it to that one RUN, and `docker build --secret id=npm_token,env=NPM_TOKEN .` takes it from your shell. The repair removes the ARG and mounts the secret in each RUN that reads it; where none names it, in those that call a program that looks for credentials in its environment.',
    limits:
      'Secrets as variables need version 1.10 of the Dockerfile syntax (Docker 27.3, September 2024); where `# syntax=` asks for an older one there is no repair. Where something other than RUN reads the argument, its author has to decide.',
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
          const value = pair.value?.value ?? '';
          const judged = value === '' ? null : judgeSecret(pair.name, value);
          if (!judged && !(secretName(pair.name) && value === '')) continue;
          const edits = useSecretMount(model, instruction, pair);
          const flag = secretFlag(pair.name);
          const title = `Mount ${pair.name} as the build secret ${secretId(pair.name)}`;
          const fixes = edits === null ? [] : [fix(title, 'unsafe', edits)];
          if (!judged) {
            report('named', { at: pair.span, data: { name: pair.name, flag }, fixes });
          } else {
            const sensitive = pair.value ? [pair.value.span] : [];
            report('default', {
              at: pair.span,
              data: { name: pair.name, kind: judged.what, flag },
              fixes,
              sensitive,
            });
          }
        }
      },
    },
  }),
});

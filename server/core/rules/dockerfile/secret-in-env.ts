// secret-in-env: a secret stored in the image as an environment variable.
import type { Equivalent } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isInImage } from '../../insight/secret-readers.ts';
import { awaitsSecret, judgeSecret, secretName } from '../../knowledge/secrets.ts';
import { referencesIn } from '../../knowledge/variable-references.ts';
import type { Instruction, KeyValue } from '../../model/dockerfile/model.ts';
import { removeArgumentOf, secretFlag, useSecretMount } from '../../repairs/build-secret.ts';

/** The build argument in a value that passes a secret on, or the variable that all of a secret's value is. */
function sourceOf({ before }: Instruction, { name, value }: KeyValue): string | undefined {
  const text = value?.value ?? '';
  const variables = referencesIn(text).flatMap(
    ({ start, end }) => /\w+/.exec(text.slice(start, end))?.[0] ?? [],
  );
  const argument = variables.find(used => secretName(used) && before.variable(used)?.kind === 'arg');
  return argument ?? (awaitsSecret(name, text) ? variables[0] : undefined);
}

const stored = [
  'buildkit:SecretsUsedInArgOrEnv',
  'hadolint:DL3064',
  'trivy:DS-0031',
  'sonar:S6472',
  'tally:ruby/prefer-secret-mounts-for-build-credentials',
  'tally:ruby/secrets-in-arg-or-env',
] as const satisfies readonly Equivalent[];

export default dockerfileRule({
  id: 'secret-in-env',
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  findsSecrets: true,
  title: 'A secret stored in an environment variable of the image',
  messages: {
    literal: {
      text: 'ENV {name} stores a secret in the image ({kind}): whoever pulls the image reads it. Replace it with a new one. What the container needs, pass when it starts (`docker run --env {name}`); what the build needs, with `{flag}`.',
      equivalents: [...stored, 'tally:secrets-in-code'],
    },
    'literal-in-build': {
      text: 'ENV {name} holds a secret ({kind}): whoever has this file or the build cache reads it. Replace it with a new one, mount that in the RUN that needs it and build with `{flag}`.',
      equivalents: [...stored, 'tally:secrets-in-code'],
    },
    copied: {
      text: 'ENV {name} stores in the image what {variable} holds during the build: whoever pulls the image reads it. What the container needs, pass when it starts (`docker run --env {name}`); what the build needs, with `{flag}`.',
      severity: 'warning',
      equivalents: stored,
    },
    'copied-in-build': {
      text: 'ENV {name} shows every command of this stage what {variable} holds, and keeps it in the build cache. Mount it in the RUN that needs it and build with `{flag}`.',
      severity: 'info',
      equivalents: stored,
    },
  },
  docs: {
    why: 'ENV is part of the image. `docker inspect` and `docker history` show it to everybody who can pull the image, every process in the container inherits it, and deleting it in a later layer does not take it out of the earlier one.',
    remedy:
      'For a secret that the container needs, leave the variable out and pass it at start: `docker run --env NAME`, `--env-file`, or a secret file of Compose or the orchestrator. For one that only the build needs, mount it in the RUN that reads it. The repair removes the variable and mounts a build secret of the same name in each RUN that names it, or that calls a program known to look for it.',
    limits:
      'A secret that was pushed once is known: make a new one. Values that come with `docker build --build-arg` are seen by the rule about build arguments.',
    references: [
      'https://docs.docker.com/build/building/secrets/',
      'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Containers have to be started with the variable afterwards.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nENV LOG_LEVEL=info \\\n    «DB_PASSWORD=hunter2hunter2»\nUSER app\n',
        fixed: 'FROM alpine:3.22\nENV LOG_LEVEL=info\nUSER app\n',
      },
      {
        note: 'The build reads it too.',
        code: 'FROM alpine:3.22\nENV «API_TOKEN=0d9f7a61c2be4435a1f0»\nRUN fetch --token "$API_TOKEN"\nUSER app\n',
        fixed:
          'FROM alpine:3.22\nRUN --mount=type=secret,id=api_token,env=API_TOKEN fetch --token "$API_TOKEN"\nUSER app\n',
      },
      {
        note: 'A build argument made permanent.',
        code: 'FROM alpine:3.22\nARG GIVEN\nENV «SECRET_KEY=$GIVEN»\nUSER app\n',
        fixed: 'FROM alpine:3.22\nUSER app\n',
      },
      {
        note: 'In a stage that is left behind.',
        code: 'FROM node:24.9-slim AS build\nENV «NPM_TOKEN=0d9f7a61c2be4435a1f0»\nRUN npm ci\nFROM scratch\nCOPY --from=build /out /\n',
        fixed:
          'FROM node:24.9-slim AS build\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci\nFROM scratch\nCOPY --from=build /out /\n',
      },
      {
        note: 'In part of a value, in such a stage.',
        code: 'FROM alpine:3.22 AS build\nARG DB_PASSWORD\nENV «DATABASE_URL=postgres://app:${DB_PASSWORD}@db/app»\nRUN ./migrate "$DATABASE_URL"\nFROM scratch\nCOPY --from=build /out /\n',
        fixed:
          'FROM alpine:3.22 AS build\nRUN --mount=type=secret,id=database_url,env=DATABASE_URL ./migrate "$DATABASE_URL"\nFROM scratch\nCOPY --from=build /out /\n',
      },
      {
        note: 'A label shows it as well: what that is for, only the author knows.',
        code: 'FROM alpine:3.22\nENV «API_TOKEN=0d9f7a61c2be4435a1f0»\nLABEL token=$API_TOKEN\nUSER app\n',
        fixed: 'FROM alpine:3.22\nENV API_TOKEN=0d9f7a61c2be4435a1f0\nLABEL token=$API_TOKEN\nUSER app\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nENV DB_PASSWORD_FILE=/run/secrets/db_password\n' },
      {
        code: 'FROM alpine:3.22\nENV PASSWORD_MIN_LENGTH=12 TOKEN_TTL=30m PUBLIC_KEY=abc SECRET_NAME=prod/db\n',
      },
      {
        note: 'Empty: a place for a value that comes at start.',
        code: 'FROM alpine:3.22\nENV API_TOKEN=""\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      ENV(instruction) {
        for (const pair of instruction.pairs) {
          const { name, value, span: at } = pair;
          if (!value || value.value === '') continue;
          const judged = judgeSecret(name, value.value);
          const variable = judged ? undefined : sourceOf(instruction, pair);
          if (!judged && variable === undefined) continue;
          const edits = useSecretMount(model, instruction, pair);
          const argument = variable === undefined ? [] : removeArgumentOf(model, instruction, variable);
          const title = `Remove ${name} from the image`;
          const fixes = edits === null ? [] : [fix(title, 'unsafe', [...edits, ...argument])];
          const flag = secretFlag(name);
          const isKept = isInImage(instruction);
          if (judged) {
            const data = { name, kind: judged.what, flag };
            report(isKept ? 'literal' : 'literal-in-build', { at, data, fixes, sensitive: [value.span] });
          } else if (variable !== undefined) {
            report(isKept ? 'copied' : 'copied-in-build', { at, data: { name, variable, flag }, fixes });
          }
        }
      },
    },
  }),
});

// secret-in-env: a secret stored in the image as an environment variable.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { judgeSecret, secretName } from '../../knowledge/secrets.ts';
import type { KeyValue } from '../../model/dockerfile/model.ts';
import { useSecretMount } from '../../repairs/build-secret.ts';

/** The only variable that the value is made of, if it is one. */
const variableIn = ({ value }: KeyValue): string | undefined =>
  /^\$(?:(\w+)|\{(\w+)(?::?-[^}]*)?\})$/
    .exec(value?.value ?? '')
    ?.slice(1)
    .find(name => name !== undefined);

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
      text: 'ENV {name} stores a secret in the image ({kind}): whoever pulls the image reads it. Replace it with a new one, and pass that when the container starts (`docker run --env {name}`) or as a mounted secret.',
      equivalents: [
        'buildkit:SecretsUsedInArgOrEnv',
        'hadolint:DL3064',
        'trivy:DS-0031',
        'sonar:S6472',
        'tally:secrets-in-code',
      ],
    },
    copied: {
      text: 'ENV {name} stores in the image what the build passes as {variable}: whoever pulls the image reads it. Pass it when the container starts (`docker run --env {name}`), or mount it in the RUN that needs it.',
      severity: 'warning',
      equivalents: ['buildkit:SecretsUsedInArgOrEnv', 'hadolint:DL3064', 'trivy:DS-0031'],
    },
  },
  docs: {
    why: 'ENV is part of the image. `docker inspect` and `docker history` show it to everybody who can pull the image, every process in the container inherits it, and deleting it in a later layer does not take it out of the earlier one.',
    remedy:
      'For a secret that the container needs, leave the variable out and pass it at start: `docker run --env NAME`, `--env-file`, or a secret file of Compose or the orchestrator. For one that only the build needs, mount it in the RUN that reads it. The repair removes the variable and mounts a build secret of the same name in each RUN that read it.',
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
        fixed: 'FROM alpine:3.22\nARG GIVEN\nUSER app\n',
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
          const { name, value, span } = pair;
          if (!value || value.value === '') continue;
          const judged = judgeSecret(name, value.value);
          const variable = judged ? undefined : variableIn(pair);
          if (!judged && (variable === undefined || !secretName(name))) continue;
          const edits = useSecretMount(model, instruction, pair);
          const fixes = edits === null ? [] : [fix(`Remove ${name} from the image`, 'unsafe', edits)];
          if (judged) {
            report('literal', {
              at: span,
              data: { name, kind: judged.what },
              fixes,
              sensitive: [value.span],
            });
          } else if (variable !== undefined) {
            report('copied', { at: span, data: { name, variable }, fixes });
          }
        }
      },
    },
  }),
});

// secret-in-label: a secret that everybody reads who inspects the image.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { judgeSecret, secretName } from '../../knowledge/secrets.ts';
import { referencesIn } from '../../knowledge/variable-references.ts';
import { removePair } from '../../repairs/removal.ts';

/** Labels are named by domain and topic; what the value is stands last. */
const lastPart = (key: string): string => key.slice(key.lastIndexOf('.') + 1);

/** The variable in a value that is named as secrets are. */
const secretVariable = (text: string): string | undefined =>
  referencesIn(text)
    .flatMap(({ start, end }) => /\w+/.exec(text.slice(start, end))?.[0] ?? [])
    .find(name => secretName(name));

export default dockerfileRule({
  id: 'secret-in-label',
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  findsSecrets: true,
  title: 'A secret in a label',
  messages: {
    literal: {
      text: 'The label {key} holds a secret ({kind}): whoever pulls the image, and whoever looks at its page in a registry, reads it. Replace the secret with a new one, and remove the label.',
      equivalents: ['tally:secrets-in-code'],
    },
    copied: {
      text: 'The label {key} keeps what {variable} holds during the build: whoever pulls the image reads it. Remove the label.',
      severity: 'warning',
    },
  },
  docs: {
    why: 'Labels are what an image says of itself: `docker inspect` prints them, registries and dashboards show them to everybody who may look, and most scanners keep a copy.',
    remedy:
      'Remove the label. What the build needs, mount in the RUN that needs it; what the container needs, pass when it starts. The repair removes the label.',
    limits: 'A secret that was pushed once is known: make a new one.',
    references: ['https://docs.docker.com/build/building/secrets/'],
  },
  fix: { availability: 'always', safety: 'unsafe', why: 'Something may read the label.' },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nLABEL com.example.team=core \\\n      «com.example.deploy.token="ghp_16C7e42F292c6912E7710c838347Ae178B4a"»\n',
        fixed: 'FROM alpine:3.24\nLABEL com.example.team=core\n',
      },
      {
        code: 'FROM alpine:3.24\nARG API_TOKEN\nLABEL «com.example.built-with=$API_TOKEN»\nUSER app\n',
        fixed: 'FROM alpine:3.24\nARG API_TOKEN\nUSER app\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.24\nARG VERSION\nLABEL org.opencontainers.image.version=$VERSION com.example.password-policy=strict\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      LABEL(label) {
        for (const pair of label.pairs) {
          const { name: key, value, span: at } = pair;
          if (value === null) continue;
          const judged = judgeSecret(lastPart(key), value.value);
          const variable = judged ? undefined : secretVariable(value.value);
          if (!judged && variable === undefined) continue;
          const fixes = [fix('Remove the label', 'unsafe', [removePair(model, label, pair)])];
          if (judged) {
            report('literal', { at, data: { key, kind: judged.what }, fixes, sensitive: [value.span] });
          } else if (variable !== undefined) report('copied', { at, data: { key, variable }, fixes });
        }
      },
    },
  }),
});

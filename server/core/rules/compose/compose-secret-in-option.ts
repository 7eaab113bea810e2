// compose-secret-in-option: a secret in an address or an option that is no variable and no command.

import { composeRule } from '../../engine/rule.ts';
import { judgeSecret, type SecretVerdict, secretValue } from '../../knowledge/secrets.ts';
import { meantBy } from '../../model/compose/effective.ts';
import { contentSpan, partOf } from '../../model/compose/pairs.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { YamlNode, YamlScalar } from '../../model/yaml/node.ts';
import { envRepairs } from '../../repairs/compose-secret.ts';

/** Where others look: the arguments and labels of a build. */
const elsewhere = new Set(['args', 'labels', 'secrets', 'tags']);

interface Found {
  readonly name: string;
  readonly scalar: YamlScalar;
  readonly secret: Pick<SecretVerdict, 'start' | 'end' | 'what'>;
}

/** Values below a node, each judged by its key where it has one, and by its form. */
function* secretsBelow(node: YamlNode | null, name: string, depth = 0): Generator<Found> {
  const meant = meantBy(node);
  if (meant === null || depth > 8) return;
  if (meant.kind === 'sequence') for (const item of meant.items) yield* secretsBelow(item, name, depth + 1);
  if (meant.kind === 'map') {
    for (const { key, value } of meant.pairs) {
      if (!elsewhere.has(key.text)) yield* secretsBelow(value, key.text, depth + 1);
    }
  }
  if (meant.kind !== 'scalar' || typeof meant.value !== 'string') return;
  const secret = judgeSecret(name, meant.text) ?? secretValue(meant.text);
  if (secret) yield { name, scalar: meant, secret };
}

const keys = ['build', 'logging', 'volumes', 'post_start', 'pre_stop', 'provider', 'storage_opt'] as const;
const sections = ['volumes', 'networks', 'configs'] as const;

export default composeRule({
  id: 'compose-secret-in-option',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  findsSecrets: true,
  title: 'A secret in an address or option',
  messages: {
    literal: {
      text: '{name} holds a secret ({kind}) in a file that is shared: everybody with the repository has it. Take it from the environment, and replace it with a new one.',
    },
  },
  docs: {
    why: 'Addresses of repositories (`https://user:token@github.com/...`), options of volume drivers (`o: username=...,password=...`) and of log drivers hold secrets as well as variables do, and stand in the same committed file.',
    remedy:
      'Write a variable in their place, which Compose takes from `.env` or the environment. A build context is read with the access that the machine has: SSH keys, a credential helper.',
    references: [
      'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/',
      'https://docs.docker.com/reference/compose-file/volumes/#driver_opts',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Every machine that runs the file needs the value in its environment.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    build: https://ci:«0d9f7a61c2be4435a1f0»@git.example.com/team/app.git\nvolumes:\n  share:\n    driver_opts:\n      type: cifs\n      o: username=app,password=«hunter2hunter2»\n',
        fixed:
          'services:\n  app:\n    build: https://ci:${BUILD_SECRET:?}@git.example.com/team/app.git\nvolumes:\n  share:\n    driver_opts:\n      type: cifs\n      o: username=app,password=${O_SECRET:?}\n',
        fixedFiles: {
          '.env': 'BUILD_SECRET=0d9f7a61c2be4435a1f0\nO_SECRET=hunter2hunter2\n',
          '.gitignore': '.env\n',
        },
      },
      {
        note: 'It cannot be written on a line of `.env`.',
        code: 'services:\n  app:\n    image: example/app:1\n    logging:\n      driver: splunk\n      options:\n        splunk-token: "«0d9f\'7a$$61c2be»"\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    logging:\n      driver: splunk\n      options:\n        splunk-token: "0d9f\'7a$$61c2be"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    build: https://git.example.com/team/app.git\n    volumes: ["share:/data"]\nvolumes:\n  share:\n    driver_opts: {o: "username=app,password=${SHARE_PASSWORD:?}"}\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const fixesFor = envRepairs(model);
    const look = (node: YamlNode | null, key: string): void => {
      for (const { name, scalar, secret } of secretsBelow(node, key)) {
        const where = contentSpan(scalar, model.text);
        if (seen.has(where.start)) continue;
        seen.add(where.start);
        const at = partOf(model, where, scalar.text.slice(secret.start, secret.end)) ?? where;
        report('literal', {
          at,
          sensitive: [at],
          data: { name, kind: secret.what },
          fixes: fixesFor(`${name}_SECRET`, at),
        });
      }
    };
    return {
      file() {
        for (const section of sections) for (const { name, node } of model.section(section)) look(node, name);
      },
      service(service) {
        for (const key of keys) {
          const node = service.get(key)?.node;
          if (node) look(node, key);
        }
      },
    };
  },
});

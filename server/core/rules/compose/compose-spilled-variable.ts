// compose-spilled-variable: a secret of `.env` that ends up where others read it, or that anybody would guess.

import { composeRule } from '../../engine/rule.ts';
import { isCommonPassword } from '../../knowledge/common-passwords.ts';
import { remember } from '../../knowledge/remember.ts';
import { judgeSecret, secretName } from '../../knowledge/secrets.ts';
import { parseTemplate } from '../../model/compose/interpolation.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { YamlNode } from '../../model/yaml/node.ts';
import { scalarText } from '../../model/yaml/scalar-text.ts';
import { nodesBelow } from '../../model/yaml/walk.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';

interface Use {
  readonly variable: string;
  readonly value: string;
  readonly at: Span;
}

/** The variables below a node that the file of variables gives a value. */
function* usesBelow({ text, variables }: ComposeModel, node: YamlNode): Generator<Use> {
  for (const scalar of nodesBelow(node)) {
    if (scalar.kind !== 'scalar' || !scalar.text.includes('$')) continue;
    const mapped = scalarText(scalar, text);
    for (const part of parseTemplate(mapped.text)) {
      if (part.kind !== 'variable') continue;
      const value = variables(part.name);
      if (value) yield { variable: part.name, value, at: fileSpan(mapped, part.span) };
    }
  }
}

const places = [
  ['label', ['labels'], ['annotations'], ['deploy', 'labels'], ['build', 'labels']],
  ['build', ['build', 'args']],
  ['command', ['command'], ['entrypoint'], ['healthcheck', 'test']],
] as const;

export default composeRule({
  id: 'compose-spilled-variable',
  category: 'security',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A secret of .env that others can read or guess',
  messages: {
    label: {
      text: '`.env` gives {variable} a secret ({kind}), which ends up in a label of {service}: everybody who may list containers reads it. Hand it to the service as a secret.',
    },
    build: {
      text: '`.env` gives {variable} a secret ({kind}), which ends up in a build argument of {service}: the image keeps it in its history. Pass it under `build.secrets`.',
    },
    command: {
      text: '`.env` gives {variable} a secret ({kind}), which ends up in what {service} starts or checks itself with: the list of processes and `docker inspect` show it. Hand it over as a file.',
    },
    common: {
      text: 'The password that `.env` gives {service} by {variable} is one that is tried first. Choose a long random one.',
    },
  },
  docs: {
    why: 'A secret is out of the Compose file once it stands in `.env`, but not yet safe: what matters is where it lands. A build argument stays in the history of the image, a label and a command are shown by `docker inspect`, and a command by `ps` on the host. A default password is as bad in `.env` as it is in the Compose file.',
    remedy:
      'Declare the secret under the top-level `secrets`, and let the service read `/run/secrets/NAME`; in a build, `RUN --mount=type=secret`. There is no repair: the program has to read the file.',
    limits:
      'Values come from the `.env` beside the file. What is in the environment of a service is taken to be where it belongs, unless it is a password that is tried first.',
    references: [
      'https://docs.docker.com/compose/how-tos/use-secrets/',
      'https://docs.docker.com/compose/how-tos/environment-variables/best-practices/',
    ],
  },
  fix: {
    availability: 'never',
    why: 'The program has to read a file instead, or the password has to change on both sides.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: «${NPM_TOKEN:?}»\n    labels:\n      - com.example.token=«$NPM_TOKEN»\n    command: ["app", "--token=«$NPM_TOKEN»"]\n',
        files: { '.env': 'NPM_TOKEN=0d9f7a61c2be4435a1f0\n' },
      },
      {
        code: 'services:\n  db:\n    image: postgres:18.1\n    environment:\n      POSTGRES_PASSWORD: «${DB_PASSWORD}»\n',
        files: { '.env': 'DB_PASSWORD=postgres\n' },
      },
    ],
    good: [
      {
        note: 'In the environment, or no secret at all.',
        code: 'services:\n  db:\n    image: postgres:${VERSION}\n    environment:\n      POSTGRES_PASSWORD: ${DB_PASSWORD}\n    labels:\n      version: ${VERSION}\n',
        files: { '.env': 'DB_PASSWORD=0d9f7a61c2be4435a1f0\nVERSION=18.1\n' },
      },
      {
        note: 'The shell in the container fills it in.',
        code: 'services:\n  db:\n    image: postgres:18.1\n    healthcheck:\n      test: psql "password=$$DB_PASSWORD" -c "select 1"\n',
        files: { '.env': 'DB_PASSWORD=0d9f7a61c2be4435a1f0\n' },
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const kindOf = remember(
      (variable: string) => judgeSecret(variable, model.variables(variable) ?? '')?.what,
    );
    const isNew = ({ start }: Span): boolean => !seen.has(start) && seen.add(start) !== undefined;
    return {
      service(service) {
        const usesAt = (keys: readonly string[]): Use[] => {
          const node = service.get(...(keys as [string]))?.node;
          return node ? [...usesBelow(model, node)] : [];
        };
        for (const [message, ...paths] of places) {
          for (const { variable, at } of paths.flatMap(usesAt)) {
            const kind = kindOf(variable);
            if (kind !== undefined && isNew(at))
              report(message, { at, data: { variable, service: service.name, kind } });
          }
        }
        for (const { variable, value, at } of usesAt(['environment'])) {
          if (!secretName(variable) || !isCommonPassword(value) || !isNew(at)) continue;
          report('common', { at, data: { variable, service: service.name } });
        }
      },
    };
  },
});

// compose-insecure-default: a setting with which a well-known image lets everybody in.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { namedImage } from '../../insight/service-image.ts';
import { type Instead, insecureOption, insecureVariable } from '../../knowledge/insecure-defaults.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import type { ComposeModel, Pair, Service } from '../../model/compose/model.ts';
import { processOf } from '../../model/compose/process.ts';
import { PlacesTold } from '../../model/looking.ts';
import { demand } from '../../repairs/compose-secret.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { replace } from '../../text/edit.ts';

const ignoreEnv = [{ kind: 'append-line', path: '.gitignore', line: '.env' }] as const;

function fixesOf(model: ComposeModel, service: Service, pair: Pair, instead: Instead): Fix[] {
  const { name, nameSpan, valueSpan, sharedBy } = pair;
  const titled = (title: string): string => sharedTitle(title, service, sharedBy);
  const has = (variable: string): boolean =>
    service.pairs('environment').some(other => other.name.startsWith(variable) && other.name !== name);
  if (instead.kind === 'value' && valueSpan)
    return [fix(titled(`Set ${name} to ${instead.value}`), 'unsafe', [replace(valueSpan, instead.value)])];
  if (instead.kind === 'demand' && valueSpan && !has(instead.variable)) {
    const { variable } = instead;
    const demanded = demand(model, valueSpan, variable);
    if (demanded === null) return [];
    const edits = [...demanded, ...(variable === name ? [] : [replace(nameSpan, variable)])];
    return [fix(titled(`Demand ${variable}`), 'unsafe', edits, { files: ignoreEnv })];
  }
  const edits = removeEntries(model, [pair.span]);
  return edits ? [fix(titled(`Remove ${name}`), 'unsafe', edits)] : [];
}

export default composeRule({
  id: 'compose-insecure-default',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A setting that takes the login away',
  messages: {
    variable: {
      text: '{name} of {service} {effect}: a neighbour that was broken into is enough. Take it away, and give the service a password.',
    },
    option: {
      text: '{name} of {service} {effect}: a neighbour that was broken into is enough. Take it away, and give the service a password.',
    },
  },
  docs: {
    why: 'Images have a switch for a first try on the desk: `POSTGRES_HOST_AUTH_METHOD=trust`, `MYSQL_ALLOW_EMPTY_PASSWORD`, `xpack.security.enabled=false`, an anonymous administrator. With it, every container on the network, and everybody who reaches the port, reads and changes everything.',
    remedy:
      'Set the password of the image from a secret or from the environment. The repair writes what the image knows: the variable for the password, which Compose then demands, or the safe value.',
    limits: 'The switches are those of well-known images, by a table.',
    references: [
      'https://hub.docker.com/_/postgres',
      'https://hub.docker.com/_/mysql',
      'https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/security-settings',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Clients need the password; what an image set up without one keeps its accounts until they are changed.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    environment:\n      POSTGRES_HOST_AUTH_METHOD: «trust»\n  sql:\n    image: mysql:9.7\n    environment:\n      - MYSQL_ROOT_PASSWORD_FILE=/run/secrets/sql\n      - MYSQL_ALLOW_EMPTY_PASSWORD=«yes»\n  search:\n    image: elasticsearch:9.3.1\n    environment: {xpack.security.enabled: "«false»"}\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n  sql:\n    image: mysql:9.7\n    environment:\n      - MYSQL_ROOT_PASSWORD_FILE=/run/secrets/sql\n  search:\n    image: elasticsearch:9.3.1\n    environment: {xpack.security.enabled: "true"}\n',
        fixedFiles: { '.gitignore': '.env\n' },
      },
      {
        note: 'An option of the command.',
        code: 'services:\n  db:\n    image: cockroachdb/cockroach:v26.1.0\n    command: start-single-node «--insecure»\n',
        fixed:
          'services:\n  db:\n    image: cockroachdb/cockroach:v26.1.0\n    command: start-single-node --insecure\n',
      },
    ],
    good: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    environment:\n      POSTGRES_HOST_AUTH_METHOD: scram-sha-256\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const image = service.get('environment') ? (namedImage(model, service)?.name ?? '') : '';
        for (const pair of service.pairs('environment')) {
          const { name, value, valueSpan } = pair;
          const found =
            value === null || !valueSpan ? undefined : insecureVariable(name, value.trim(), image);
          if (!found || !valueSpan || seen.has(valueSpan.start)) continue;
          seen.add(valueSpan.start);
          report('variable', {
            at: valueSpan,
            data: { name, service: [service.name, ...pair.sharedBy].join(', '), effect: found.effect },
            fixes: fixesOf(model, service, pair, found.instead),
          });
        }
        const script = service.get('command') ? processOf(model, service, 'command') : null;
        for (const { name, args } of script?.commands ?? []) {
          for (const word of args) {
            const effect = insecureOption(name ?? '', word.value ?? '');
            if (effect === undefined || seen.has(word.span.start)) continue;
            seen.add(word.span.start);
            report('option', {
              at: word.span,
              data: { name: word.value ?? '', service: service.name, effect },
            });
          }
        }
      },
    };
  },
});

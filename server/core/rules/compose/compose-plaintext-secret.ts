// compose-plaintext-secret: a secret written into the environment of a service.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { inspectService } from '../../insight/service.ts';
import { isCommonPassword } from '../../knowledge/common-passwords.ts';
import { judgeSecret, type SecretVerdict } from '../../knowledge/secrets.ts';
import type { ComposeModel, Pair, Service } from '../../model/compose/model.ts';
import { partOf } from '../../model/compose/pairs.ts';
import { glance, PlacesTold } from '../../model/looking.ts';
import { rememberFor } from '../../model/remembered.ts';
import { type Move, moveToEnv, moveToFile } from '../../repairs/compose-secret.ts';

/** The variable that a value falls back from: `${NAME:-secret}`. */
const fallbackOf = (value: string): string | undefined => /^\$\{(\w+):?-[^}]*\}*$/.exec(value)?.[1];

/** By the names of variables, the values that services give them. */
const valuesIn = rememberFor(({ services }: ComposeModel): ReadonlyMap<string, ReadonlySet<string>> => {
  const values = new Map<string, Set<string>>();
  for (const { name, value } of services.flatMap(service => service.pairs('environment'))) {
    if (value === null) continue;
    const known = values.get(name);
    if (known) known.add(value);
    else values.set(name, new Set([value]));
  }
  return values;
});

/** The question keeps nothing but the name: it may outlive its version of the file. */
const hasSeveral =
  (name: string) =>
  (whole: ComposeModel): boolean =>
    (valuesIn(whole).get(name)?.size ?? 0) > 1;

/** Unique where two services give one name two values: `.env` holds one value for each. */
function variableFor(model: ComposeModel, service: Service, { name }: Pair): string {
  const plain = name.replace(/\W/g, '_');
  const isShared = glance(model, hasSeveral(name));
  return isShared ? `${service.name.replace(/\W/g, '_')}_${plain}`.toUpperCase() : plain;
}

function envMove(model: ComposeModel, service: Service, pair: Pair, verdict: SecretVerdict): Move | null {
  const { value, valueSpan } = pair;
  if (value === null || valueSpan === null) return null;
  const secret = value.slice(verdict.start, verdict.end);
  const fallback = fallbackOf(value);
  if (fallback !== undefined) return moveToEnv(model, valueSpan, secret, fallback);
  const [opening, inner] = /\$\{(\w+):?-$/.exec(value.slice(0, verdict.start)) ?? [];
  if (opening !== undefined && inner !== undefined && value.charAt(verdict.end) === '}') {
    const place = partOf(model, valueSpan, value.slice(verdict.start - opening.length, verdict.end + 1));
    return place && moveToEnv(model, place, secret, inner);
  }
  const at = partOf(model, valueSpan, secret);
  const variable = variableFor(model, service, pair);
  return at && moveToEnv(model, at, secret, secret === value ? variable : `${variable}_PASSWORD`);
}

/** Of a list of known ones, or the account's own name. */
function isCommon(service: Service, { name }: Pair, value: string): boolean {
  const account = name.replace(/(?:_ROOT)?_PASS(?:WORD)?$/, '_USER');
  const own = service.pairs('environment').find(pair => pair.name === account)?.value;
  return isCommonPassword(value, ...(own ? [own] : []));
}

function fixesOf(
  model: ComposeModel,
  service: Service,
  pair: Pair,
  verdict: SecretVerdict,
  readsFile: boolean,
): Fix[] {
  const asFile = readsFile && pair.sharedBy.length === 0 ? moveToFile(model, service, pair) : null;
  const asVariable = envMove(model, service, pair, verdict);
  return [
    ...(asFile ? [fix(`Move ${pair.name} to a secret file`, 'unsafe', asFile.edits, asFile)] : []),
    ...(asVariable ? [fix(`Move ${pair.name} to .env`, 'unsafe', asVariable.edits, asVariable)] : []),
  ];
}

export default composeRule({
  id: 'compose-plaintext-secret',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  findsSecrets: true,
  title: 'A secret written into a Compose file',
  needs: ['dockerfile'],
  messages: {
    literal: {
      text: '{name} of {service} is a secret ({kind}) in a file that is shared: everybody with the repository has it. Move it out, and replace it with a new one if it has been committed.',
      equivalents: ['compose-lint:CL-0020'],
    },
    common: {
      text: '{name} of {service} is a password that everybody tries first: it guards nothing where the service can be reached, and stays as it is in production. Draw one of your own, and keep it out of the file.',
      equivalents: ['compose-lint:CL-0020'],
    },
    url: {
      text: '{name} of {service} holds a secret ({kind}) in a file that is shared: everybody with the repository has it. Move it out, and replace it with a new one if it has been committed.',
      equivalents: ['compose-lint:CL-0021'],
    },
    fallback: {
      text: '{name} of {service} falls back to a secret written here: whoever forgets to set it runs with one that everybody knows. Demand it: `{demand}`.',
      equivalents: ['compose-lint:CL-0020'],
    },
  },
  docs: {
    why: 'Compose files are committed, copied into tickets and printed by `docker compose config`. A password in one is known to everybody who has ever had the repository, and `docker inspect` shows the environment of the container on top.',
    remedy:
      'Where the image reads a file (`POSTGRES_PASSWORD_FILE`), use a secret: Compose mounts it under `/run/secrets`, and it appears in no environment. Elsewhere take the value from `.env`, which stays out of version control, and demand it: `${DB_PASSWORD:?}` stops with a message when it is missing.',
    limits:
      'A secret is known by its form, or by the name of its variable. The repair writes the value into `secrets/` or `.env` and adds a line to `.gitignore`; what is in the history of the repository stays there.',
    references: [
      'https://docs.docker.com/compose/how-tos/use-secrets/',
      'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Every machine that runs the file needs the secret in its new place.',
  },
  examples: {
    bad: [
      {
        note: 'The image reads the password from a file.',
        code: 'services:\n  db:\n    image: postgres:18.6\n    environment:\n      POSTGRES_PASSWORD: «hunter2hunter2»\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password\n    secrets:\n      - postgres_password\n\nsecrets:\n  postgres_password:\n    file: ./secrets/postgres_password.txt\n',
        fixedFiles: { 'secrets/postgres_password.txt': 'hunter2hunter2', '.gitignore': '/secrets/\n' },
      },
      {
        note: 'So does the image that the service is built from.',
        code: 'services:\n  db:\n    build: ./db\n    environment:\n      POSTGRES_PASSWORD: «hunter2hunter2»\n',
        files: { 'db/Dockerfile': 'FROM postgres:18.6\nCOPY init.sql /docker-entrypoint-initdb.d/\n' },
        fixed:
          'services:\n  db:\n    build: ./db\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password\n    secrets:\n      - postgres_password\n\nsecrets:\n  postgres_password:\n    file: ./secrets/postgres_password.txt\n',
        fixedFiles: { 'secrets/postgres_password.txt': 'hunter2hunter2', '.gitignore': '/secrets/\n' },
      },
      {
        note: 'Another image: the value comes from the environment.',
        code: 'services:\n  app:\n    image: example/app:1\n    environment:\n      - API_TOKEN=«0d9f7a61c2be4435a1f0»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    environment:\n      - API_TOKEN=${API_TOKEN:?}\n',
        fixedFiles: { '.env': 'API_TOKEN=0d9f7a61c2be4435a1f0\n', '.gitignore': '.env\n' },
      },
      {
        note: 'A password in an address.',
        code: 'services:\n  app:\n    image: example/app:1\n    environment:\n      DATABASE_URL: postgres://app:«hunter2hunter2»@db:5432/app\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    environment:\n      DATABASE_URL: postgres://app:${DATABASE_URL_PASSWORD:?}@db:5432/app\n',
        fixedFiles: { '.env': 'DATABASE_URL_PASSWORD=hunter2hunter2\n', '.gitignore': '.env\n' },
      },
      {
        note: 'A password in an address, as a default.',
        code: 'services:\n  app:\n    image: example/app:1\n    environment:\n      DATABASE_URL: postgres://${DB_USER:-app}:${DB_PASSWORD:-«hunter2hunter2»}@db:5432/app\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    environment:\n      DATABASE_URL: postgres://${DB_USER:-app}:${DB_PASSWORD:?}@db:5432/app\n',
        fixedFiles: { '.env': 'DB_PASSWORD=hunter2hunter2\n', '.gitignore': '.env\n' },
      },
      {
        note: 'A password that everybody knows.',
        code: 'services:\n  app:\n    image: example/app:1\n    environment:\n      ADMIN_PASSWORD: «changeme»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    environment:\n      ADMIN_PASSWORD: ${ADMIN_PASSWORD:?}\n',
        fixedFiles: { '.env': 'ADMIN_PASSWORD=changeme\n', '.gitignore': '.env\n' },
      },
      {
        note: 'A default that is a secret.',
        code: 'services:\n  app:\n    image: example/app:1\n    environment:\n      API_TOKEN: ${TOKEN:-«0d9f7a61c2be4435a1f0»}\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    environment:\n      API_TOKEN: ${TOKEN:?}\n',
        fixedFiles: { '.env': 'TOKEN=0d9f7a61c2be4435a1f0\n', '.gitignore': '.env\n' },
      },
      {
        note: 'It cannot be written on a line of `.env`.',
        code: 'services:\n  app:\n    image: example/app:1\n    environment:\n      API_TOKEN: "«0d9f7a61c2\'be4$$35a1f0»"\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    environment:\n      API_TOKEN: "0d9f7a61c2\'be4$$35a1f0"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/db\n',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    environment:\n      API_TOKEN: ${API_TOKEN:?}\n      TOKEN_TTL: 30m\n      PASSWORD_MIN_LENGTH: 12\n',
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        for (const pair of service.pairs('environment')) {
          const { name, value, valueSpan } = pair;
          const verdict = value ? judgeSecret(name, value) : null;
          // One place that several services take is one finding.
          if (!value || !valueSpan || !verdict || seen.has(valueSpan.start)) continue;
          seen.add(valueSpan.start);
          const insight = inspectService(model, service, path => facts.get('dockerfile', path));
          const fileEnv = (insight.facts ?? insight.built?.facts)?.fileEnv ?? [];
          const isWhole = verdict.start === 0 && verdict.end === value.length;
          const fixes = fixesOf(model, service, pair, verdict, isWhole && fileEnv.includes(name));
          const at = partOf(model, valueSpan, value.slice(verdict.start, verdict.end)) ?? valueSpan;
          const services = [service.name, ...pair.sharedBy].join(', ');
          const shared = { at, fixes, sensitive: [at] };
          const variable = fallbackOf(value);
          if (variable !== undefined)
            report('fallback', { ...shared, data: { name, service: services, demand: `\${${variable}:?}` } });
          else {
            const message =
              verdict.reason === 'url' ? 'url' : isCommon(service, pair, value) ? 'common' : 'literal';
            if (message === 'common') {
              report(message, { ...shared, data: { name, service: services } });
              continue;
            }
            report(message, { ...shared, data: { name, service: services, kind: verdict.what } });
          }
        }
      },
    };
  },
});

// compose-secret-in-command: a secret among the words that a service starts or checks itself with.

import { composeRule } from '../../engine/rule.ts';
import { spokenSecrets } from '../../insight/spoken-secrets.ts';
import { healthcheckOf } from '../../model/compose/healthcheck.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { processOf } from '../../model/compose/process.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { ShellScript } from '../../model/shell/script.ts';
import { envRepairs } from '../../repairs/compose-secret.ts';
import { spanText } from '../../text/span.ts';

type Place = 'command' | 'entrypoint' | 'healthcheck';

function* scriptsOf(model: ComposeModel, service: Service): Generator<[Place, ShellScript]> {
  for (const key of ['command', 'entrypoint'] as const) {
    const script = service.get(key) ? processOf(model, service, key) : null;
    if (script) yield [key, script];
  }
  const check = service.get('healthcheck') ? healthcheckOf(model, service)?.script : null;
  if (check) yield ['healthcheck', check];
}

export default composeRule({
  id: 'compose-secret-in-command',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  findsSecrets: true,
  title: 'A secret in a command of a service',
  messages: {
    spoken: {
      text: 'The {place} of {service} says a secret ({kind}): everybody with the repository has it, and every process list and `docker inspect` shows it. Read it from a file or a variable, and replace it with a new one.',
    },
  },
  docs: {
    why: 'What a command is given is in the file for everybody who has it, in `docker inspect`, and in the list of processes of the host, where every account sees it.',
    remedy:
      'Most programs read a file (`--requirepass` of Redis from `redis.conf`, `--password-file`) or a variable (`MYSQL_PWD`, `REDISCLI_AUTH`). The repair takes the value from `.env`, which stays out of version control: it no longer stands in the file, though it is still among the words of the command.',
    limits: 'A secret is known by its form, or by the name of the option that it is given to.',
    references: [
      'https://docs.docker.com/compose/how-tos/use-secrets/',
      'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
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
        code: 'services:\n  cache:\n    image: redis:8.10\n    command: redis-server --requirepass «0d9f7a61c2be»\n    healthcheck:\n      test: ["CMD", "redis-cli", "-a", "«0d9f7a61c2be»", "ping"]\n',
        fixed:
          'services:\n  cache:\n    image: redis:8.10\n    command: redis-server --requirepass ${CACHE_PASSWORD:?}\n    healthcheck:\n      test: ["CMD", "redis-cli", "-a", "${CACHE_PASSWORD:?}", "ping"]\n',
        fixedFiles: { '.env': 'CACHE_PASSWORD=0d9f7a61c2be\n', '.gitignore': '.env\n' },
      },
      {
        note: 'Within braces the whole text gets quotes.',
        code: 'services:\n  app: {image: "example/app:1", command: app --password «0d9f7a61c2be» --port 80}\n',
        fixed:
          'services:\n  app: {image: "example/app:1", command: "app --password ${APP_PASSWORD:?} --port 80"}\n',
        fixedFiles: { '.env': 'APP_PASSWORD=0d9f7a61c2be\n', '.gitignore': '.env\n' },
      },
      {
        note: 'It cannot be written on a line of `.env`.',
        code: 'services:\n  app:\n    image: example/app:1\n    entrypoint: ["app", "--password", «"0d9f\'7a$$61c2be"»]\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    entrypoint: ["app", "--password", "0d9f\'7a$$61c2be"]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  cache:\n    image: redis:8.10\n    command: ["redis-server", "--requirepass", "${REDIS_PASSWORD:?}"]\n    healthcheck: {test: ["CMD-SHELL", "mysqladmin ping -p$$MYSQL_PASSWORD"]}\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const fixesFor = envRepairs(model);
    return {
      service(service) {
        for (const [place, { commands }] of scriptsOf(model, service)) {
          for (const { what, variable: own, span: at } of commands.flatMap(spokenSecrets)) {
            if (seen.has(at.start)) continue;
            seen.add(at.start);
            const written = spanText(model.text, at);
            const fixes = /["\\]/.test(written) ? [] : fixesFor(`${service.name}_${own}`, at);
            report('spoken', {
              at,
              sensitive: [at],
              data: { place, service: service.name, kind: what },
              fixes,
            });
          }
        }
      },
    };
  },
});

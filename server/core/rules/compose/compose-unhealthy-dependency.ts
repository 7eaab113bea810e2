// compose-unhealthy-dependency: a service that waits for another one to be healthy, which is never checked.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { healthcheckOf as stageHealthcheck } from '../../insight/health.ts';
import { inspectService, type ServiceInsight } from '../../insight/service.ts';
import { addKey } from '../../model/compose/edit.ts';
import { healthcheckOf } from '../../model/compose/healthcheck.ts';
import type { ComposeModel, Entry, Service } from '../../model/compose/model.ts';
import { filledText } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';
import { serviceHealthTests } from '../../repairs/service-health.ts';
import { replace } from '../../text/edit.ts';

/** Sure that nothing checks it: an image that is not in the table may have a check of its own. */
function isUnchecked(service: Service, { facts, built }: ServiceInsight): boolean {
  if (service.get('build')?.node == null) return facts?.healthcheck === false;
  return built !== null && stageHealthcheck(built.stage) === undefined && built.facts?.healthcheck === false;
}

function checks(model: ComposeModel, other: Service, insight: ServiceInsight): Fix[] {
  return serviceHealthTests(model, other, insight).flatMap(({ test, asks, guessed }) => {
    const words = test.map(word => word.replaceAll('$', '$$$$'));
    const settings = { interval: '10s', timeout: '5s', retries: 5 };
    const edits = addKey(model, other, ['healthcheck'], {
      map: { test: { list: words, inline: true }, ...settings },
    });
    return edits ? [fix(`Check ${other.name} with ${asks}`, guessed ? 'suggestion' : 'unsafe', edits)] : [];
  });
}

const noCheck: readonly Fix[] = [];

function startInstead({ node, sharedBy }: Entry): Fix[] {
  if (node?.kind !== 'scalar' || sharedBy.length > 0 || node.style !== 'plain') return [];
  return [fix('Wait for the start alone', 'suggestion', [replace(node.span, 'service_started')])];
}

export default composeRule({
  id: 'compose-unhealthy-dependency',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Waiting for a health check that is not there',
  needs: ['dockerfile'],
  messages: {
    missing: {
      text: '{service} waits until {other} is healthy, but nothing checks {other}: `up` fails ("has no healthcheck configured"). Add a healthcheck to {other}.',
    },
    disabled: {
      text: '{service} waits until {other} is healthy, but the health check of {other} is switched off: `up` fails. Switch it on, or wait for the start alone.',
    },
  },
  docs: {
    why: '`condition: service_healthy` asks for the result of a health check. Where the other service has none, neither in this file nor in its image, Compose starts it and then gives up.',
    remedy:
      'Add a check that asks the other service itself. The repair writes the one that fits its image, the other one waits for the start alone.',
    limits: 'Images that are not in the table may have a check of their own: nothing is said of those.',
    references: [
      'https://docs.docker.com/compose/how-tos/startup-order/',
      'https://docs.docker.com/reference/compose-file/services/#healthcheck',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which check tells that the service is well, only its author knows for sure.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on:\n      db:\n        condition: «service_healthy»\n  db:\n    image: postgres:18.6\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: postgres:18.6\n    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"]\n      interval: 10s\n      timeout: 5s\n      retries: 5\n',
        variants: {
          'Wait for the start alone':
            'services:\n  app:\n    image: example/app:1\n    depends_on:\n      db:\n        condition: service_started\n  db:\n    image: postgres:18.6\n',
        },
      },
      {
        note: 'Switched off, and a condition that two services share.',
        code: 'x-db: &db\n  db: {condition: «service_healthy»}\nservices:\n  app:\n    image: example/app:1\n    depends_on: *db\n  job:\n    image: example/job:1\n    depends_on: *db\n  db:\n    image: example/db:1\n    healthcheck:\n      disable: true\n',
        fixed:
          'x-db: &db\n  db: {condition: service_healthy}\nservices:\n  app:\n    image: example/app:1\n    depends_on: *db\n  job:\n    image: example/job:1\n    depends_on: *db\n  db:\n    image: example/db:1\n    healthcheck:\n      disable: true\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on:\n      db:\n        condition: service_healthy\n      cache:\n        condition: service_started\n      other:\n        condition: service_healthy\n  db:\n    image: postgres:18.6\n    healthcheck:\n      test: ["CMD", "pg_isready"]\n  cache:\n    image: redis:8.8\n  other:\n    image: example/other:1\n',
        note: 'Of the third image nobody knows.',
      },
      {
        note: 'The Dockerfile has the check.',
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on:\n      api:\n        condition: service_healthy\n  api:\n    build: .\n',
        files: { Dockerfile: 'FROM node:24.19-slim\nHEALTHCHECK CMD ["node", "check.js"]\n' },
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const dependencies = service.get('depends_on')?.node;
        if (dependencies?.kind !== 'map') return;
        for (const { name } of service.pairs('depends_on')) {
          const condition = service.get('depends_on', name, 'condition');
          const at = condition?.node?.span;
          if (!condition || !at || seen.has(at.start)) continue;
          if (filledText(model, condition.node)?.text !== 'service_healthy') continue;
          const other = model.services.find(each => each.name === name);
          if (!other) continue;
          const check = healthcheckOf(model, other);
          const data = { service: service.name, other: name };
          if (check?.disabled) {
            seen.add(at.start);
            report('disabled', { at, data, fixes: startInstead(condition) });
          } else if (!check?.test) {
            const insight = inspectService(model, other, path => facts.get('dockerfile', path));
            if (!isUnchecked(other, insight)) continue;
            seen.add(at.start);
            const added = check === null ? checks(model, other, insight) : noCheck;
            report('missing', { at, data, fixes: [...added, ...startInstead(condition)] });
          }
        }
      },
    };
  },
});

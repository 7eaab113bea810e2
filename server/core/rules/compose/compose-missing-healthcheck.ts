// compose-missing-healthcheck: a service that nobody asks whether it still answers.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { healthcheckOf as stageHealthcheck } from '../../insight/health.ts';
import { uncheckedText } from '../../insight/image-facts.ts';
import { inspectService, type ServiceInsight } from '../../insight/service.ts';
import { addKey, type NewValue } from '../../model/compose/edit.ts';
import { healthcheckOf } from '../../model/compose/healthcheck.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import type { HealthTest } from '../../repairs/health-test.ts';
import { composeTest, serviceHealthTests } from '../../repairs/service-health.ts';

/** Often enough to notice, patient enough for a slow start. */
const healthcheck = (test: HealthTest): NewValue => ({
  map: {
    test: composeTest(test),
    interval: '30s',
    timeout: '5s',
    start_period: '15s',
    retries: 3,
  },
});

/** The image checks itself; where its Dockerfile is there but not known, it is given the benefit of the doubt. */
function isChecked(service: Service, { facts, built }: ServiceInsight, isAbsent: boolean): boolean {
  if (service.get('build')?.node == null) return facts?.healthcheck === true;
  if (!built) return !isAbsent;
  return stageHealthcheck(built.stage) !== undefined || built.facts?.healthcheck === true;
}

function fixesOf(model: ComposeModel, service: Service, insight: ServiceInsight): Fix[] {
  return serviceHealthTests(model, service, insight).flatMap(({ test, asks, guessed }) => {
    const edits = addKey(model, service, ['healthcheck'], healthcheck(test));
    if (!edits) return [];
    return [fix(`Add a healthcheck that uses ${asks}`, guessed ? 'suggestion' : 'unsafe', edits)];
  });
}

export default composeRule({
  id: 'compose-missing-healthcheck',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service without a health check',
  needs: ['dockerfile'],
  messages: {
    missing: {
      text: '{service} listens on port {port} but has no healthcheck{nor}: a process that hangs counts as healthy, and whoever depends on it starts too early. Add one that asks the service itself.',
      equivalents: ['kics:healthcheck_not_set'],
    },
  },
  docs: {
    why: 'Compose starts services in order but waits for nothing: only with a health check can `depends_on` say `condition: service_healthy`. And a process that hangs is never noticed without one.',
    remedy:
      'Add `healthcheck` with a command that the image really has: the check of the service itself (`pg_isready`, `redis-cli ping`), its language runtime, `curl` or `wget` where they are there. Where the repair asks for the path `/`, change that to the path that tells your service is well.',
    limits:
      'A HEALTHCHECK of the image counts, also that of a Dockerfile behind `build`. What an image outside the table checks cannot be seen.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#healthcheck',
      'https://docs.docker.com/compose/how-tos/startup-order/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which path tells that the service is well, only its author knows.',
  },
  examples: {
    bad: [
      {
        note: 'A service that comes with a check of its own.',
        code: 'services:\n  «db»:\n    image: postgres:18.6\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"]\n      interval: 30s\n      timeout: 5s\n      start_period: 15s\n      retries: 3\n',
      },
      {
        note: 'Through the Dockerfile: the runtime itself makes the request.',
        code: 'services:\n  «api»:\n    build: ./api\n    ports: ["127.0.0.1:3000:3000"]\n',
        files: { 'api/Dockerfile': 'FROM node:24.19-slim\nUSER node\nCMD ["node", "server.js"]\n' },
        fixed:
          'services:\n  api:\n    build: ./api\n    ports: ["127.0.0.1:3000:3000"]\n    healthcheck:\n      test: ["CMD", "node", "-e", "require(\'http\').get(\'http://127.0.0.1:3000/\', r => process.exit(r.statusCode < 400 ? 0 : 1))"]\n      interval: 30s\n      timeout: 5s\n      start_period: 15s\n      retries: 3\n',
      },
      {
        note: 'There is no Dockerfile that could have one.',
        code: 'services:\n  «api»:\n    build: ./later\n    ports: ["127.0.0.1:3000:3000"]\n',
        files: { 'later/server.js': 'serve();\n' },
        fixed: 'services:\n  api:\n    build: ./later\n    ports: ["127.0.0.1:3000:3000"]\n',
      },
      {
        note: 'What the image could be asked with is not known.',
        code: 'services:\n  «app»:\n    image: registry.example.com/team/app:7\n    ports: ["127.0.0.1:8080:8080"]\n',
        fixed:
          'services:\n  app:\n    image: registry.example.com/team/app:7\n    ports: ["127.0.0.1:8080:8080"]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    healthcheck:\n      test: ["CMD", "pg_isready"]\n',
      },
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    healthcheck:\n      disable: true\n',
        note: 'Switched off in so many words.',
      },
      {
        note: 'The Dockerfile has one.',
        code: 'services:\n  api:\n    build: .\n    ports: ["127.0.0.1:3000:3000"]\n',
        files: { Dockerfile: 'FROM node:24.19-slim\nHEALTHCHECK CMD ["node", "check.js"]\n' },
      },
      {
        note: 'Where its Dockerfile is, cannot be told from here.',
        code: 'services:\n  api:\n    build: https://example.com/api.git\n    ports: ["127.0.0.1:3000:3000"]\n',
      },
      { note: 'Nothing listens.', code: 'services:\n  job:\n    image: example/job:1\n' },
    ],
  },
  check: ({ model, facts, report }) => ({
    service(service) {
      if (healthcheckOf(model, service)) return;
      let isAbsent = false;
      const insight = inspectService(model, service, path => {
        const dockerfile = facts.get('dockerfile', path);
        isAbsent = dockerfile === null;
        return dockerfile;
      });
      const [port] = insight.listening();
      if (port === undefined || isChecked(service, insight, isAbsent)) return;
      const fixes = fixesOf(model, service, insight);
      const { image, built } = insight;
      const nor = uncheckedText(image?.text ?? built?.base, insight.facts ?? built?.facts);
      report('missing', { at: service.nameSpan, data: { service: service.name, port, nor }, fixes });
    },
  }),
});

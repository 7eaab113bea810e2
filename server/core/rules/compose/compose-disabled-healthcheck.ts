// compose-disabled-healthcheck: a service whose health check is switched off.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { inspectService, type ServiceInsight } from '../../insight/service.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import { type Healthcheck, healthcheckOf } from '../../model/compose/healthcheck.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { PlacesTold } from '../../model/looking.ts';
import { serviceHealthTests, testText } from '../../repairs/service-health.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

/** In the place of what switches it off: `disable: true`, or the list with NONE. */
function checkInstead(
  model: ComposeModel,
  service: Service,
  { test, entry }: Healthcheck,
  insight: ServiceInsight,
): Fix[] {
  const disable = service.get('healthcheck', 'disable');
  const node = disable?.node ?? test?.node;
  const key = (disable ?? test)?.keySpan;
  if (!node || !key || (disable && test) || node.span.start < key.end || entry.sharedBy.length > 0) return [];
  return serviceHealthTests(model, service, insight).map(({ test: words, asks, guessed }) =>
    fix(`Check with ${asks}`, guessed ? 'suggestion' : 'unsafe', [
      replace(span(key.start, node.span.end), `test: ${testText(model, words)}`),
    ]),
  );
}

const isJob = (service: Service): boolean => {
  const restart = service.get('restart')?.node;
  return restart?.kind === 'scalar' && /^(?:no|false)$/.test(restart.text);
};

export default composeRule({
  id: 'compose-disabled-healthcheck',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A health check that is switched off',
  needs: ['dockerfile'],
  messages: {
    disabled: {
      text: 'The health check of {service} is switched off, that of its image too: a process that hangs counts as running, and nobody can wait for it. Write one that asks the service, or take the line away.',
      equivalents: ['kics:healthcheck_not_set'],
    },
  },
  docs: {
    why: '`disable: true` and `test: ["NONE"]` take away what the image came with, mostly because its check failed or was too loud. What is left is a service that nobody asks: `depends_on` cannot wait for it, and one that hangs stays.',
    remedy:
      'Write a check that fits, with a longer `interval` where the old one was too much, or remove the line.',
    limits: 'A job that ends (`restart: "no"`) needs none.',
    references: ['https://docs.docker.com/reference/compose-file/services/#healthcheck'],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Why it was switched off, only its people know.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    healthcheck:\n      «disable»: true\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"]\n',
        variants: { 'Take the check of the image': 'services:\n  db:\n    image: postgres:18.6\n' },
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    healthcheck: {«test»: [NONE]}\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
      {
        note: 'By what it is built from.',
        code: 'services:\n  app:\n    build: .\n    healthcheck: {«disable»: true}\n',
        files: { Dockerfile: 'FROM redis:8.10\n' },
        fixed:
          'services:\n  app:\n    build: .\n    healthcheck: {test: ["CMD-SHELL", "redis-cli ping | grep -q PONG"]}\n',
      },
    ],
    good: [
      { code: 'services:\n  db:\n    image: postgres:18.6\n    healthcheck: {test: [CMD, pg_isready]}\n' },
      {
        note: 'A job that ends.',
        code: 'services:\n  migrate:\n    image: example/app:1\n    restart: "no"\n    healthcheck: {disable: true}\n',
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const check = service.get('healthcheck') && healthcheckOf(model, service);
        if (!check?.disabled || isJob(service) || seen.has(check.entry.keySpan.start)) return;
        const { keySpan, sharedBy } = check.entry;
        seen.add(keySpan.start);
        const insight = inspectService(model, service, path => facts.get('dockerfile', path));
        const cause = service.get('healthcheck', 'disable') ?? check.test;
        const removal = sharedBy.length > 0 ? null : removeEntries(model, [keySpan]);
        report('disabled', {
          at: cause?.keySpan ?? keySpan,
          data: { service: [service.name, ...sharedBy].join(', ') },
          fixes: [
            ...checkInstead(model, service, check, insight),
            ...(removal ? [fix('Take the check of the image', 'suggestion', removal)] : []),
          ],
        });
      },
    };
  },
});

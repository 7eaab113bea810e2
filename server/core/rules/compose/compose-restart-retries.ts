// compose-restart-retries: a service that is restarted without an end, or not as often as the benchmark says.

import { composeRule, fix } from '../../engine/rule.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { resolvedString } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { replace } from '../../text/edit.ts';

const advised = 5;

export default composeRule({
  id: 'compose-restart-retries',
  category: 'reliability',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Restarts without a bound',
  messages: {
    endless: {
      text: '{service} is restarted on every failure, without an end: one that cannot start keeps the machine busy and fills its log. Give up after five: `on-failure:5`.',
    },
    other: {
      text: '{service} is restarted {count} times on failure; the CIS benchmark for Docker says five (5.15), enough for a slow neighbour and few enough to notice. Write 5, or keep {count} with a reason.',
      equivalents: ['kics:restart_policy_on_failure_not_set_to_5'],
    },
  },
  docs: {
    why: 'A service that fails at once and is started again at once computes for nothing, writes the same lines into its log, and hides from everybody that it does not run. With a bound it stays down, and that is seen.',
    remedy: 'Write `restart: on-failure:5`, or `max_attempts: 5` under `deploy.restart_policy`.',
    limits: '`always` and `unless-stopped` have no bound in Docker, and are not reported.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#restart',
      'https://www.cisecurity.org/benchmark/docker',
    ],
  },
  fix: { availability: 'always', safety: 'unsafe', why: 'A service that failed more often stays down.' },
  examples: {
    bad: [
      {
        code: 'services:\n  job:\n    image: example/job:1\n    restart: «on-failure:10»\n',
        fixed: 'services:\n  job:\n    image: example/job:1\n    restart: on-failure:5\n',
      },
      {
        code: 'services:\n  job:\n    image: example/job:1\n    restart: "«on-failure»"\n',
        fixed: 'services:\n  job:\n    image: example/job:1\n    restart: "on-failure:5"\n',
      },
      {
        note: 'In a swarm.',
        code: 'services:\n  job:\n    image: example/job:1\n    deploy:\n      restart_policy:\n        condition: on-failure\n        max_attempts: «3»\n',
        fixed:
          'services:\n  job:\n    image: example/job:1\n    deploy:\n      restart_policy:\n        condition: on-failure\n        max_attempts: 5\n',
      },
    ],
    good: [
      { code: 'services:\n  job:\n    image: example/job:1\n    restart: on-failure:5\n' },
      { code: 'services:\n  web:\n    image: nginx:1.30\n    restart: unless-stopped\n' },
      {
        note: 'Restarted whatever the reason, which is another decision.',
        code: 'services:\n  job:\n    image: example/job:1\n    deploy:\n      restart_policy:\n        condition: any\n        max_attempts: 3\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const restart = service.get('restart');
        const policy = resolvedString(model, restart?.node);
        const [isFailure, retries] = policy?.known
          ? (/^on-failure(?::(\d+))?$/.exec(policy.value) ?? [])
          : [];
        if (isFailure !== undefined) found(restart, retries, `on-failure:${advised}`);
        const condition = resolvedString(model, service.get('deploy', 'restart_policy', 'condition')?.node);
        if (!condition?.known || condition.value !== 'on-failure') return;
        const attempts = service.get('deploy', 'restart_policy', 'max_attempts');
        const count = resolvedString(model, attempts?.node);
        if (count?.known && /^\d+$/.test(count.value)) found(attempts, count.value, String(advised));

        function found(entry: typeof restart, count: string | undefined, instead: string): void {
          const node = entry?.node;
          if (!entry || node?.kind !== 'scalar' || Number(count) === advised || seen.has(node.span.start))
            return;
          seen.add(node.span.start);
          const at = contentSpan(node, model.text);
          const title = sharedTitle('Give up after five', service, entry.sharedBy);
          const fixes = [fix(title, 'unsafe', [replace(at, instead)])];
          if (count === undefined) report('endless', { at, data: { service: service.name }, fixes });
          else report('other', { at, data: { service: service.name, count }, fixes });
        }
      },
    };
  },
});

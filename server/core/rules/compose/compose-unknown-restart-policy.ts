// compose-unknown-restart-policy: a restart policy that Compose lets through and no engine knows.

import { composeRule, fix } from '../../engine/rule.ts';
import type { Entry, Service } from '../../model/compose/model.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { resolvedString } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { replace } from '../../text/edit.ts';
import { nearestName } from '../../text/nearest.ts';
import { spanText } from '../../text/span.ts';

const policies = ['always', 'unless-stopped', 'on-failure'];
const conditions = ['any', 'on-failure', 'none', 'always', 'no', 'unless-stopped'];

/** Compose drops a count that is not one; with any policy but this the engine refuses it. */
const policy = /^(?:no|always|unless-stopped|on-failure(?::\d+)?)$/;

const isPolicy = (text: string): boolean => text === '' || policy.test(text);
const isCondition = (text: string): boolean => text === '' || conditions.includes(text);

/** `allways`, `on_failure:3` and `always:5` as they were meant. */
function meantBy(text: string, names: readonly string[]): string | undefined {
  const [name = '', count] = text.toLowerCase().replaceAll('_', '-').split(':');
  const meant = nearestName(name.trim(), names);
  return meant === 'on-failure' && /^\d+$/.test(count ?? '') ? `${meant}:${count}` : meant;
}

export default composeRule({
  id: 'compose-unknown-restart-policy',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A restart policy that there is not',
  messages: {
    policy: {
      text: '"{value}" is no restart policy: the engine makes no container of {service} with it. Write always, unless-stopped, on-failure, on-failure:5 or "no".',
    },
    condition: {
      text: '"{value}" is no condition to restart {service} on: the engine makes no container with it. Write any, on-failure or none.',
    },
  },
  docs: {
    why: 'Compose takes any text for a policy and hands it to the engine, which refuses it when the container is made: the file is found valid, `docker compose config` shows it, and `up` fails.',
    remedy:
      'Write `always`, `unless-stopped`, `on-failure` with or without a number of attempts, or `"no"`, which needs its quotes. Under `deploy.restart_policy` the words are `any`, `on-failure` and `none`.',
    limits: 'A policy in a variable that nothing is known of is not judged.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#restart',
      'https://docs.docker.com/reference/compose-file/deploy/#restart_policy',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What was meant is a guess, however near it is.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    restart: «allways»\n  job:\n    image: example/job:1\n    restart: "«on_failure:3»"\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    restart: always\n  job:\n    image: example/job:1\n    restart: "on-failure:3"\n',
      },
      {
        note: 'Only failures are counted; and a word like no other.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    restart: «always:5»\n  api:\n    image: example/api:1\n    restart: «sometimes»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    restart: always\n  api:\n    image: example/api:1\n    restart: sometimes\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    deploy:\n      restart_policy:\n        condition: «onfailure»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    deploy:\n      restart_policy:\n        condition: on-failure\n',
      },
    ],
    good: [
      {
        code: 'services:\n  a: {image: example/a:1, restart: "no"}\n  b: {image: example/b:1, restart: on-failure:3}\n  c: {image: example/c:1, restart: "${RESTART:-unless-stopped}"}\n  d: {image: example/d:1, restart: "${RESTART}"}\n  e: {image: example/e:1, deploy: {restart_policy: {condition: any}}}\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const restart = service.get('restart');
        const condition = service.get('deploy', 'restart_policy', 'condition');
        judge('policy', service, restart, isPolicy, policies);
        judge('condition', service, condition, isCondition, conditions);
      },
    };

    function judge(
      message: 'policy' | 'condition',
      service: Service,
      entry: Entry | undefined,
      isKnown: (text: string) => boolean,
      names: readonly string[],
    ): void {
      const node = entry?.node;
      // What is no text the schema tells.
      if (!entry || node?.kind !== 'scalar' || typeof node.value !== 'string') return;
      const value = resolvedString(model, node);
      if (!value?.known || isKnown(value.value) || seen.has(node.span.start)) return;
      seen.add(node.span.start);
      const at = contentSpan(node, model.text);
      const meant = spanText(model.text, at) === value.value ? meantBy(value.value, names) : undefined;
      const title = meant && sharedTitle(`Write ${meant}`, service, entry.sharedBy);
      report(message, {
        at,
        data: { service: [service.name, ...entry.sharedBy].join(', '), value: value.value },
        fixes: meant && title ? [fix(title, 'suggestion', [replace(at, meant)])] : [],
      });
    }
  },
});

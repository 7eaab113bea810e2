// compose-unsorted-dependencies: dependencies that do not stand in the order of their names.

import { composeRule, fix } from '../../engine/rule.ts';
import { meantBy } from '../../model/compose/effective.ts';
import { PlacesTold } from '../../model/looking.ts';
import { reorderEntries } from '../../model/yaml/reorder.ts';
import { byName, firstMisplaced, orderOf } from '../../text/order.ts';

export default composeRule({
  id: 'compose-unsorted-dependencies',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Dependencies out of order',
  messages: {
    unsorted: {
      text: '{dependency} stands behind {above} in depends_on of {service}: the order of names is the one that everybody finds. Move it up.',
      equivalents: ['dclint:service-dependencies-alphabetical-order'],
    },
  },
  docs: {
    why: 'All dependencies have to be there before the service starts, whatever their order. One order for all files makes changes small and lists easy to compare.',
    remedy: 'Put the entries in the order of their names; the repair moves each with its comments.',
    references: ['https://docs.docker.com/reference/compose-file/services/#depends_on'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The order of dependencies means nothing to Compose.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    depends_on: [redis, «db», api]\n  api:\n    image: example/api:1\n    depends_on:\n      redis:\n        condition: service_started\n      # first of all\n      «db»:\n        condition: service_healthy\n  db:\n    image: postgres:18.6\n    healthcheck: {test: [CMD, pg_isready]}\n  redis:\n    image: redis:8.8\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    depends_on: [api, db, redis]\n  api:\n    image: example/api:1\n    depends_on:\n      # first of all\n      db:\n        condition: service_healthy\n      redis:\n        condition: service_started\n  db:\n    image: postgres:18.6\n    healthcheck: {test: [CMD, pg_isready]}\n  redis:\n    image: redis:8.8\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    depends_on: [api, db]\n  api:\n    image: example/api:1\n  db:\n    image: postgres:18.6\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const node = service.get('depends_on')?.node;
        if ((node?.kind !== 'map' && node?.kind !== 'sequence') || seen.has(node.span.start)) return;
        seen.add(node.span.start);
        const keys =
          node.kind === 'map' ? node.pairs.map(({ key }) => key) : node.items.map(item => meantBy(item));
        const names = keys.map(key => (key.kind === 'scalar' ? key.text : ''));
        const index = firstMisplaced(names, byName);
        const key = keys[index];
        if (!key) return;
        const edits = reorderEntries(model.text, node, orderOf(names, byName));
        report('unsorted', {
          at: node.kind === 'map' ? key.span : (node.items[index] ?? key).span,
          data: { service: service.name, dependency: names[index] ?? '', above: names[index - 1] ?? '' },
          fixes: edits ? [fix('Sort depends_on', 'safe', edits)] : [],
        });
      },
    };
  },
});

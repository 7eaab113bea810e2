// compose-unsorted-service-keys: keys of a service in an order of their own.
import { option } from '../../engine/options.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { reorderEntries } from '../../model/yaml/reorder.ts';
import { byName, firstMisplaced, orderOf } from '../../text/order.ts';

/** What runs, what it waits for, what it keeps, what it is told, where it is reached, how it behaves. */
const usual = [
  ...['image', 'build', 'container_name', 'depends_on', 'volumes', 'volumes_from', 'configs', 'secrets'],
  ...['environment', 'env_file', 'ports', 'networks', 'network_mode', 'extra_hosts'],
  ...[
    'command',
    'entrypoint',
    'working_dir',
    'restart',
    'healthcheck',
    'logging',
    'labels',
    'user',
    'isolation',
  ],
];

export default composeRule({
  id: 'compose-unsorted-service-keys',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Keys of a service out of order',
  messages: {
    unsorted: {
      text: '{key} stands behind {above} in {service}: with the same order everywhere, what is missing is seen at a glance. Move it up.',
      equivalents: ['dclint:service-keys-order'],
    },
  },
  docs: {
    why: 'In every service the same keys come back. Where they always stand in the same order, a reader sees what a service has and what it lacks without reading it.',
    remedy:
      'Put the keys in the order of the option `order`; those that are not in it follow by name, what is merged comes first, extensions (`x-`) last. The repair moves each key with its comments.',
    limits: 'No repair is offered where an alias would come to stand above its anchor.',
    references: ['https://docs.docker.com/reference/compose-file/services/'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The order of keys means nothing to Compose.' },
  options: {
    order: option.strings(usual, 'The keys in their order.'),
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    ports: ["127.0.0.1:8080:80"]\n    # the newest\n    «image»: nginx:1.30\n    x-note: ours\n    environment:\n      MODE: fast\n',
        fixed:
          'services:\n  web:\n    # the newest\n    image: nginx:1.30\n    environment:\n      MODE: fast\n    ports: ["127.0.0.1:8080:80"]\n    x-note: ours\n',
      },
      {
        code: 'services:\n  web: {image: "nginx:1.30", «restart»: always}\n',
        options: { order: ['restart', 'image'] },
        fixed: 'services:\n  web: {restart: always, image: "nginx:1.30"}\n',
      },
    ],
    good: [
      {
        code: 'x-base: &base\n  init: true\nservices:\n  web:\n    <<: *base\n    image: nginx:1.30\n    volumes: [/cache]\n    environment: {A: b}\n    ports: ["127.0.0.1:8080:80"]\n    cpu_shares: 2\n    init: true\n    x-note: ours\n',
      },
    ],
  },
  check: ({ model, options, report }) => {
    const places = new Map(options.order.map((key, place) => [key, place]));
    const rank = (key: string): number => {
      if (key === '<<') return -1;
      return key.startsWith('x-') ? Number.MAX_SAFE_INTEGER : (places.get(key) ?? options.order.length);
    };
    const byRank = (a: string, b: string): number => rank(a) - rank(b) || (places.has(a) ? 0 : byName(a, b));
    return {
      service({ map, name }) {
        if (!map || model.problems.length > 0) return;
        const keys = map.pairs.map(({ key }) => key.text);
        const index = firstMisplaced(keys, byRank);
        const pair = map.pairs[index];
        if (!pair) return;
        const edits = reorderEntries(model.text, map, orderOf(keys, byRank));
        report('unsorted', {
          at: pair.key.span,
          data: { service: name, key: pair.key.text, above: keys[index - 1] ?? '' },
          fixes: edits ? [fix(`Sort the keys of ${name}`, 'safe', edits)] : [],
        });
      },
    };
  },
});

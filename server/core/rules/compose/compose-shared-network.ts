// compose-shared-network: a store on the same network as what faces the world, and does not need it.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { namedImage } from '../../insight/service-image.ts';
import { addKey, addTopLevel } from '../../model/compose/edit.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import type { Edit } from '../../text/edit.ts';

const namesIn = (model: ComposeModel, service: Service, key: 'depends_on' | 'links'): string[] => {
  const node = service.get(key)?.node;
  if (node?.kind === 'map') return node.pairs.map(pair => pair.key.text);
  return itemsOf(model, service, key).map(({ text }) => text.split(':')[0] ?? '');
};

/** What a service says it needs; or names in its environment. */
const needs = (model: ComposeModel, service: Service, name: string): boolean =>
  namesIn(model, service, 'depends_on').includes(name) ||
  namesIn(model, service, 'links').includes(name) ||
  service.pairs('environment').some(({ value }) => value?.split(/[^\w.-]+/).includes(name));

/** The store gets a network without a way out; whoever needs it joins. */
function separate(model: ComposeModel, store: Service, users: readonly Service[]): Fix[] {
  const network = `${store.name}-net`;
  const edits: Edit[] = [];
  const additions = [
    addKey(model, store, ['networks'], { list: [network] }),
    ...users.map(user => addKey(model, user, ['networks'], { list: ['default', network] })),
    addTopLevel(model, 'networks', network, { map: { internal: true } }),
  ];
  for (const added of additions) {
    if (added === null) return [];
    edits.push(...added);
  }
  return [
    fix(`Give ${store.name} a network of its own`, 'suggestion', edits, { group: 'compose-shared-network' }),
  ];
}

export default composeRule({
  id: 'compose-shared-network',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'One network for all services',
  messages: {
    shared: {
      text: '{front} is published and shares its network with {service}, which it does not use: whoever breaks into {front} talks to {store} at once. Put {service} on a network of its own with {users}.',
    },
  },
  docs: {
    why: 'Services without `networks` are all on one, and each reaches every port of every other. A flaw in the proxy that faces the internet is then a way to the database, past the application that guards it.',
    remedy:
      'Give each store a network with those that use it; `internal: true` also keeps it from calling out. The repair writes one for the store and lets its users join.',
    limits:
      'Who uses whom, `depends_on`, `links` and the environment say. Files in which any service names its networks are not reported.',
    references: [
      'https://docs.docker.com/compose/how-tos/networking/#specify-custom-networks',
      'https://docs.docker.com/reference/compose-file/networks/#internal',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A service that uses the store without saying so no longer reaches it, and the store no longer reaches the internet.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  proxy:\n    image: nginx:1.30\n    ports: ["80:80"]\n    depends_on: [app]\n  app:\n    image: example/app:1\n    depends_on: [db]\n  «db»:\n    image: postgres:18.6\n',
        fixed:
          'services:\n  proxy:\n    image: nginx:1.30\n    ports: ["80:80"]\n    depends_on: [app]\n  app:\n    image: example/app:1\n    depends_on: [db]\n    networks:\n      - default\n      - db-net\n  db:\n    image: postgres:18.6\n    networks:\n      - db-net\n\nnetworks:\n  db-net:\n    internal: true\n',
      },
      {
        note: 'A service under a second name cannot be changed alone.',
        code: 'services:\n  proxy:\n    image: nginx:1.30\n    ports: ["80:80"]\n  app: &app\n    image: example/app:1\n    depends_on: [db]\n  worker: *app\n  «db»:\n    image: postgres:18.6\n',
        fixed:
          'services:\n  proxy:\n    image: nginx:1.30\n    ports: ["80:80"]\n  app: &app\n    image: example/app:1\n    depends_on: [db]\n  worker: *app\n  db:\n    image: postgres:18.6\n',
      },
    ],
    good: [
      {
        note: 'What is published uses it.',
        code: 'services:\n  app:\n    image: example/app:1\n    ports: ["80:80"]\n    environment: {DATABASE_HOST: db}\n  worker:\n    image: example/worker:1\n    depends_on: [db]\n  db:\n    image: postgres:18.6\n',
      },
      {
        code: 'services:\n  proxy:\n    image: nginx:1.30\n    ports: ["80:80"]\n  app:\n    image: example/app:1\n    depends_on: [db]\n    networks: [default, back]\n  db:\n    image: postgres:18.6\n    networks: [back]\nnetworks:\n  back:\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    end() {
      const { services } = model;
      if (services.length < 3 || services.some(each => each.get('networks') || each.get('network_mode')))
        return;
      const stores = services.filter(service => {
        const store = namedImage(model, service)?.store;
        return store && store.kind !== 'files' && store.kind !== 'metrics' && !service.get('ports');
      });
      if (stores.length === 0) return;
      const fronts = services.filter(service => service.get('ports') && !stores.includes(service));
      for (const service of stores) {
        const users = services.filter(other => other !== service && needs(model, other, service.name));
        const front = fronts.find(other => !users.includes(other));
        if (!front || users.length === 0) continue;
        report('shared', {
          at: service.nameSpan,
          data: {
            front: front.name,
            service: service.name,
            store: namedImage(model, service)?.store?.name ?? service.name,
            users: users.map(({ name }) => name).join(', '),
          },
          fixes: separate(model, service, users),
        });
      }
    },
  }),
});

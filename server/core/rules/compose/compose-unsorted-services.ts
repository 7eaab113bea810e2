// compose-unsorted-services: services that do not stand in the order of their names.
import { composeRule, fix } from '../../engine/rule.ts';
import { meantBy } from '../../model/compose/effective.ts';
import { reorderEntries } from '../../model/yaml/reorder.ts';
import { byName, firstMisplaced, orderOf } from '../../text/order.ts';

export default composeRule({
  id: 'compose-unsorted-services',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Services out of order',
  messages: {
    unsorted: {
      text: 'The service {service} stands behind {above}: in the order of the names it is found at once. Move it up.',
      equivalents: ['dclint:services-alphabetical-order'],
    },
  },
  docs: {
    why: 'In a long file a service is looked for by its name. Where the services stand in that order, nobody has to search, and two people who add one each do so in different places.',
    remedy:
      'Put the services in the order of their names. The repair moves each with its comments; the order in which they start does not change.',
    limits:
      'Many write services in the order in which they start: this is an opinion. No repair is offered where an alias would come to stand above its anchor.',
    references: ['https://docs.docker.com/reference/compose-file/services/'],
  },
  fix: { availability: 'sometimes', safety: 'safe', why: 'The order of services means nothing to Compose.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n\n  # where all is kept\n  «db»:\n    image: postgres:18.6\n    # no volume\n\n  cache:\n    image: redis:8.8\n',
        fixed:
          'services:\n  cache:\n    image: redis:8.8\n\n  # where all is kept\n  db:\n    image: postgres:18.6\n    # no volume\n\n  web:\n    image: nginx:1.30\n',
      },
      {
        note: 'The anchor has to stand first.',
        code: 'services:\n  web: &web\n    image: nginx:1.30\n  «api»:\n    <<: *web\n    command: [api]\n',
        fixed: 'services:\n  web: &web\n    image: nginx:1.30\n  api:\n    <<: *web\n    command: [api]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  Api:\n    image: example/api:1\n  db:\n    image: postgres:18.6\n  web:\n    image: nginx:1.30\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    file({ root, text }) {
      const services = meantBy(root?.pairs.find(({ key }) => key.text === 'services')?.value ?? null);
      if (services?.kind !== 'map' || model.problems.length > 0) return;
      const names = services.pairs.map(({ key }) => key.text);
      const index = firstMisplaced(names, byName);
      const pair = services.pairs[index];
      if (!pair) return;
      const edits = reorderEntries(text, services, orderOf(names, byName));
      report('unsorted', {
        at: pair.key.span,
        data: { service: pair.key.text, above: names[index - 1] ?? '' },
        fixes: edits ? [fix('Sort the services', 'safe', edits)] : [],
      });
    },
  }),
});

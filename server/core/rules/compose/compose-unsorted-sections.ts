// compose-unsorted-sections: sections of a file in an order of their own.
import { option } from '../../engine/options.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { reorderEntries } from '../../model/yaml/reorder.ts';
import { byName, firstMisplaced, orderOf } from '../../text/order.ts';

const usual = ['x-*', 'version', 'name', 'include', 'services', 'networks', 'volumes', 'secrets', 'configs'];

export default composeRule({
  id: 'compose-unsorted-sections',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Sections of a file out of order',
  messages: {
    unsorted: {
      text: '{section} stands behind {above}: in a file that is laid out as all others are, everything is found at once. Move it up.',
      equivalents: ['dclint:top-level-properties-order'],
    },
  },
  docs: {
    why: 'What a file is about comes first, what the services use comes behind them, and fragments come in front of whoever takes them. Where all files do so, nobody has to search.',
    remedy:
      'Put the sections in the order of the option `order`, in which `x-*` stands for all extensions. The repair moves each with its comments.',
    limits: 'No repair is offered where an alias would come to stand above its anchor.',
    references: ['https://docs.docker.com/reference/compose-file/'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The order of sections means nothing to Compose.' },
  options: {
    order: option.strings(usual, 'The sections in their order; others follow by name.'),
  },
  examples: {
    bad: [
      {
        code: '# The shop.\nservices:\n  web:\n    image: nginx:1.30\n    volumes: [data:/data]\n    networks: [front]\n\n# kept\nvolumes:\n  data:\n\n«networks»:\n  front:\n',
        fixed:
          '# The shop.\nservices:\n  web:\n    image: nginx:1.30\n    volumes: [data:/data]\n    networks: [front]\n\nnetworks:\n  front:\n\n# kept\nvolumes:\n  data:\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n«name»: shop\n',
        options: { order: ['name', 'services'] },
        fixed: 'name: shop\nservices:\n  web:\n    image: nginx:1.30\n',
      },
    ],
    good: [
      {
        code: 'x-b: &b\n  init: true\nx-a: {}\nname: shop\nservices:\n  web:\n    <<: *b\n    image: nginx:1.30\nmodels:\n  small:\n    model: example/small\n',
      },
    ],
  },
  check: ({ model, options, report }) => {
    const places = new Map(options.order.map((key, place) => [key, place]));
    const nameOf = (key: string): string => (key.startsWith('x-') ? 'x-*' : key);
    const rank = (key: string): number => places.get(nameOf(key)) ?? options.order.length;
    const byRank = (a: string, b: string): number =>
      rank(a) - rank(b) || (places.has(nameOf(a)) ? 0 : byName(a, b));
    return {
      file({ root, text }) {
        if (!root || model.problems.length > 0) return;
        const keys = root.pairs.map(({ key }) => key.text);
        const index = firstMisplaced(keys, byRank);
        const pair = root.pairs[index];
        if (!pair) return;
        const edits = reorderEntries(text, root, orderOf(keys, byRank));
        report('unsorted', {
          at: pair.key.span,
          data: { section: pair.key.text, above: keys[index - 1] ?? '' },
          fixes: edits ? [fix('Sort the sections', 'safe', edits)] : [],
        });
      },
    };
  },
});

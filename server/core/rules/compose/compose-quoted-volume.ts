// compose-quoted-volume: volumes in quotes that they do not need.

import { composeRule, fix } from '../../engine/rule.ts';
import { PlacesTold } from '../../model/looking.ts';
import { quoteScalar } from '../../model/yaml/quote.ts';
import { replace } from '../../text/edit.ts';

export default composeRule({
  id: 'compose-quoted-volume',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Volumes in quotes',
  messages: {
    quoted: {
      text: 'The volume {volume} of {service} stands in quotes that it does not need: without them paths are easier to read. Take them away.',
      equivalents: ['dclint:no-quotes-in-volumes'],
    },
  },
  docs: {
    why: 'A path is a text to every reader of YAML, with quotes and without. Some files have quotes in one line and none in the next, and a reader looks for the difference.',
    remedy: 'Take the quotes away. Those that YAML needs stay, and nothing is said of them.',
    references: ['https://docs.docker.com/reference/compose-file/services/#volumes'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'YAML reads the same text.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    volumes:\n      - «"./site:/site:ro"» # ours\n      - type: volume\n        source: data\n        target: «"/data"»\nvolumes:\n  data:\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    volumes:\n      - ./site:/site:ro # ours\n      - type: volume\n        source: data\n        target: /data\nvolumes:\n  data:\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    volumes: [data:/data, "~/a b #1:/c", "[x]:/y"]\n    labels: ["a=b"]\nvolumes:\n  data:\n    driver: "local"\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const node = service.get('volumes')?.node;
        if (node?.kind !== 'sequence') return;
        for (const item of node.items) {
          const isFlow = node.flow || (item.kind === 'map' && item.flow);
          const scalars = item.kind === 'map' ? item.pairs.map(({ value }) => value) : [item];
          for (const scalar of scalars) {
            if (scalar?.kind !== 'scalar' || (scalar.style !== 'double' && scalar.style !== 'single'))
              continue;
            const { text: volume, span: at } = scalar;
            if (quoteScalar(volume, model.style, isFlow) !== volume || seen.has(at.start)) continue;
            seen.add(at.start);
            const fixes = [fix('Take the quotes away', 'safe', [replace(at, volume)])];
            report('quoted', { at, data: { volume, service: service.name }, fixes });
          }
        }
      },
    };
  },
});

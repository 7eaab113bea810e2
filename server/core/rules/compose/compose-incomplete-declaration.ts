// compose-incomplete-declaration: a secret, config or volume of which Compose cannot tell where it comes from.
import { composeRule, fix } from '../../engine/rule.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import { meantBy } from '../../model/compose/effective.ts';
import type { Entry } from '../../model/compose/model.ts';
import { isTrue } from '../../model/compose/truth.ts';
import type { YamlMap, YamlPair } from '../../model/yaml/node.ts';

/** Where the content may come from. */
const sources: Readonly<Record<string, readonly string[]>> = {
  secrets: ['file', 'environment'],
  configs: ['file', 'environment', 'content'],
};

/** What stands beside `external: true` in a volume. */
const besideExternal = new Set(['name', 'external']);

const isExternal = (map: YamlMap): boolean => {
  const pair = map.pairs.find(({ key }) => key.text === 'external');
  return pair !== undefined && (meantBy(pair.value)?.kind === 'map' || isTrue(meantBy(pair.value)));
};

const pairsOf = ({ pairs }: YamlMap, names: readonly string[]): readonly YamlPair[] =>
  pairs.filter(({ key }) => names.includes(key.text));

const kindOf = (section: string): string => section.replace(/s$/, '');

export default composeRule({
  id: 'compose-incomplete-declaration',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A declaration that says too little or too much',
  messages: {
    none: {
      text: 'The {kind} {name} does not say where its content comes from: Compose refuses the file. Add one of {keys}, or `external: true`.',
    },
    several: {
      text: 'The {kind} {name} has {keys}, of which one excludes the other: Compose refuses the file. Keep one of them.',
    },
    external: {
      text: 'The volume {name} is external, so that {key} does nothing: Compose refuses the file. Take one of the two out.',
    },
  },
  docs: {
    why: 'A secret or config needs exactly one source: a file, a variable of the environment, or (a config) its text. An external volume is made by somebody else: how it is made cannot be said here. Compose refuses the file in each case.',
    remedy: 'Write one source. At an external volume keep nothing but `name`.',
    references: [
      'https://docs.docker.com/reference/compose-file/secrets/',
      'https://docs.docker.com/reference/compose-file/configs/',
      'https://docs.docker.com/reference/compose-file/volumes/#external',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which source was meant, only its author knows.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\nsecrets:\n  «key»: {}\nconfigs:\n  site:\n    file: ./site.conf\n    «content»: listen 80\nvolumes:\n  data:\n    external: true\n    «driver»: local\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\nsecrets:\n  key: {}\nconfigs:\n  site:\n    file: ./site.conf\nvolumes:\n  data:\n    external: true\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\nsecrets:\n  key:\n    file: ./key\n  other:\n    external: true\n  driven:\n    driver: vault\nconfigs:\n  site:\n    content: listen 80\nvolumes:\n  data:\n    external: true\n    name: shop-data\n    x-note: ours\n  cache:\n    external: false\n    driver: local\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const removal = ({ key }: YamlPair) => {
      const edits = removeEntries(model, [key.span]);
      return edits ? [fix(`Remove ${key.text}`, 'suggestion', edits)] : [];
    };
    const checkSource = (section: string, { name, keySpan, node }: Entry, keys: readonly string[]): void => {
      if (node?.kind !== 'map' || node.pairs.some(({ key }) => key.text === '<<')) return;
      const found = pairsOf(node, keys);
      const kind = kindOf(section);
      const [, second] = found;
      if (second !== undefined) {
        const written = found.map(({ key }) => key.text).join(' and ');
        report('several', {
          at: second.key.span,
          data: { kind, name, keys: written },
          fixes: removal(second),
        });
      } else if (found.length === 0 && pairsOf(node, ['driver', 'external']).length === 0) {
        report('none', { at: keySpan, data: { kind, name, keys: keys.join(', ') } });
      }
    };
    return {
      end() {
        for (const [section, keys] of Object.entries(sources)) {
          for (const entry of model.section(section)) checkSource(section, entry, keys);
        }
        for (const { name, node } of model.section('volumes')) {
          if (node?.kind !== 'map' || !isExternal(node)) continue;
          for (const pair of node.pairs) {
            const key = pair.key.text;
            if (besideExternal.has(key) || key.startsWith('x-') || key === '<<') continue;
            report('external', { at: pair.key.span, data: { name, key }, fixes: removal(pair) });
          }
        }
      },
    };
  },
});

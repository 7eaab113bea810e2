// compose-repeated-entry: an entry of a list that Compose leaves out, because a later one takes its place.

import { composeRule, fix } from '../../engine/rule.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import type { Entry, Service } from '../../model/compose/model.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { Span } from '../../text/span.ts';

/** Lists of `NAME=value`: the last one of a name counts. */
const pairLists = [
  ['environment'],
  ['labels'],
  ['annotations'],
  ['sysctls'],
  ['build', 'args'],
  ['build', 'labels'],
  ['deploy', 'labels'],
];

/** Lists in which an entry counts once, however often it stands there. */
const plainLists = [
  'cap_add',
  'cap_drop',
  'dns',
  'dns_opt',
  'dns_search',
  'expose',
  'links',
  'ports',
  'profiles',
  'tmpfs',
  'volumes',
];

interface Repeated {
  readonly at: Span;
  readonly text: string;
}

/** Those that stand there again. */
function repeatedIn({ node }: Entry): Repeated[] {
  if (node?.kind !== 'sequence') return [];
  const seen = new Set<string>();
  return node.items.flatMap(item => {
    if (item.kind !== 'scalar' || item.value === null) return [];
    if (seen.has(item.text)) return [{ at: item.span, text: item.text }];
    seen.add(item.text);
    return [];
  });
}

/** Those of which a later one has the name. */
function replacedIn(service: Service, path: readonly string[]): Repeated[] {
  if (service.get(...path)?.node?.kind !== 'sequence') return [];
  const seen = new Set<string>();
  return [...service.pairs(...path)].reverse().flatMap(({ name, span }) => {
    if (seen.has(name)) return [{ at: span, text: name }];
    seen.add(name);
    return [];
  });
}

export default composeRule({
  id: 'compose-repeated-entry',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'An entry that stands in a list twice',
  messages: {
    repeated: {
      text: '{entry} stands in {key} of {service} already: a second time it does nothing. Take it out.',
      severity: 'info',
    },
    replaced: {
      text: '{name} is given again further down in {key} of {service}: the last one counts, and this one has no effect. Take one of them out.',
    },
  },
  docs: {
    why: 'In lists that are made of `NAME=value` Compose keeps the last entry of a name, elsewhere an entry once. Nothing tells that the other one is left out: who changes it, changes nothing.',
    remedy:
      'Take the entry out that has no effect. The repair does so: the service stays as it is. Where the other value was meant, remove that one instead.',
    references: ['https://docs.docker.com/reference/compose-file/services/#environment'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Compose itself leaves the entry out.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    environment:\n      - «MODE=slow»\n      - LEVEL=info\n      # faster\n      - MODE=fast\n    cap_drop: [ALL, «ALL»]\n    build:\n      context: .\n      args: [«A», A=1]\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    environment:\n      - LEVEL=info\n      # faster\n      - MODE=fast\n    cap_drop: [ALL]\n    build:\n      context: .\n      args: [A=1]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    command: [echo, a, a]\n    environment: [A=1, B=1]\n    ports: ["80:80", "81:80"]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const fixesFor = (at: Span) => {
      const edits = removeEntries(model, [at]);
      return edits ? [fix('Remove it', 'safe', edits)] : [];
    };
    return {
      service(service) {
        for (const path of pairLists) {
          for (const { at, text: name } of replacedIn(service, path)) {
            if (seen.has(at.start)) continue;
            seen.add(at.start);
            const data = { name, key: path.join('.'), service: service.name };
            report('replaced', { at, data, fixes: fixesFor(at) });
          }
        }
        for (const entry of service.entries.filter(({ name }) => plainLists.includes(name))) {
          for (const { at, text } of repeatedIn(entry)) {
            if (seen.has(at.start)) continue;
            seen.add(at.start);
            const data = { entry: text, key: entry.name, service: service.name };
            report('repeated', { at, data, fixes: fixesFor(at) });
          }
        }
      },
    };
  },
});

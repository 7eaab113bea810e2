// compose-loose-ulimit: a limit of the kernel that is lifted, or that cannot be set.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { meantBy } from '../../model/compose/effective.ts';
import type { Entry } from '../../model/compose/model.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { YamlScalar } from '../../model/yaml/node.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { replace } from '../../text/edit.ts';

/** What a lifted limit lets a service do, and a value to start from. */
const limits: Readonly<Record<string, readonly [consequence: string, instead: number]>> = {
  nofile: ['open files until the machine has none left', 65_536],
  nproc: ['start processes until the machine can bear no more', 4_096],
  core: ['write its memory to disk when it crashes, passwords included', 0],
  fsize: ['write files of any size', 1_073_741_824],
  sigpending: ['fill the queue of signals', 4_096],
};

const isUnlimited = ({ text }: YamlScalar): boolean => /^(?:-1|unlimited)$/i.test(text);

const scalarOf = (entry: Entry | undefined): YamlScalar | null => {
  const node = meantBy(entry?.node ?? null);
  return node?.kind === 'scalar' && node.value !== null ? node : null;
};

export default composeRule({
  id: 'compose-loose-ulimit',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A limit that is lifted',
  messages: {
    unlimited: {
      text: 'Without a limit of {name} {service} can {consequence}. State a number such as {instead}.',
    },
    crossed: {
      text: 'The soft limit of {name} is above the hard one, which Docker refuses: {service} does not start. Lower it to {hard}.',
      severity: 'error',
    },
  },
  docs: {
    why: 'The kernel bounds what one process may open, start and write. A service with `nofile: -1` or `core: -1` has lifted a bound that protects its neighbours, or the secrets in its memory.',
    remedy: 'State what the service needs: 65536 open files are many. `core: 0` writes no memory to disk.',
    limits:
      '`memlock: -1`, which databases ask for, is accepted. What the daemon sets by default is not seen.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#ulimits',
      'https://www.cisecurity.org/benchmark/docker',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'How much a service needs, only its load tells.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ulimits:\n      nofile: «-1»\n      core:\n        soft: 0\n        hard: «"-1"»\n      nproc: {soft: «9000», hard: 4096}\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    ulimits:\n      nofile: 65536\n      core:\n        soft: 0\n        hard: "0"\n      nproc: {soft: 4096, hard: 4096}\n',
      },
    ],
    good: [
      {
        code: 'services:\n  search:\n    image: elasticsearch:9.3.1\n    ulimits: {memlock: {soft: -1, hard: -1}, nofile: 65536}\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const isNew = ({ span: { start } }: YamlScalar): boolean =>
      !seen.has(start) && seen.add(start).has(start);
    return {
      service(service) {
        const ulimits = service.get('ulimits');
        if (ulimits?.node?.kind !== 'map') return;
        const setTo = (node: YamlScalar, value: string | number): Fix[] => [
          fix(sharedTitle(`Set it to ${value}`, service, ulimits.sharedBy), 'suggestion', [
            replace(contentSpan(node, model.text), String(value)),
          ]),
        ];
        for (const { key } of ulimits.node.pairs) {
          const name = key.text;
          const [single, soft, hard] = [[], ['soft'], ['hard']].map(path =>
            scalarOf(service.get('ulimits', name, ...path)),
          );
          const [consequence, instead] = (Object.hasOwn(limits, name) && limits[name]) || [];
          for (const node of [single, soft, hard]) {
            if (!node || consequence === undefined || instead === undefined) continue;
            if (!isUnlimited(node) || !isNew(node)) continue;
            const data = { name, service: service.name, consequence, instead };
            report('unlimited', { at: node.span, data, fixes: setTo(node, instead) });
          }
          if (!soft || !hard || isUnlimited(hard) || Number(soft.text) <= Number(hard.text)) continue;
          if (!isNew(soft)) continue;
          const data = { name, service: service.name, hard: hard.text };
          report('crossed', { at: soft.span, data, fixes: setTo(soft, hard.text) });
        }
      },
    };
  },
});

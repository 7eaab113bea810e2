// compose-duplicate-port: two services that want the same port of the host.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { meetUnderProfiles } from '../../insight/profiles.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { type Port, portsOf } from '../../model/compose/ports.ts';
import { replace } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

interface Published {
  readonly service: Service;
  readonly port: Port;
}

/** Longer ranges tell nothing that their first ports would not. */
const longest = 2_000;

/** The ports of the host; a text with variables stands for itself. */
function hostPorts(published: string): readonly (number | string)[] {
  const [, first = '', last = first] = /^(\d+)(?:-(\d+))?$/.exec(published) ?? [];
  if (first === '') return [published];
  const count = Math.min(Number(last) - Number(first) + 1, longest);
  return Array.from({ length: Math.max(count, 1) }, (_, index) => Number(first) + index);
}

const everywhere = new Set<string | null>([null, '', '0.0.0.0', '::', '*']);

const clash = (a: Port, b: Port): boolean =>
  a.protocol === b.protocol &&
  (everywhere.has(a.hostIp) || everywhere.has(b.hostIp) || a.hostIp === b.hostIp);

/** The same entry twice in one list is one entry to Compose. */
const isSameEntry = ({ text }: ComposeModel, one: Published, other: Published): boolean =>
  one.service === other.service && spanText(text, one.port.span) === spanText(text, other.port.span);

const usesHostNetwork = (service: Service): boolean => {
  const mode = service.get('network_mode')?.node;
  return mode?.kind === 'scalar' && mode.text === 'host';
};

function moveFixes(
  { text }: ComposeModel,
  { span: where, published }: Port,
  taken: ReadonlySet<unknown>,
): Fix[] {
  if (published === null || !/^\d+$/.test(published)) return [];
  let free = Number(published) + 1;
  while (taken.has(free)) free++;
  const source = spanText(text, where);
  const place = /(?:^|[^\d])(\d+):(?:\d+)(?:-\d+)?(?:\/\w+)?["']?$|\bpublished["']?\s*:\s*["']?(\d+)/.exec(
    source,
  );
  const number = place?.[1] ?? place?.[2];
  if (!place || number !== published || free > 65_535) return [];
  const start =
    where.start + place.index + place[0].indexOf(published, place[2] === undefined ? 0 : 'published'.length);
  return [
    fix(`Publish it on ${free}`, 'suggestion', [
      replace(span(start, start + published.length), String(free)),
    ]),
  ];
}

export default composeRule({
  id: 'compose-duplicate-port',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A port of the host that is published twice',
  messages: {
    taken: {
      text: '{service} publishes {port}, which {other} has already: whoever comes second does not start. Publish one of them on another port.',
      equivalents: ['dclint:no-duplicate-exported-ports'],
    },
  },
  docs: {
    why: 'A port of the host belongs to one container. The second one fails with "port is already allocated", and which is the second one depends on the order in which they start.',
    remedy:
      'Publish one of the two on another port of the host; the port in the container stays. Or publish only the one that is needed from outside: services reach each other without published ports.',
    limits:
      'Services that only different profiles start are taken for alternatives. Addresses that differ do not collide, nor do TCP and UDP. A variable without a default is known only to be the same as itself.',
    references: ['https://docs.docker.com/reference/compose-file/services/#ports'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Whoever uses the port has to be told of the new one.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - "8080:80"\n  api:\n    image: example/api:1\n    ports:\n      - «"127.0.0.1:8080:3000"»\n  admin:\n    image: example/admin:1\n    ports: [«{target: 80, published: "8080"}», "8081:81"]\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - "8080:80"\n  api:\n    image: example/api:1\n    ports:\n      - "127.0.0.1:8082:3000"\n  admin:\n    image: example/admin:1\n    ports: [{target: 80, published: "8083"}, "8081:81"]\n',
      },
      {
        note: 'A range, and a variable.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports: ["8000-8010:80", "${PORT}:81"]\n  api:\n    image: example/api:1\n    ports: [«"8005:80"», «"${PORT}:82"»]\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    ports: ["8000-8010:80", "${PORT}:81"]\n  api:\n    image: example/api:1\n    ports: ["8011:80", "${PORT}:82"]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports: ["127.0.0.1:8080:80", "53:53/udp", "9000"]\n  api:\n    image: example/api:1\n    ports: ["127.0.0.2:8080:80", "53:53/tcp", "9000"]\n',
      },
      {
        note: 'Alternatives.',
        code: 'services:\n  small:\n    image: example/small:1\n    profiles: [small]\n    ports: ["8080:80"]\n  large:\n    image: example/large:1\n    profiles: [large]\n    ports: ["8080:80"]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const holders = new Map<number | string, Published[]>();
    const later: { readonly published: Published; readonly first: Published }[] = [];
    return {
      service(service) {
        if (usesHostNetwork(service)) return;
        for (const port of portsOf(model, service)) {
          const published = { service, port };
          const clashing = (first: Published): boolean =>
            clash(first.port, port) &&
            !isSameEntry(model, first, published) &&
            meetUnderProfiles(model, first.service, service);
          let first: Published | undefined;
          for (const number of port.published === null ? [] : hostPorts(port.published)) {
            const before = holders.get(number) ?? [];
            first ??= before.find(clashing);
            holders.set(number, [...before, published]);
          }
          if (first !== undefined) later.push({ published, first });
        }
      },
      end() {
        const seen = new Set<number>();
        const taken = new Set<unknown>(holders.keys());
        for (const { published, first } of later) {
          const { service, port } = published;
          if (seen.has(port.span.start)) continue;
          seen.add(port.span.start);
          const fixes = moveFixes(model, port, taken);
          const [number] = /\d+$/.exec(fixes[0]?.title ?? '') ?? [];
          if (number !== undefined) taken.add(Number(number));
          report('taken', {
            at: port.span,
            data: { service: service.name, port: port.published ?? '', other: first.service.name },
            related: [{ span: first.port.span, message: `${first.service.name} has it here.` }],
            fixes,
          });
        }
      },
    };
  },
});

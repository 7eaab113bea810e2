// compose-unsorted-ports: ports that do not stand in the order of their numbers.

import { composeRule, fix } from '../../engine/rule.ts';
import { type Port, portsOf } from '../../model/compose/ports.ts';
import { PlacesTold } from '../../model/looking.ts';
import { reorderEntries } from '../../model/yaml/reorder.ts';
import { firstMisplaced, orderOf } from '../../text/order.ts';

/** By the port of the host, else that of the container; what only a variable tells comes first. */
const numberOf = ({ published, target }: Port): number => {
  const [digits] = /^\d+/.exec(published ?? String(target ?? '')) ?? [];
  return digits === undefined ? 0 : Number(digits);
};

const byNumber = (a: number, b: number): number => a - b;

export default composeRule({
  id: 'compose-unsorted-ports',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Ports out of order',
  messages: {
    unsorted: {
      text: 'The port {port} of {service} stands behind {above}: in the order of the numbers the ports are found at once. Move it up.',
      equivalents: ['dclint:service-ports-alphabetical-order'],
    },
  },
  docs: {
    why: 'Who asks what a service publishes looks for a number. One order for all lists makes them easy to read and to compare.',
    remedy: 'Put the ports in the order of the ports of the host; the repair moves each with its comments.',
    references: ['https://docs.docker.com/reference/compose-file/services/#ports'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The order of ports means nothing to Compose.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - "127.0.0.1:8443:443"\n      # for the proxy\n      - «"127.0.0.1:8080:80"»\n      - target: 81\n        published: "8081"\n        host_ip: 127.0.0.1\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    ports:\n      # for the proxy\n      - "127.0.0.1:8080:80"\n      - target: 81\n        published: "8081"\n        host_ip: 127.0.0.1\n      - "127.0.0.1:8443:443"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports: ["${PORT}:80", "127.0.0.1:900:90", "127.0.0.1:1000-1005:100", "127.0.0.1:8080:80"]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const node = service.get('ports')?.node;
        if (node?.kind !== 'sequence' || seen.has(node.span.start)) return;
        seen.add(node.span.start);
        const ports = portsOf(model, service);
        if (ports.length !== node.items.length) return;
        const numbers = ports.map(numberOf);
        const index = firstMisplaced(numbers, byNumber);
        const port = ports[index];
        if (!port) return;
        const edits = reorderEntries(model.text, node, orderOf(numbers, byNumber));
        report('unsorted', {
          at: port.span,
          data: { service: service.name, port: numbers[index] ?? 0, above: numbers[index - 1] ?? 0 },
          fixes: edits ? [fix('Sort the ports', 'safe', edits)] : [],
        });
      },
    };
  },
});

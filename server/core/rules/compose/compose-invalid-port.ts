// compose-invalid-port: a published port that Compose cannot read.

import { composeRule } from '../../engine/rule.ts';
import { itemsOf } from '../../model/compose/items.ts';
import { longPorts } from '../../model/compose/project/port.ts';
import { Refusal } from '../../model/compose/project/value.ts';
import { PlacesTold } from '../../model/looking.ts';

/** Most ports: there is no need to take them apart. */
const plain = /^(?:(?:127\.0\.0\.1:)?\d{1,4}:)?\d{1,4}(?:\/(?:tcp|udp))?$/;

/** What Compose says of a port; null where it takes it. */
function refusal(spec: string): string | null {
  try {
    longPorts(spec, null);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message.replace(/^.*?": /s, '');
    throw error;
  }
}

export default composeRule({
  id: 'compose-invalid-port',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A port that Compose cannot read',
  messages: {
    invalid: {
      text: '"{port}" of {service} is no port to Compose ({problem}), and it refuses the file: write `[address:][port of the host:]port of the container[/tcp or /udp]`.',
    },
  },
  docs: {
    why: 'The short form of a port is an address of the host, a port of the host and one of the container between colons, each a number up to 65535 or a range, and a protocol behind a slash. Anything else Compose refuses, and the file with it.',
    remedy:
      'Write the number, the range or the address as the message says. A name such as `localhost` is no address: write `127.0.0.1`.',
    limits: 'Ports with a variable that has no default are left out.',
    references: ['https://docs.docker.com/reference/compose-file/services/#ports'],
  },
  fix: { availability: 'never', why: 'Which port was meant is not written there.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - "«localhost:80:80»"\n      - «80:99999»\n      - "«8000-8010:80-85»"\n      - "«53:53/dns»"\n      - «http:80»\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - 80\n      - "8080:80"\n      - "127.0.0.1::80"\n      - "[::1]:8081:81/udp"\n      - "::1:8082:82"\n      - "8000-8005:80-85"\n      - "9000-9010:90"\n      - "${PORT:-443}:443"\n      - "${OTHER}:444"\n      - target: 445\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        for (const { text: port, span: at } of itemsOf(model, service, 'ports')) {
          if (plain.test(port) || port.includes('$') || seen.has(at.start)) continue;
          const problem = refusal(port);
          if (problem === null) continue;
          seen.add(at.start);
          report('invalid', { at, data: { port, service: service.name, problem } });
        }
      },
    };
  },
});

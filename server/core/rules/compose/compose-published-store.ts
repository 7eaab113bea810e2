// compose-published-store: a database, cache or queue that everybody who reaches the host can talk to.
import { composeRule } from '../../engine/rule.ts';
import { onExposed } from '../../insight/exposure.ts';
import { bindingFixes } from '../../repairs/port-binding.ts';

export default composeRule({
  id: 'compose-published-store',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A database published to everybody',
  messages: {
    published: {
      text: '{store} is published on port {port}, on all addresses of the host and past its firewall: anybody who finds it may try passwords and flaws of its protocol. Services of this file reach {service} without it: bind it to 127.0.0.1, or do not publish it.',
      equivalents: ['compose-lint:CL-0005', 'kics:container_traffic_not_bound_to_host_interface'],
    },
  },
  docs: {
    why: 'Ports of databases are scanned for all day. Docker publishes on every interface and opens its own way through the firewall, so that a database which was published for a look from the desk answers the internet, with nothing but a password before it.',
    remedy:
      'Leave `ports` out: services reach each other over the network of the file by their names. For a client on the host, bind to `127.0.0.1:5432:5432`; from elsewhere, use a tunnel.',
    limits:
      'A database is known by its image or by its port. A port that is bound to an address of its own is not judged.',
    references: [
      'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      'https://docs.docker.com/reference/compose-file/services/#ports',
      'https://cheatsheetseries.owasp.org/cheatsheets/Database_Security_Cheat_Sheet.html#backend-database-protection',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Whoever used the port from another machine no longer reaches it; whether the host itself needs it, only its people know.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    ports:\n      - «"5432:5432"»\n',
        fixed: 'services:\n  db:\n    image: postgres:18.6\n    ports:\n      - "127.0.0.1:5432:5432"\n',
        variants: { 'Do not publish it': 'services:\n  db:\n    image: postgres:18.6\n' },
      },
      {
        note: 'By its port.',
        code: 'services:\n  store:\n    build: ./store\n    ports:\n      - «target: 3306\n        published: 3306\n        host_ip: 0.0.0.0»\n',
        fixed:
          'services:\n  store:\n    build: ./store\n    ports:\n      - target: 3306\n        published: 3306\n        host_ip: 127.0.0.1\n',
      },
    ],
    good: [
      { code: 'services:\n  db:\n    image: postgres:18.6\n    ports: ["127.0.0.1:5432:5432"]\n' },
      { code: 'services:\n  db:\n    image: postgres:18.6\n    expose: ["5432"]\n' },
    ],
  },
  check: ({ model, report }) => ({
    service: onExposed(model, ['store'], (service, exposure) => {
      const { port, stated, exposed } = exposure;
      report('published', {
        at: port.span,
        data: { store: exposed.what, port: port.published ?? String(port.target), service: service.name },
        equivalents: stated ? [] : ['dclint:no-unbound-port-interfaces'],
        fixes: bindingFixes(model, service, exposure, true),
      });
    }),
  }),
});

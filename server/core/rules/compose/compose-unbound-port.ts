// compose-unbound-port: a published port that everybody who reaches the host reaches too.
import { composeRule } from '../../engine/rule.ts';
import { onExposed } from '../../insight/exposure.ts';
import { bindingFixes } from '../../repairs/port-binding.ts';

export default composeRule({
  id: 'compose-unbound-port',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A port published on all addresses of the host',
  messages: {
    unbound: {
      text: 'Port {port} of {service} is published on all addresses of the host, past its firewall: whoever reaches the host reaches the service. Write the address that it is for in front, `127.0.0.1` where a proxy stands before it.',
      equivalents: [
        'compose-lint:CL-0005',
        'kics:container_traffic_not_bound_to_host_interface',
        'dclint:no-unbound-port-interfaces',
      ],
    },
    stated: {
      text: 'Port {port} of {service} is published on all addresses of the host in so many words, past its firewall. Write the address that it is for.',
      equivalents: ['compose-lint:CL-0005', 'kics:container_traffic_not_bound_to_host_interface'],
    },
  },
  docs: {
    why: 'A port without an address is published on every interface of the host, and Docker writes its own rules into the firewall: what `ufw` or `firewalld` close stays open. A service that was meant for the proxy beside it answers the internet.',
    remedy:
      'Write the address in front: `127.0.0.1:8080:80` for what a proxy on the host or a person at it uses, the address of one network card for what one network uses. Services of one file need no published port to reach each other.',
    limits:
      'What is meant for everybody, such as the port of a web server, is reported too: that is why the rule belongs to `strict`. A port whose address a variable holds is not judged.',
    references: [
      'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      'https://docs.docker.com/reference/compose-file/services/#ports',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'Whoever used the port from another machine no longer reaches it.',
  },
  examples: {
    bad: [
      {
        note: 'Short and long form.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - «"8080:80"»\n      - «target: 443\n        published: 8443»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - "127.0.0.1:8080:80"\n      - target: 443\n        published: 8443\n        host_ip: 127.0.0.1\n',
      },
      {
        note: 'All addresses in so many words, and a port that Docker chooses.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports: [«"[::]:8080:80"», «":::8082:82"», «81»]\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    ports: ["127.0.0.1:8080:80", "127.0.0.1:8082:82", 127.0.0.1::81]\n',
      },
      {
        note: 'Two services take the list: the repair says so.',
        code: 'services:\n  a:\n    image: example/a:1\n    ports: &ports\n      - «${PORT:-8080}:80»\n  b:\n    image: example/b:1\n    ports: *ports\n',
        fixed:
          'services:\n  a:\n    image: example/a:1\n    ports: &ports\n      - 127.0.0.1:${PORT:-8080}:80\n  b:\n    image: example/b:1\n    ports: *ports\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports: ["127.0.0.1:8080:80", "[::1]:8081:81", "${BIND_ADDRESS}:82:82"]\n    expose: ["9000"]\n',
      },
      {
        note: 'On the network of the host nothing is published.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    network_mode: host\n    ports: ["8080:80"]\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    // What must not be reached at all has rules of its own, which say more of the same port.
    service: onExposed(model, ['other'], (service, exposure) => {
      const { port, stated } = exposure;
      report(stated ? 'stated' : 'unbound', {
        at: port.span,
        data: { port: String(port.target ?? port.published), service: service.name },
        fixes: bindingFixes(model, service, exposure, false),
      });
    }),
  }),
});

// compose-published-administration: a port that machines or processes are controlled by, open to everybody.
import { composeRule } from '../../engine/rule.ts';
import { onExposed } from '../../insight/exposure.ts';
import { bindingFixes } from '../../repairs/port-binding.ts';

export default composeRule({
  id: 'compose-published-administration',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Remote administration published to everybody',
  messages: {
    administration: {
      text: 'Port {port} of {service} is {what}, published on all addresses of the host: whoever gets in there owns the container, or its host. Manage the service with `docker exec`, or bind the port to 127.0.0.1.',
      equivalents: ['compose-lint:CL-0005', 'kics:container_traffic_not_bound_to_host_interface'],
    },
    debugger: {
      text: 'Port {port} of {service} is {what}, published on all addresses of the host: it asks for no password and runs whatever code it is sent. Bind it to 127.0.0.1, or do not publish it.',
      severity: 'error',
      equivalents: ['compose-lint:CL-0005', 'kics:container_traffic_not_bound_to_host_interface'],
    },
  },
  docs: {
    why: 'Logins and remote desktops are what scanners of networks try first. The Docker daemon on its plain port, and the debuggers of Node and Java, ask for nothing at all: a connection is enough to run code.',
    remedy:
      'A container is managed through its engine: `docker exec`, `docker logs`, `docker cp`. What a person at the host needs, bind to `127.0.0.1`; from elsewhere, use a tunnel.',
    limits:
      'The port in the container says what listens there. Git hosts and file servers, whose very service is SSH, are known by their names.',
    references: [
      'https://docs.docker.com/engine/security/protect-access/',
      'https://nodejs.org/en/learn/getting-started/debugging#security-implications',
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
        code: 'services:\n  app:\n    image: example/app:1\n    ports:\n      - «"2222:22"»\n      - "80:80"\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    ports:\n      - "127.0.0.1:2222:22"\n      - "80:80"\n',
        variants: {
          'Do not publish it': 'services:\n  app:\n    image: example/app:1\n    ports:\n      - "80:80"\n',
        },
      },
      {
        note: "Node's debugger.",
        code: 'services:\n  app:\n    image: example/app:1\n    ports: [«"9229:9229"»]\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    ports: ["127.0.0.1:9229:9229"]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ports: ["127.0.0.1:9229:9229", "8022:8022"]\n',
      },
      {
        note: 'SSH is what a Git host serves.',
        code: 'services:\n  git:\n    image: gitea/gitea:1.24\n    ports: ["222:22"]\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    service: onExposed(model, ['administration', 'debugger'], (service, exposure) => {
      const { port, stated, exposed } = exposure;
      report(exposed.kind, {
        at: port.span,
        data: { port: String(port.target), what: exposed.what, service: service.name },
        equivalents: stated ? [] : ['dclint:no-unbound-port-interfaces'],
        fixes: bindingFixes(model, service, exposure, true),
      });
    }),
  }),
});

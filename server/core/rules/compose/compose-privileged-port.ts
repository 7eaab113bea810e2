// compose-privileged-port: a service that listens on a port for which systems ask for a privilege, inside or on the host.
import { composeRule, fix } from '../../engine/rule.ts';
import { addItem } from '../../model/compose/edit.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { portsOf } from '../../model/compose/ports.ts';
import { PlacesTold } from '../../model/looking.ts';

const isPrivileged = (port: number): boolean => port > 0 && port < 1024;

const isBinding = (name: string): boolean => /^(?:CAP_)?NET_BIND_SERVICE$/i.test(name);

/** The capability is taken away already: the service shows that it does without. */
function doesWithout(model: ComposeModel, service: Service): boolean {
  const listOf = (key: string): string[] => itemsOf(model, service, key).map(({ text }) => text);
  const dropped = listOf('cap_drop');
  return (
    dropped.some(isBinding) ||
    (dropped.some(name => /^ALL$/i.test(name)) && !listOf('cap_add').some(isBinding))
  );
}

export default composeRule({
  id: 'compose-privileged-port',
  category: 'security',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A service that listens on a privileged port',
  messages: {
    privileged: {
      text: '{service} listens on port {port} in the container, below 1024: with an engine that keeps the old rule it has to start as root for that. Listen above, which changes nothing outside, or take NET_BIND_SERVICE away to show that it needs no privilege.',
      equivalents: ['kics:privileged_ports_mapped_in_container'],
    },
    published: {
      text: '{service} takes port {port} of the host, below 1024: an engine that runs without root refuses it, and a service of the system may want it. Publish another one, and let one proxy take those below.',
      equivalents: ['kics:privileged_ports_mapped_in_container'],
    },
  },
  docs: {
    why: 'Ports below 1024 are for root, or for whoever has the capability NET_BIND_SERVICE. Docker lets every account of a container listen there since 20.10; other engines do not, so that images start as root for the port alone.',
    remedy:
      'Let the service listen on 8080 inside, and publish it above 1024 or through a proxy. Where the image is fixed, drop NET_BIND_SERVICE: under Docker it works without. The repair does the latter.',
    limits:
      'Only published ports are looked at, and nothing is said of a service that has given NET_BIND_SERVICE away.',
    references: [
      'https://docs.docker.com/engine/release-notes/20.10/',
      'https://docs.docker.com/reference/compose-file/services/#cap_drop',
      'https://docs.docker.com/engine/security/rootless/tips/#exposing-privileged-ports',
      'https://www.cisecurity.org/benchmark/docker',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'An engine that keeps the old rule refuses the port without the capability.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - «"127.0.0.1:8080:80"»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - "127.0.0.1:8080:80"\n    cap_drop:\n      - NET_BIND_SERVICE\n',
      },
      {
        note: 'The service is another one under a second name.',
        code: 'services:\n  a: &a\n    image: nginx:1.30\n    ports: [«"127.0.0.1::80"»]\n  b: *a\n',
        fixed: 'services:\n  a: &a\n    image: nginx:1.30\n    ports: ["127.0.0.1::80"]\n  b: *a\n',
      },
      {
        note: 'On the host alone.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - «"127.0.0.1:80:8080"»\n      - «{target: 8443, published: "443-445"}»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - "127.0.0.1:80:8080"\n      - {target: 8443, published: "443-445"}\n',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.30\n    ports: ["127.0.0.1:8080:8080"]\n' },
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    cap_drop: [ALL]\n    ports: ["127.0.0.1:80:80"]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        if (!service.get('ports') || doesWithout(model, service)) return;
        for (const { target, published, span: at } of portsOf(model, service)) {
          const host = Number.parseInt(published ?? '', 10);
          const isInside = isPrivileged(target ?? 0);
          if ((!isInside && !isPrivileged(host)) || seen.has(at.start)) continue;
          seen.add(at.start);
          const data = { port: isInside ? (target ?? 0) : host, service: service.name };
          if (!isInside) {
            report('published', { at, data });
            continue;
          }
          const edits = addItem(model, service, ['cap_drop'], 'NET_BIND_SERVICE');
          const fixes = edits
            ? [fix('Take NET_BIND_SERVICE away', 'unsafe', edits, { group: service.name })]
            : [];
          report('privileged', { at, data, fixes });
        }
      },
    };
  },
});

// compose-privileged-port: a service that listens inside on a port for which systems ask for a privilege.
import { composeRule, fix } from '../../engine/rule.ts';
import { addItem } from '../../model/compose/edit.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { portsOf } from '../../model/compose/ports.ts';

const firstOpen = 1024;

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
  },
  docs: {
    why: 'Ports below 1024 are for root, or for whoever has the capability NET_BIND_SERVICE. Docker lets every account of a container listen there since 20.10; other engines do not, so that images start as root for the port alone.',
    remedy:
      'Let the service listen on 8080 inside and publish `80:8080`. Where the image is fixed, drop NET_BIND_SERVICE: under Docker it works without. The repair does the latter.',
    limits: 'Only published ports are looked at.',
    references: [
      'https://docs.docker.com/engine/release-notes/20.10/',
      'https://docs.docker.com/reference/compose-file/services/#cap_drop',
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
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.30\n    ports: ["127.0.0.1:80:8080"]\n' },
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    cap_drop: [ALL]\n    ports: ["127.0.0.1:80:80"]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new Set<number>();
    return {
      service(service) {
        if (!service.get('ports') || doesWithout(model, service)) return;
        for (const { target, span } of portsOf(model, service)) {
          if (target === null || target === 0 || target >= firstOpen || seen.has(span.start)) continue;
          seen.add(span.start);
          const edits = addItem(model, service, ['cap_drop'], 'NET_BIND_SERVICE');
          report('privileged', {
            at: span,
            data: { port: target, service: service.name },
            fixes: edits ? [fix('Take NET_BIND_SERVICE away', 'unsafe', edits, { group: service.name })] : [],
          });
        }
      },
    };
  },
});

// compose-replica-conflict: several containers of a service that want what only one can have.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { isForSwarm } from '../../insight/production.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { type Port, portsOf } from '../../model/compose/ports.ts';
import { resolvedString } from '../../model/compose/value.ts';
import { remove } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

function countOf(model: ComposeModel, service: Service): number {
  const stated = service.get('scale') ?? service.get('deploy', 'replicas');
  const text = resolvedString(model, stated?.node);
  return text?.known ? Number(text.value) : 1;
}

/** Without the number: Docker takes a free port for each. */
function freePort(model: ComposeModel, { node, published, hostIp }: Port): Fix[] {
  if (node.kind === 'map') {
    const pair = node.pairs.find(({ key }) => key.text === 'published');
    const edits = pair && removeEntries(model, [pair.span]);
    return edits ? [fix('Let Docker choose the port', 'suggestion', edits)] : [];
  }
  const at = contentSpan(node, model.text);
  const found = spanText(model.text, at).lastIndexOf(`${published}:`);
  if (found < 0 || published === null) return [];
  const start = at.start + found;
  const end = start + published.length + (hostIp === null ? 1 : 0);
  return [fix('Let Docker choose the port', 'suggestion', [remove(span(start, end))])];
}

export default composeRule({
  id: 'compose-replica-conflict',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Replicas that get in each other’s way',
  messages: {
    name: {
      text: '{service} has {count} replicas and one container name, which only one container can have: Compose refuses to start it. Remove `container_name`.',
    },
    port: {
      text: '{service} has {count} replicas, and port {port} of the host goes to the first of them: the others do not start under `docker compose up`. Give a range, or leave the number on the host out and put a proxy in front.',
      severity: 'warning',
    },
  },
  docs: {
    why: 'Names of containers and ports of the host are there once. With `scale` or `deploy.replicas` above one, Compose starts the first container and fails at the second.',
    remedy:
      'Remove `container_name`: Compose names and numbers the containers itself. Publish a range with a port for each (`8080-8082:80`), or none, and a proxy that knows them by the name of the service.',
    limits:
      'A swarm shares one port among the replicas; services that are set up for one are not reported for it.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#container_name',
      'https://docs.docker.com/reference/compose-file/deploy/#replicas',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Something may know the container by its name, or the service by the port.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    «container_name»: web\n    scale: 2\n  api:\n    image: example/api:1\n    ports:\n      - «"127.0.0.1:3000:3000"»\n      - «target: 3001\n        published: 3001»\n    deploy:\n      replicas: 3\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    scale: 2\n  api:\n    image: example/api:1\n    ports:\n      - "127.0.0.1::3000"\n      - target: 3001\n    deploy:\n      replicas: 3\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports: ["127.0.0.1:8080-8082:80", "81"]\n    scale: 3\n  api:\n    image: example/api:1\n    ports: ["127.0.0.1:3000:3000"]\n    deploy: {replicas: 3, update_config: {parallelism: 1}}\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    service(service) {
      if (!service.get('scale') && !service.get('deploy', 'replicas')) return;
      const count = countOf(model, service);
      if (!(count > 1)) return;
      const data = { service: service.name, count };
      const name = service.get('container_name');
      if (name) {
        const edits = removeEntries(model, [name.keySpan]);
        report('name', { at: name.keySpan, data, fixes: edits ? [fix('Remove it', 'unsafe', edits)] : [] });
      }
      if (isForSwarm(service)) return;
      for (const port of portsOf(model, service)) {
        if (port.published === null || !/^\d+$/.test(port.published)) continue;
        report('port', {
          at: port.span,
          data: { ...data, port: port.published },
          fixes: freePort(model, port),
        });
      }
    },
  }),
});

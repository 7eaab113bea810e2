// compose-dependency-cycle: services that wait for each other.
import { composeRule, fix } from '../../engine/rule.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import { type Reference, referencesOf } from '../../model/compose/references.ts';

/** Whoever names another service by one of these starts after it. */
const waits = new Set(['depends_on', 'links', 'volumes_from', 'network_mode', 'ipc', 'pid']);

type Graph = ReadonlyMap<string, readonly Reference[]>;

/** The first way from a service back to itself, shortest first; undefined where there is none. */
function cycleFrom(start: string, graph: Graph): readonly string[] | undefined {
  const from = new Map<string, string>();
  const open = [start];
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    for (const { name: next } of graph.get(name) ?? []) {
      if (next === start) {
        const path = [start];
        for (let at: string | undefined = name; at !== undefined && at !== start; at = from.get(at))
          path.push(at);
        return [...path, start].reverse();
      }
      if (!from.has(next) && graph.has(next)) {
        from.set(next, name);
        open.push(next);
      }
    }
  }
  return undefined;
}

/** Services that can be on a cycle: those left when all that wait for nobody are taken away, again and again. */
function entangled(graph: Graph): Set<string> {
  const left = new Set(graph.keys());
  const takers = new Map<string, string[]>();
  const counts = new Map<string, number>();
  for (const [name, references] of graph) {
    const others = references.filter(other => graph.has(other.name));
    counts.set(name, others.length);
    for (const other of others) takers.set(other.name, [...(takers.get(other.name) ?? []), name]);
  }
  const free = [...left].filter(name => counts.get(name) === 0);
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    left.delete(name);
    for (const taker of takers.get(name) ?? []) {
      const count = (counts.get(taker) ?? 0) - 1;
      counts.set(taker, count);
      if (count === 0) free.push(taker);
    }
  }
  return left;
}

/** More circles in one file tell nothing more. */
const most = 20;

export default composeRule({
  id: 'compose-dependency-cycle',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Services that wait for each other',
  messages: {
    cycle: {
      text: 'The services wait for each other in a circle ({circle}): Compose refuses the file. Let one of them start without the other, and try again until the other is there.',
    },
    itself: {
      text: '{service} waits for itself: Compose refuses the file. Take the entry out.',
    },
  },
  docs: {
    why: 'Compose starts a service after those that it depends on. In a circle there is no first one, so that Compose starts none of them.',
    remedy:
      'Take the dependency away that is needed the least: mostly a service can ask again until the other one answers. The repair removes the entry of a service that waits for itself; which one goes from a longer circle is for its author to say.',
    references: ['https://docs.docker.com/compose/how-tos/startup-order/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which of the services can do without the other, only their author knows.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    depends_on: [«api»]\n  api:\n    image: example/api:1\n    depends_on:\n      auth:\n        condition: service_started\n  auth:\n    image: example/auth:1\n    links: [web]\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n  api:\n    image: example/api:1\n    depends_on:\n      auth:\n        condition: service_started\n  auth:\n    image: example/auth:1\n    links: [web]\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    depends_on:\n      - «web»\n      - api\n  api:\n    image: example/api:1\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    depends_on:\n      - api\n  api:\n    image: example/api:1\n',
      },
      {
        note: 'A mode holds no entry that could be taken out.',
        code: 'services:\n  a:\n    image: example/a:1\n    network_mode: service:«b»\n  b:\n    image: example/b:1\n    ipc: service:a\n',
        fixed:
          'services:\n  a:\n    image: example/a:1\n    network_mode: service:b\n  b:\n    image: example/b:1\n    ipc: service:a\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    depends_on: [api, auth]\n  api:\n    image: example/api:1\n    depends_on: [auth]\n  auth:\n    image: example/auth:1\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    end() {
      const graph: Graph = new Map(
        model.services.map(service => [
          service.name,
          referencesOf(model, service).filter(({ section, key }) => section === 'services' && waits.has(key)),
        ]),
      );
      if ([...graph.values()].every(references => references.length === 0)) return;
      const open = entangled(graph);
      for (const start of [...open].slice(0, most)) {
        const circle = open.has(start) ? cycleFrom(start, graph) : undefined;
        const reference = graph.get(start)?.find(({ name }) => name === circle?.[1]);
        if (circle === undefined || reference === undefined) continue;
        for (const name of circle) open.delete(name);
        const { span: at, key } = reference;
        const edits = key === 'depends_on' ? removeEntries(model, [at]) : null;
        const fixes = edits ? [fix(`Let ${start} start before ${reference.name}`, 'suggestion', edits)] : [];
        if (circle.length === 2) report('itself', { at, data: { service: start }, fixes });
        else report('cycle', { at, data: { circle: circle.join(' → ') }, fixes });
      }
    },
  }),
});

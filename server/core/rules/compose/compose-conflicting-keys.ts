// compose-conflicting-keys: keys of a service of which one excludes the other.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { type Contradiction, contradictionsOf, type Path, textAt } from '../../insight/contradictions.ts';
import { addKey, removeEntries } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { lookAt } from '../../model/looking.ts';

function removal(model: ComposeModel, service: Service, path: Path): Fix[] {
  const entry = service.get(...path);
  const edits = entry && entry.sharedBy.length === 0 ? removeEntries(model, [entry.keySpan]) : null;
  return edits ? [fix(`Remove ${path.join('.')}`, 'suggestion', edits)] : [];
}

/** A limit that is missing beside its twin: the same value there. */
function addition(model: ComposeModel, service: Service, { first, second }: Contradiction): Fix[] {
  const text = textAt(model, service, first);
  const edits = text === null ? null : addKey(model, service, second, text);
  return edits ? [fix(`Add ${second.join('.')}`, 'safe', edits)] : [];
}

export default composeRule({
  id: 'compose-conflicting-keys',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Keys that exclude each other',
  messages: {
    exclusive: {
      text: '{service} has {second} beside {first}: the one excludes the other, and the service does not start. Take one of them out.',
    },
    useless: {
      text: '{service} uses the network of the host, where {second} has no effect: whatever the process listens on is open already. Take one of them out.',
      severity: 'warning',
    },
    unlike: {
      text: '{service} has {first} and {second} with different values: Compose refuses the file. Keep one of them.',
    },
    absent: {
      text: '{service} has {first}, and beside it limits under deploy that lack {second}: Compose takes that for a different value and refuses the file. State all of them in one place.',
    },
  },
  docs: {
    why: 'Some keys are two ways to say one thing, others take away what the other one needs. Compose refuses such a file, or the engine refuses the container, or one of the keys is left out without a word.',
    remedy:
      'Keep the key that says what was meant. The repairs take one of the two out, or state a limit in the place where the others are.',
    limits:
      'Values with variables are left out. What replicas cannot share is told by `compose-replica-conflict`.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#network_mode',
      'https://docs.docker.com/reference/compose-file/deploy/#resources',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which of the two was meant, only its author knows.',
  },
  examples: {
    bad: [
      {
        note: 'The network of something else.',
        code: 'services:\n  app:\n    image: example/app:1\n    network_mode: service:vpn\n    «hostname»: app\n    «ports»: ["127.0.0.1:8080:80"]\n  vpn:\n    image: example/vpn:1\n    network_mode: host\n    «networks»: [front]\n    «ports»: ["51820:51820/udp"]\nnetworks:\n  front:\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    network_mode: service:vpn\n  vpn:\n    image: example/vpn:1\n    network_mode: host\nnetworks:\n  front:\n',
      },
      {
        note: 'Two values, and one that is missing.',
        code: 'services:\n  app:\n    image: example/app:1\n    «scale»: 2\n    «mem_limit»: 512m\n    cpus: 0.5\n    deploy:\n      replicas: 3\n      resources:\n        limits:\n          cpus: "0.50"\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    mem_limit: 512m\n    cpus: 0.5\n    deploy:\n      replicas: 3\n      resources:\n        limits:\n          cpus: "0.50"\n          memory: 512m\n',
      },
      {
        note: 'Several services take both: whom they may be taken from, their author decides.',
        code: 'x-base: &base\n  image: example/app:1\n  network_mode: host\n  «networks»: [front]\nservices:\n  one:\n    <<: *base\n  two:\n    <<: *base\nnetworks:\n  front:\n',
        fixed:
          'x-base: &base\n  image: example/app:1\n  network_mode: host\n  networks: [front]\nservices:\n  one:\n    <<: *base\n  two:\n    <<: *base\nnetworks:\n  front:\n',
      },
      {
        note: 'Two Dockerfiles.',
        code: 'services:\n  other:\n    build:\n      context: .\n      dockerfile: Dockerfile.other\n      «dockerfile_inline»: FROM alpine:3.24\n',
        fixed: 'services:\n  other:\n    build:\n      context: .\n      dockerfile: Dockerfile.other\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    networks: [front]\n    ports: ["127.0.0.1:8080-8082:80"]\n    scale: 3\n    mem_limit: 512m\n    deploy:\n      replicas: 3\n      resources:\n        limits:\n          memory: 512M\n  vpn:\n    image: example/vpn:1\n    network_mode: host\n    container_name: vpn\nnetworks:\n  front:\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new Set<string>();
    return {
      service(service) {
        for (const contradiction of contradictionsOf(model, service)) {
          const { kind, first, second } = contradiction;
          const isFirst = kind === 'unlike' || kind === 'absent';
          const at = service.get(...(isFirst ? first : second))?.keySpan ?? service.nameSpan;
          const told = `${at.start} ${kind} ${first.join('.')}`;
          lookAt(at.start);
          if (seen.has(told)) continue;
          seen.add(told);
          const data = { service: service.name, first: first.join('.'), second: second.join('.') };
          if (kind === 'useless') {
            const fixes = [...removal(model, service, second), ...removal(model, service, first)];
            report(kind, { at, data: { service: data.service, second: data.second }, fixes });
          } else {
            const [better, other] = isFirst ? [first, second] : [second, first];
            const fixes =
              kind === 'absent'
                ? addition(model, service, contradiction)
                : [...removal(model, service, better), ...removal(model, service, other)];
            report(kind, { at, data, fixes });
          }
        }
      },
    };
  },
});

// compose-joined-namespace: a service that lives among the processes or in the memory of another container.
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { Entry } from '../../model/compose/model.ts';
import { removalFix } from '../../repairs/places.ts';

interface Found {
  readonly key: 'pid' | 'ipc';
  readonly entry: Entry;
  readonly other: string;
}

export default composeRule({
  id: 'compose-joined-namespace',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service that joins another container',
  messages: {
    pid: {
      text: '{service} lives among the processes of {other}: it reads their environment and files, and may stop them. Take `pid` away once there is nothing more to look for.',
    },
    ipc: {
      text: '{service} shares memory with {other}: a flaw in one is a flaw in both. Take `ipc` away where they do not exchange data through it.',
    },
  },
  docs: {
    why: 'Two containers with one set of processes or one shared memory are kept apart by accounts alone, as programs on one machine are. For an hour of looking for a fault that is handy; for a service that stays it takes the container away.',
    remedy: 'Remove the key, and let the two talk over a network or a socket in a volume.',
    limits: 'Joining the network of another container (`network_mode: service:vpn`) is not reported.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#pid',
      'https://docs.docker.com/reference/compose-file/services/#ipc',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'Services that work on each other’s processes or memory no longer find them.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ipc: shareable\n  probe:\n    image: example/probe:1\n    pid: "«service:app»"\n    ipc: «container:app»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    ipc: shareable\n  probe:\n    image: example/probe:1\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ipc: private\n    network_mode: service:vpn\n  vpn:\n    image: example/vpn:1\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Found>();
    return {
      service(service) {
        for (const key of ['pid', 'ipc'] as const) {
          const entry = service.get(key);
          const [value] = itemsOf(model, service, key);
          const other = value && /^(?:service|container):(.+)$/.exec(value.text)?.[1];
          if (entry && value && other !== undefined) places.add(service, value.span, { key, entry, other });
        }
      },
      end() {
        for (const place of places.all()) {
          const { key, entry, other } = place.found;
          const fixes = removalFix(model, place, `Take ${key} away`, 'unsafe', entry.keySpan);
          report(key, { at: place.at, data: { service: place.names, other }, fixes });
        }
      },
    };
  },
});

// compose-host-namespace: a service that shares processes, memory or names with the host.
import type { Equivalent } from '../../engine/finding.ts';
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { pulledImage } from '../../insight/pulled-image.ts';
import { isMonitor } from '../../knowledge/host-tools.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { Entry } from '../../model/compose/model.ts';
import { removalFix } from '../../repairs/places.ts';

const keys = { pid: 'pid', ipc: 'ipc', userns: 'userns_mode', uts: 'uts', cgroup: 'cgroup' } as const;
type Namespace = keyof typeof keys;

interface Found {
  readonly namespace: Namespace;
  readonly entry: Entry;
  readonly measuredBy: string | null;
}

const processes: readonly Equivalent[] = ['compose-lint:CL-0010', 'kics:host_namespace_is_shared'];

export default composeRule({
  id: 'compose-host-namespace',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service that shares a namespace with the host',
  messages: {
    pid: {
      text: '{service} sees all processes of the host, reads what they were started with, and as root may stop them. Take `pid: host` away.',
      equivalents: processes,
    },
    measured: {
      text: '{service} sees all processes of the host, which {image} is there to measure: what they were started with, passwords included, is open to it. Keep its image current.',
      severity: 'hint',
      equivalents: processes,
    },
    ipc: {
      text: '{service} shares memory with all programs of the host, and may read and change it. Take `ipc: host` away; `shm_size` gives it more shared memory of its own.',
      equivalents: ['compose-lint:CL-0010', 'kics:shared_host_ipc_namespace'],
    },
    userns: {
      text: '{service} is left out where Docker maps accounts (`userns-remap`): its root is root of the host. Take `userns_mode: host` away.',
      severity: 'info',
      equivalents: ['kics:shared_host_user_namespace'],
    },
    uts: {
      text: '{service} shares the name of the host, and with the right to may change it. Take `uts: host` away; `hostname` gives it a name of its own.',
      severity: 'info',
    },
    cgroup: {
      text: '{service} sees the control groups of all containers and services of the host. Take `cgroup: host` away.',
      severity: 'info',
    },
  },
  docs: {
    why: 'Namespaces are what makes a container: in its own it sees no process, no shared memory and no account but its own. With `pid: host` the environment of other processes is open, `/proc/1/root` leads to the disk of the host, and one `kill` ends its services.',
    remedy:
      'Remove the key. More shared memory is `shm_size: 1g`; two services that exchange memory say `ipc: shareable` and `ipc: service:name`; a debugger joins one service with `pid: service:name`.',
    limits: 'Images that measure processes are told in a hint.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#pid',
      'https://docs.docker.com/reference/compose-file/services/#ipc',
      'https://docs.docker.com/engine/security/userns-remap/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A service that works with processes or memory of the host no longer finds them.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    pid: «host»\n    ipc: "«host»"\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
      {
        note: 'Lesser ones.',
        code: 'services:\n  app:\n    image: example/app:1\n    userns_mode: «host»\n    uts: «host»\n    cgroup: «host»\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
      {
        note: 'An image that measures processes.',
        code: 'services:\n  metrics:\n    image: prom/node-exporter:v1.10.2\n    pid: «host»\n',
        fixed: 'services:\n  metrics:\n    image: prom/node-exporter:v1.10.2\n    pid: host\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    ipc: shareable\n    shm_size: 1g\n  probe:\n    image: example/probe:1\n    pid: "service:app"\n    cgroup: private\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Found>();
    return {
      service(service) {
        for (const [namespace, key] of Object.entries(keys) as [Namespace, string][]) {
          const entry = service.get(key);
          const [value] = itemsOf(model, service, key);
          if (!entry || value?.text !== 'host') continue;
          const image = pulledImage(model, service)?.name;
          const measuredBy = image !== undefined && isMonitor(image) ? image : null;
          places.add(service, value.span, { namespace, entry, measuredBy });
        }
      },
      end() {
        for (const place of places.all()) {
          const { namespace, entry, measuredBy } = place.found;
          const [at, service] = [place.at, place.names];
          if (namespace === 'pid' && measuredBy !== null) {
            report('measured', { at, data: { service, image: measuredBy } });
          } else {
            const fixes = removalFix(model, place, `Take ${entry.name} away`, 'unsafe', entry.keySpan);
            report(namespace, { at, data: { service }, fixes });
          }
        }
      },
    };
  },
});

// compose-sensitive-host-path: a place of the host that gives something away, even to those who only read it.
import type { Fix } from '../../engine/finding.ts';
import { composeRule } from '../../engine/rule.ts';
import { type HostMount, hostMounts } from '../../insight/host-mounts.ts';
import { gatherPlaces, type Place } from '../../insight/places.ts';
import { pulledImage } from '../../insight/pulled-image.ts';
import {
  controlSocketAt,
  holdsControlSockets,
  rootEquivalentAt,
  type Sensitive,
  sensitiveAt,
} from '../../knowledge/host-paths.ts';
import { isMonitor } from '../../knowledge/host-tools.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { withoutMount } from '../../repairs/mounts.ts';
import { placeFix } from '../../repairs/places.ts';

interface Found {
  readonly mount: HostMount;
  readonly kind: Sensitive | 'measured';
}

function foundIn(mount: HostMount, image: string): Found | null {
  const { path, readOnly } = mount;
  if (controlSocketAt(path) !== undefined || holdsControlSockets(path)) return null;
  // What is written there makes root: another rule says so.
  if (!readOnly && rootEquivalentAt(path) !== undefined) return null;
  const kind = sensitiveAt(path, readOnly);
  if (kind === undefined) return null;
  const isMeasured = readOnly && isMonitor(image) && kind !== 'credentials';
  return { mount, kind: isMeasured ? 'measured' : kind };
}

function fixesOf(model: ComposeModel, place: Place<Found>): Fix[] {
  const { mount, kind } = place.found;
  if (kind === 'measured' || mount.volume !== null) return [];
  const title = kind === 'credentials' ? 'Take the credentials away' : 'Take the mount away';
  return placeFix(place, title, 'suggestion', withoutMount(model, mount));
}

export default composeRule({
  id: 'compose-sensitive-host-path',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A place of the host that gives something away',
  messages: {
    credentials: {
      text: '{service} gets {path} of the host: the keys and logins of a person, valid far beyond this machine. Give it a secret that was made for it.',
      equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    },
    home: {
      text: '{service} gets all of {path}, with the keys, logins and history of its owner. Mount the one folder that it needs.',
      equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    },
    devices: {
      text: '{service} gets {path} as files: what `devices` allows and forbids is passed over. Name the device under `devices`.',
      severity: 'info',
      equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    },
    kernel: {
      text: '{service} gets {path} of the host: settings of the kernel and its devices. Take it away, or mount the one file that it reads, read-only.',
      equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    },
    bus: {
      text: '{service} gets {path} of the host: through D-Bus, root of the container starts and stops services there. Take it away where the service does without.',
      equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    },
    runtime: {
      text: '{service} gets {path} of the host: sockets of running services lie there, which take their callers for local ones. Mount the one socket that it needs.',
      severity: 'info',
      equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    },
    system: {
      text: '{service} reads {path} of the host: what is there tells an intruder how to go on. Mount the one file that it needs.',
      severity: 'info',
      equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    },
    store: {
      text: '{service} reads {path} of the host: what is there tells an intruder how to go on. Mount the one file that it needs.',
      severity: 'info',
      equivalents: ['kics:volume_has_sensitive_host_directory'],
    },
    measured: {
      text: '{service} measures the host, for which it reads {path}: whoever breaks into it learns as much. Keep its image current and its port closed to others.',
      severity: 'hint',
      equivalents: ['compose-lint:CL-0013', 'kics:volume_has_sensitive_host_directory'],
    },
  },
  docs: {
    why: 'Reading is enough: `~/.ssh` and `~/.aws` open other machines, `/etc/shadow` holds the hashes of passwords, `/sys` names what can be attacked. And what hangs behind a socket under `/run` believes whoever can open it.',
    remedy:
      'Mount one file or folder instead of the whole, read-only where nothing is written. Keys and logins belong into `secrets`, made for the service and no person. Hardware belongs under `devices`.',
    limits:
      'Time zone files, certificates of authorities and other things that everybody may know are not reported.',
    references: [
      'https://docs.docker.com/engine/storage/bind-mounts/',
      'https://docs.docker.com/compose/how-tos/use-secrets/',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-8-set-filesystem-and-volumes-to-read-only',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What the service reads there, it has to get in another way.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  deploy:\n    image: example/deploy:1\n    volumes:\n      - «~/.ssh»:/root/.ssh:ro\n      - ./site:/site\n',
        fixed: 'services:\n  deploy:\n    image: example/deploy:1\n    volumes:\n      - ./site:/site\n',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - «/home»:/home\n      - «/dev»:/dev\n      - «/sys»:/sys\n      - «/run/dbus»:/run/dbus\n      - «/run/pulse»:/run/pulse\n      - «/etc/shadow»:/shadow:ro\n      - «/var/lib/kubelet»:/kubelet:ro\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
      {
        note: 'An image that measures the host.',
        code: 'services:\n  metrics:\n    image: prom/node-exporter:v1.10.2\n    volumes:\n      - «/proc»:/host/proc:ro\n      - «/sys»:/host/sys:ro\n',
        fixed:
          'services:\n  metrics:\n    image: prom/node-exporter:v1.10.2\n    volumes:\n      - /proc:/host/proc:ro\n      - /sys:/host/sys:ro\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - /etc/localtime:/etc/localtime:ro\n      - /etc/ssl/certs:/etc/ssl/certs:ro\n      - /usr/bin:/host/bin:ro\n      - /home/app/data:/data\n      - ~/music:/music:ro\n      - home:/home\nvolumes:\n  home:\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Found>();
    return {
      service(service) {
        const image = pulledImage(model, service)?.name ?? '';
        for (const mount of hostMounts(model, service)) {
          const found = foundIn(mount, image);
          if (found !== null) places.add(service, mount.at, found);
        }
      },
      end() {
        for (const place of places.all()) {
          const { kind, mount } = place.found;
          report(kind, {
            at: place.at,
            data: { service: place.names, path: mount.path },
            fixes: fixesOf(model, place),
          });
        }
      },
    };
  },
});

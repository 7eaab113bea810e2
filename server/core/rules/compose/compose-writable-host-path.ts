// compose-writable-host-path: a place of the host whose writer is root there.
import type { Fix } from '../../engine/finding.ts';
import { composeRule } from '../../engine/rule.ts';
import { type HostMount, hostMounts } from '../../insight/host-mounts.ts';
import { gatherPlaces, type Place } from '../../insight/places.ts';
import { controlSocketAt, holdsControlSockets, rootEquivalentAt } from '../../knowledge/host-paths.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { readOnlyMount, withoutMount } from '../../repairs/mounts.ts';
import { placeFix } from '../../repairs/places.ts';

const fixesOf = (model: ComposeModel, place: Place<HostMount>): Fix[] => {
  const { mount, volume } = place.found;
  if (volume !== null) return [];
  return [
    ...placeFix(place, 'Mount it read-only', 'unsafe', readOnlyMount(model, mount)),
    ...placeFix(place, 'Take the mount away', 'suggestion', withoutMount(model, place.found)),
  ];
};

export default composeRule({
  id: 'compose-writable-host-path',
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A system folder of the host that a service may write to',
  messages: {
    system: {
      text: '{service} may write to {path} of the host, and whoever writes there is root of it: {how}. Mount it read-only, or only the file that is needed.',
      equivalents: ['compose-lint:CL-0025', 'kics:volume_has_sensitive_host_directory'],
    },
    settings: {
      text: '{service} may write to {path} of the host: whoever breaks into it also changes the service there that reads these settings. Keep its settings in the project, or mount them read-only.',
      severity: 'info',
      equivalents: ['compose-lint:CL-0025', 'kics:volume_has_sensitive_host_directory'],
    },
    elsewhere: {
      text: '{service} may write to {path} of the host, and whoever writes there is root of it: {how}. Mount it read-only, or only the file that is needed.',
      equivalents: ['kics:volume_has_sensitive_host_directory'],
    },
  },
  docs: {
    why: 'A container that may write to `/etc` adds an account, a service or a scheduled job to the host; one that may write to `/var/lib/docker` changes the files of all others; `/proc` holds the name of a program that the kernel starts as root. No account and no capability of the container stands in between: files of root are written by root of the container.',
    remedy:
      'Mount read-only what is only read (`:ro`, or `read_only: true` in the long form). Where something is written, mount just that folder, and let an account of its own have it.',
    limits:
      'Only folders that every Linux system has are known. With user namespaces (`userns-remap`, rootless Docker) root of the container is another account on the host.',
    references: [
      'https://docs.docker.com/engine/storage/bind-mounts/#use-a-read-only-bind-mount',
      'https://docs.docker.com/reference/compose-file/services/#volumes',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-8-set-filesystem-and-volumes-to-read-only',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A service that writes there fails once it may not.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - «/etc»:/host/etc\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - /etc:/host/etc:ro\n',
        variants: { 'Take the mount away': 'services:\n  app:\n    image: example/app:1\n' },
      },
      {
        note: 'Beside other options, in the long form, and in a folder of programs.',
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - "«/var/lib/docker/volumes»:/backup:rw,z"\n      - type: bind\n        source: «/usr/local/bin»\n        target: /tools\n      - «/usr/lib/app»:/app\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    volumes:\n      - "/var/lib/docker/volumes:/backup:ro,z"\n      - type: bind\n        source: /usr/local/bin\n        target: /tools\n        read_only: true\n      - /usr/lib/app:/app:ro\n',
      },
      {
        note: 'The settings of one service, which the host may have as well.',
        code: 'services:\n  dns:\n    image: example/dns:1\n    volumes:\n      - «/etc/dns»:/etc/dns\n',
        fixed: 'services:\n  dns:\n    image: example/dns:1\n    volumes:\n      - /etc/dns:/etc/dns:ro\n',
      },
      {
        note: 'A volume that is a folder of the host: its author decides.',
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - keys:/keys\nvolumes:\n  keys:\n    driver_opts:\n      type: none\n      o: bind\n      device: «/root/keys»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    volumes:\n      - keys:/keys\nvolumes:\n  keys:\n    driver_opts:\n      type: none\n      o: bind\n      device: /root/keys\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - /etc/localtime:/etc/localtime\n      - /etc/ssl/certs:/etc/ssl/certs:ro\n      - ./etc:/etc/app\n      - /srv/data:/data\n      - /usr/share/app:/assets\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<HostMount>();
    return {
      service(service) {
        for (const mount of hostMounts(model, service)) {
          if (!mount.readOnly && rootEquivalentAt(mount.path)) places.add(service, mount.at, mount);
        }
      },
      end() {
        for (const place of places.all()) {
          const { path } = place.found;
          const root = rootEquivalentAt(path);
          // Whoever holds a control socket has more than these files.
          if (!root || controlSocketAt(path) || holdsControlSockets(path)) continue;
          const [at, service, fixes] = [place.at, place.names, fixesOf(model, place)];
          if (root.kind === 'settings') {
            report('settings', { at, data: { service, path }, fixes });
            continue;
          }
          const isEverywhere = root.kind === 'system' || root.kind === 'programs';
          report(isEverywhere ? 'system' : 'elsewhere', {
            at,
            data: { service, path, how: root.how },
            fixes,
          });
        }
      },
    };
  },
});

// compose-control-socket: a service that can tell Docker, or its like, what to start.
import type { Fix } from '../../engine/finding.ts';
import { composeRule } from '../../engine/rule.ts';
import { type HostMount, hostMounts } from '../../insight/host-mounts.ts';
import { gatherPlaces, type Place } from '../../insight/places.ts';
import { pulledImage } from '../../insight/pulled-image.ts';
import { controlSocketAt, holdsControlSockets } from '../../knowledge/host-paths.ts';
import { isContainerManager, isMonitor, isSocketProxy } from '../../knowledge/host-tools.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { comesToTrue } from '../../model/compose/truth.ts';
import { withoutMount } from '../../repairs/mounts.ts';
import { placeFix, removalFix } from '../../repairs/places.ts';

interface Found {
  readonly mount: HostMount;
  /** Null where it is a folder that holds some. */
  readonly of: string | null;
  readonly image: string;
}

function foundIn(mount: HostMount, image: string): Found | null {
  const of = controlSocketAt(mount.path);
  if (of !== undefined) return { mount, of, image };
  return holdsControlSockets(mount.path) ? { mount, of: null, image } : null;
}

const removal = (model: ComposeModel, place: Place<Found>): Fix[] =>
  placeFix(place, 'Take the mount away', 'suggestion', withoutMount(model, place.found.mount));

export default composeRule({
  id: 'compose-control-socket',
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service that holds a control socket',
  messages: {
    docker: {
      text: '{service} holds the socket of Docker: whoever breaks into it starts a privileged container and has the host; `:ro` changes nothing about that. Take the mount away, or put a socket proxy between that lets only the needed requests through.',
      equivalents: [
        'compose-lint:CL-0001',
        'kics:docker_socket_mounted_in_container',
        'kics:volume_has_sensitive_host_directory',
        'semgrep:exposing-docker-socket-volume',
      ],
    },
    other: {
      text: '{service} holds the control socket of {of}: whoever breaks into it starts programs on the host; `:ro` changes nothing about that. Take the mount away.',
      equivalents: ['compose-lint:CL-0001', 'kics:volume_has_sensitive_host_directory'],
    },
    folder: {
      text: '{service} gets {path} of the host, and with it the sockets that Docker and systemd are controlled through. Mount the one file or folder that it needs.',
      equivalents: ['compose-lint:CL-0001', 'kics:volume_has_sensitive_host_directory'],
    },
    monitor: {
      text: '{service} measures the host and gets {path} of it, and with it the sockets that Docker and systemd are controlled through. Mount what it measures: `/proc`, `/sys` and the file systems, without `/run`.',
      severity: 'info',
      equivalents: ['compose-lint:CL-0001', 'kics:volume_has_sensitive_host_directory'],
    },
    manager: {
      text: '{service} manages containers, for which it needs the socket of Docker: whoever gets into it has the host. Keep {image} current, ask for a login, and publish its port on 127.0.0.1 alone.',
      severity: 'warning',
      equivalents: [
        'compose-lint:CL-0001',
        'kics:docker_socket_mounted_in_container',
        'kics:volume_has_sensitive_host_directory',
        'semgrep:exposing-docker-socket-volume',
      ],
    },
    proxy: {
      text: '{service} guards the socket of Docker: what it lets through is all that stands between its clients and the host. Allow the few requests that are needed, publish no port, and share a network of their own with its clients alone.',
      severity: 'hint',
      equivalents: [
        'compose-lint:CL-0001',
        'kics:docker_socket_mounted_in_container',
        'kics:volume_has_sensitive_host_directory',
        'semgrep:exposing-docker-socket-volume',
      ],
    },
    api: {
      text: '{service} gets the socket of Docker and the logins of whoever starts it. Take `use_api_socket` away, or put a socket proxy between that lets only the needed requests through.',
    },
  },
  docs: {
    why: 'Docker runs as root and does what its socket says. A container that holds it may start another one with the disk of the host mounted: it is root on the host, whatever account it runs as and whatever capabilities were dropped. Sockets of containerd, CRI-O, Podman and systemd are no different.',
    remedy:
      'Ask first whether the service needs it. To read labels or list containers, a proxy that lets nothing but those requests through (`tecnativa/docker-socket-proxy` with `CONTAINERS: 1`) does, in a network that only the two share. Discovery through files or DNS does without.',
    limits:
      'What a proxy lets through is not judged. Folders are known by the usual places of sockets, names by their last part.',
    references: [
      'https://docs.docker.com/engine/security/#docker-daemon-attack-surface',
      'https://docs.docker.com/engine/security/protect-access/',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-1-do-not-expose-the-docker-daemon-socket-even-to-the-containers',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What the service does with the socket has to be done in another way, or not at all.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  proxy:\n    image: traefik:3.7\n    volumes:\n      - «/var/run/docker.sock»:/var/run/docker.sock:ro\n      - ./traefik.yml:/etc/traefik/traefik.yml:ro\n',
        fixed:
          'services:\n  proxy:\n    image: traefik:3.7\n    volumes:\n      - ./traefik.yml:/etc/traefik/traefik.yml:ro\n',
      },
      {
        note: 'Through the default of a variable, in the long form, and for another engine.',
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - type: bind\n        source: ${SOCKET:-«/run/podman/podman.sock»}\n        target: /run/podman.sock\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
      {
        note: 'A folder that holds the socket, and one that a volume hides.',
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - «/run»:/host/run\n      - root:/host\nvolumes:\n  root:\n    driver_opts:\n      type: none\n      o: bind\n      device: «/»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    volumes:\n      - root:/host\nvolumes:\n  root:\n    driver_opts:\n      type: none\n      o: bind\n      device: /\n',
      },
      {
        note: 'Compose passes the socket on by itself.',
        code: 'services:\n  app:\n    image: example/app:1\n    «use_api_socket»: true\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
      {
        note: 'Images whose work this is.',
        code: 'services:\n  guard:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    volumes:\n      - «/var/run/docker.sock»:/var/run/docker.sock:ro\n  admin:\n    image: portainer/portainer-ce:2.33.2\n    volumes:\n      - «/var/run/docker.sock»:/var/run/docker.sock\n  metrics:\n    image: prom/node-exporter:v1.10.2\n    volumes:\n      - «/»:/host:ro,rslave\n',
        fixed:
          'services:\n  guard:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n  admin:\n    image: portainer/portainer-ce:2.33.2\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n  metrics:\n    image: prom/node-exporter:v1.10.2\n    volumes:\n      - /:/host:ro,rslave\n',
      },
    ],
    good: [
      {
        note: 'A socket of the stack’s own.',
        code: 'services:\n  php:\n    image: php:8.4-fpm\n    volumes:\n      - sockets:/run/php\n      - /run/app:/run/app\nvolumes:\n  sockets:\n',
      },
      {
        note: 'The path within the container says nothing.',
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - ./fake.sock:/var/run/docker.sock\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Found>();
    const shared = gatherPlaces<null>();
    return {
      service(service) {
        const image = pulledImage(model, service)?.name ?? '';
        for (const mount of hostMounts(model, service)) {
          const found = foundIn(mount, image);
          if (found !== null) places.add(service, mount.at, found);
        }
        const api = service.get('use_api_socket');
        if (api && comesToTrue(model, api.node)) shared.add(service, api.keySpan, null);
      },
      end() {
        for (const place of shared.all()) {
          const fixes = removalFix(model, place, 'Take use_api_socket away', 'suggestion');
          report('api', { at: place.at, data: { service: place.names }, fixes });
        }
        for (const place of places.all()) {
          const { of, image, mount } = place.found;
          const { at, names: service } = place;
          const fixes = removal(model, place);
          const folder = { service, path: mount.path };
          if (of === null && mount.readOnly && isMonitor(image)) report('monitor', { at, data: folder });
          else if (of === null) report('folder', { at, data: folder, fixes });
          else if (of === 'Docker' && isSocketProxy(image)) report('proxy', { at, data: { service } });
          else if (of === 'Docker' && isContainerManager(image))
            report('manager', { at, data: { service, image } });
          else if (of === 'Docker') report('docker', { at, data: { service }, fixes });
          else report('other', { at, data: { service, of }, fixes });
        }
      },
    };
  },
});

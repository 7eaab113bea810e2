// compose-host-folder: a folder of the host that the operating system lays out, not the project.
import type { Fix } from '../../engine/finding.ts';
import { composeRule } from '../../engine/rule.ts';
import { hostMounts, hostVolumes } from '../../insight/host-mounts.ts';
import { gatherPlaces, type Place } from '../../insight/places.ts';
import {
  controlSocketAt,
  holdsControlSockets,
  isSystemFolder,
  rootEquivalentAt,
  sensitiveAt,
} from '../../knowledge/host-paths.ts';
import { placeFix } from '../../repairs/places.ts';
import { replace } from '../../text/edit.ts';

/** Neither dangerous, which other rules report, nor the same on every machine. */
function isPlain(path: string, readOnly: boolean): boolean {
  if (controlSocketAt(path) || holdsControlSockets(path) || !isSystemFolder(path)) return false;
  return sensitiveAt(path, readOnly) === undefined && (readOnly || !rootEquivalentAt(path));
}

/** Files that are the same on every machine, or make the container's time that of the host. */
const isLocal = (path: string): boolean => /^\/(?:etc|dev|usr\/share)\//.test(path);

function fixesOf(place: Place<string>): Fix[] {
  const name = place.found.slice(place.found.lastIndexOf('/') + 1);
  if (!/^[\w.-]+$/.test(name)) return [];
  return placeFix(place, `Keep it in the project, as ./${name}`, 'suggestion', [
    replace(place.at, `./${name}`),
  ]);
}

export default composeRule({
  id: 'compose-host-folder',
  category: 'security',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A folder of the host outside the project',
  messages: {
    mounted: {
      text: '{service} gets {path}, a folder of the host that the project does not bring: other programs may use it, and the next machine may not have it. Use a named volume, or a folder of the project.',
      equivalents: ['kics:volume_has_sensitive_host_directory'],
    },
    volume: {
      text: 'The volume {volume} is {path}, a folder of the host that the project does not bring: other programs may use it, and the next machine may not have it. Let Docker keep it, or take a folder of the project.',
      equivalents: ['kics:volume_has_sensitive_host_directory'],
    },
  },
  docs: {
    why: 'A folder such as `/srv/data` or `/var/lib/app` belongs to the machine: Docker makes it, owned by root, where it is missing, other programs read and write it, and a backup of the project does not hold it.',
    remedy:
      'A named volume belongs to the stack, is filled from the image and is moved with `docker volume`. A relative path stands beside the Compose file. The repair takes the last part of the path; the content has to be moved by hand.',
    limits: 'Dangerous places have rules of their own. Time zone files and certificates are not reported.',
    references: [
      'https://docs.docker.com/engine/storage/volumes/',
      'https://docs.docker.com/engine/storage/bind-mounts/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What is in the folder today has to be moved along.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - «/srv/uploads»:/app/uploads\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - ./uploads:/app/uploads\n',
      },
      {
        note: 'A volume that is such a folder.',
        code: 'services:\n  app:\n    image: example/app:1\nvolumes:\n  data:\n    driver: local-persist\n    driver_opts:\n      mountpoint: «/var/data»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\nvolumes:\n  data:\n    driver: local-persist\n    driver_opts:\n      mountpoint: /var/data\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - ./uploads:/app/uploads\n      - data:/data\n      - /etc/localtime:/etc/localtime:ro\nvolumes:\n  data:\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<string>();
    return {
      file() {
        for (const { name, path, at, readOnly } of hostVolumes(model)) {
          if (isPlain(path, readOnly)) report('volume', { at, data: { volume: name, path } });
        }
      },
      service(service) {
        for (const { path, at, readOnly, volume } of hostMounts(model, service)) {
          if (volume === null && isPlain(path, readOnly) && !isLocal(path)) places.add(service, at, path);
        }
      },
      end() {
        for (const place of places.all()) {
          const data = { service: place.names, path: place.found };
          report('mounted', { at: place.at, data, fixes: fixesOf(place) });
        }
      },
    };
  },
});

// compose-mount-propagation: a mount through which mounts of the container and the host reach each other.
import { composeRule } from '../../engine/rule.ts';
import { serviceMounts } from '../../insight/host-mounts.ts';
import { gatherPlaces } from '../../insight/places.ts';
import type { Mount } from '../../model/compose/volumes.ts';
import { placeFix } from '../../repairs/places.ts';
import { replace } from '../../text/edit.ts';

/** What there is without: recursive where the word was. */
const privateOf = (propagation: string): string => (propagation.startsWith('r') ? 'rprivate' : 'private');

export default composeRule({
  id: 'compose-mount-propagation',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A mount that hands on other mounts',
  messages: {
    shared: {
      text: 'What {service} mounts below {target} appears on the host and in all containers that share the folder. Make it private, where the service is not there to mount for others.',
      equivalents: ['compose-lint:CL-0017', 'kics:volume_mounted_in_multiple_containers'],
    },
    slave: {
      text: 'What the host mounts later appears in {service} below {target}, whatever it is. Make it private, where the service is not there to see such mounts.',
      severity: 'hint',
      equivalents: ['kics:volume_mounted_in_multiple_containers'],
    },
  },
  docs: {
    why: 'A folder is mounted as it is at the start, and stays so. With `shared` a mount in the container becomes one of the host: with the right to mount, that is a way out. With `slave` a disk that somebody plugs in, or the files of another container, turn up inside.',
    remedy:
      'Leave the option out, or say `rprivate`, which is the same. Storage plugins and exporters that show free space need one of the others: silence the finding there, with the reason.',
    references: [
      'https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation',
      'https://docs.kernel.org/filesystems/sharedsubtree.html',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'Mounts that come later are no longer seen.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - ./data:/data:ro,«rshared»\n      - type: bind\n        source: ./logs\n        target: /logs\n        bind:\n          propagation: «slave»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    volumes:\n      - ./data:/data:ro,rprivate\n      - type: bind\n        source: ./logs\n        target: /logs\n        bind:\n          propagation: private\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    volumes:\n      - ./data:/data:rprivate\n      - shared:/shared\nvolumes:\n  shared:\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Mount>();
    return {
      service(service) {
        for (const mount of serviceMounts(model, service)) {
          const word = mount.propagation;
          if (word && /^r?(?:shared|slave)$/.test(word.text)) places.add(service, word.span, mount);
        }
      },
      end() {
        for (const place of places.all()) {
          const { propagation, target } = place.found;
          const word = propagation?.text ?? '';
          const calm = privateOf(word);
          const fixes = placeFix(place, `Make it ${calm}`, 'unsafe', [replace(place.at, calm)]);
          const data = { service: place.names, target: target ?? '' };
          report(word.endsWith('shared') ? 'shared' : 'slave', { at: place.at, data, fixes });
        }
      },
    };
  },
});

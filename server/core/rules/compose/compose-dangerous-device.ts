// compose-dangerous-device: a device that leads to the disks, the memory or the log of the host.
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { pulledImage } from '../../insight/pulled-image.ts';
import { type DeviceRisk, deviceRiskOf } from '../../knowledge/devices.ts';
import { canonicalHostPath } from '../../knowledge/host-paths.ts';
import { isMonitor } from '../../knowledge/host-tools.ts';
import { devicesOf } from '../../model/compose/devices.ts';
import { itemsOf } from '../../model/compose/items.ts';
import { removalFix } from '../../repairs/places.ts';
import type { Span } from '../../text/span.ts';

interface Found {
  readonly entry: Span;
  readonly device: string;
  readonly kind: DeviceRisk | 'measured' | 'numbers' | 'rule';
}

/** All devices, or all disks: `a *:* rwm`, `b *:* rw`. */
const anyDisk = /^(?:a|b)\s+\*:\*(?:\s+[rwm]+)?$|^a$/;
/** Disks of one kind: `b 8:* rwm`; to make the file alone gives nothing. */
const someDisks = /^b\s+(?:\d+|\*):(?:\d+|\*)\s+m?[rw][rwm]*$/;

export default composeRule({
  id: 'compose-dangerous-device',
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A device that leads to the host',
  messages: {
    disk: {
      text: '{service} gets {device}, a disk of the host: whoever breaks into it reads and writes every file there, past all accounts. Mount the folder that it needs.',
      equivalents: ['compose-lint:CL-0016'],
    },
    measured: {
      text: '{service} measures {device}, a disk of the host: whoever breaks into it reads every file there. Keep its image current and its port closed to others.',
      severity: 'hint',
      equivalents: ['compose-lint:CL-0016'],
    },
    log: {
      text: '{service} gets {device}, the log of the kernel: it tells where attacks on the kernel have to aim. Take it away.',
      equivalents: ['compose-lint:CL-0016'],
    },
    memory: {
      text: '{service} gets {device}: with one capability more it reads and writes the memory of the host. Take it away.',
      severity: 'warning',
    },
    every: {
      text: '{service} gets all devices of the host, its disks among them. Name the one that it needs.',
      equivalents: ['compose-lint:CL-0016'],
    },
    numbers: {
      text: '{service} may make and use disks of the host by `{device}`: whoever breaks into it reads and writes every file there, past all accounts. Mount the folder that it needs.',
      equivalents: ['compose-lint:CL-0016'],
    },
    rule: {
      text: '{service} may make and use any device by `{device}`, the disks of the host among them. Name the kind and the number that it needs.',
      equivalents: ['compose-lint:CL-0016'],
    },
  },
  docs: {
    why: 'A disk holds the files of the host whatever their owner and mode: one command mounts or edits them. `/dev/mem` is the memory of all programs, `/dev/kmsg` what the kernel has logged, with addresses.',
    remedy:
      'Mount the folder that is meant instead of the disk it lies on. For hardware, name the one device: `/dev/ttyUSB0`, `/dev/dri/renderD128`. Such devices are not reported.',
    limits: 'Tools that read the health of disks need them, and are told in a hint.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#devices',
      'https://docs.docker.com/reference/compose-file/services/#device_cgroup_rules',
      'https://docs.docker.com/reference/cli/docker/container/run/#device',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A service that works on the device no longer finds it.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    devices:\n      - «/dev/sda1»:/dev/xvda\n      - /dev/ttyUSB0:/dev/ttyUSB0\n      - source: «/dev/kmsg»\n        target: /dev/kmsg\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    devices:\n      - /dev/ttyUSB0:/dev/ttyUSB0\n',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    devices: ["«/dev»", "«/dev/mem»"]\n    device_cgroup_rules:\n      - "c 189:* rmw"\n      - "«a *:* rwm»"\n      - "«b 8:* rw»"\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    device_cgroup_rules:\n      - "c 189:* rmw"\n',
      },
      {
        note: 'A tool that reads the health of disks.',
        code: 'services:\n  disks:\n    image: ghcr.io/analogj/scrutiny:v0.8.1-omnibus\n    devices:\n      - «/dev/sda»\n',
        fixed:
          'services:\n  disks:\n    image: ghcr.io/analogj/scrutiny:v0.8.1-omnibus\n    devices:\n      - /dev/sda\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    devices:\n      - /dev/net/tun:/dev/net/tun\n      - /dev/dri:/dev/dri\n      - /dev/fuse\n      - vendor.example/class=device\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Found>();
    return {
      service(service) {
        for (const { span: entry, source } of devicesOf(model, service)) {
          const device = canonicalHostPath(source.text);
          const risk = device === null ? undefined : deviceRiskOf(device);
          if (device === null || risk === undefined) continue;
          const isMeasured = risk === 'disk' && isMonitor(pulledImage(model, service)?.name ?? '');
          places.add(service, source.span, { entry, device, kind: isMeasured ? 'measured' : risk });
        }
        for (const { text, span, nodeSpan } of itemsOf(model, service, 'device_cgroup_rules')) {
          const kind = anyDisk.test(text) ? 'rule' : someDisks.test(text) ? 'numbers' : null;
          if (kind !== null) places.add(service, span, { entry: nodeSpan, device: text, kind });
        }
      },
      end() {
        for (const place of places.all()) {
          const { entry, device, kind } = place.found;
          const [at, service] = [place.at, place.names];
          if (kind === 'measured') {
            report(kind, { at, data: { service, device } });
            continue;
          }
          const fixes = removalFix(model, place, `Take ${device} away`, 'unsafe', entry);
          if (kind === 'every') report(kind, { at, data: { service }, fixes });
          else report(kind, { at, data: { service, device }, fixes });
        }
      },
    };
  },
});

// compose-dangerous-capability: a capability that reaches beyond the container.
import type { Equivalent } from '../../engine/finding.ts';
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { pulledImage } from '../../insight/pulled-image.ts';
import {
  type Capability,
  capabilityName,
  isEveryCapability,
  isMadeFor,
  riskOf,
} from '../../knowledge/capabilities.ts';
import { type Item, itemsOf } from '../../model/compose/items.ts';
import { removalFix } from '../../repairs/places.ts';

const all = { name: 'ALL', risk: 'all', deed: '' } as const;
type Given = typeof all | (Capability & { readonly name: string });

interface Found {
  readonly item: Item;
  readonly given: Given;
  /** The image whose work needs it. */
  readonly madeFor: string | null;
}

function givenBy({ text }: Item): Given | null {
  if (isEveryCapability(text)) return all;
  const name = capabilityName(text);
  const capability = riskOf(name);
  return capability ? { name, ...capability } : null;
}

const added = 'kics:container_capabilities_unrestricted';
const host: readonly Equivalent[] = [added, 'compose-lint:CL-0024'];
const kernel: readonly Equivalent[] = [added, 'compose-lint:CL-0011'];
const reach: readonly Equivalent[] = [added, 'compose-lint:CL-0028'];
const disclosure: readonly Equivalent[] = [added, 'compose-lint:CL-0030'];
const bounded: readonly Equivalent[] = [added, 'compose-lint:CL-0027'];
const availability: readonly Equivalent[] = [added, 'compose-lint:CL-0029'];
const byRisk = { host, kernel, reach, defences: [], disclosure, bounded, availability, limits: [] };

export default composeRule({
  id: 'compose-dangerous-capability',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A capability that reaches beyond the container',
  messages: {
    all: {
      text: '{service} gets every capability of root: whoever breaks into it can mount the disk of the host or load code into its kernel. Name the few that it needs.',
      severity: 'error',
      equivalents: host,
    },
    host: {
      text: '{name} lets {service} {deed}: whoever breaks into the container has the host with one more step. Take it away, or give that work to a service that does nothing else.',
      severity: 'error',
      equivalents: host,
    },
    kernel: {
      text: '{name} lets {service} {deed}: more than its own files are at stake when somebody breaks in. Take it away where the service starts without.',
      equivalents: kernel,
    },
    reach: {
      text: '{name} lets {service} {deed}: this reaches every other program of the host. Take it away where the service starts without.',
      equivalents: reach,
    },
    defences: {
      text: '{name} lets {service} {deed}: an intruder can hide. Take it away where the service starts without.',
    },
    disclosure: {
      text: '{name} lets {service} {deed}: both make attacks on the kernel easier. Take it away where the service starts without.',
      equivalents: disclosure,
    },
    bounded: {
      text: '{name} lets {service} {deed}: accounts and file modes no longer keep anything apart. Take it away where the service starts without.',
      equivalents: bounded,
    },
    availability: {
      text: '{name} lets {service} {deed}: a fault in it slows down the whole host. Take it away where the service starts without.',
      severity: 'info',
      equivalents: availability,
    },
    limits: {
      text: '{name} lets {service} {deed}: what `limits` and `ulimits` promise no longer holds. Take it away where the service starts without.',
      severity: 'info',
    },
    expected: {
      text: '{name} lets {service} {deed}. {image} is made for this: keep the image current, and give the service no other privilege.',
      severity: 'hint',
    },
  },
  docs: {
    why: 'Docker starts containers with a few of root’s capabilities, which end at the border of the container. Those that are added by hand mostly do not: with `SYS_ADMIN` or `SYS_MODULE` a container is one command away from the host, with `NET_ADMIN` it may redirect traffic, with `SYS_TIME` it sets everybody’s clock.',
    remedy:
      'Remove the capability and start the service: often it was added for one command years ago. Where a part of the work needs it, give that part a container of its own, with `cap_drop: [ALL]` and just this one.',
    limits:
      'An image that is made for such work, such as a VPN, is told in a hint. Capabilities of Docker’s default set are not judged here.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#cap_add',
      'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
      'https://man7.org/linux/man-pages/man7/capabilities.7.html',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-3-limit-capabilities-grant-only-specific-capabilities-needed-by-a-container',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Whether the service does without, only its start tells.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    cap_add:\n      - «SYS_ADMIN»\n      - NET_BIND_SERVICE\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    cap_add:\n      - NET_BIND_SERVICE\n',
      },
      {
        note: 'All of them at once.',
        code: 'services:\n  app:\n    image: example/app:1\n    cap_add: [«all»]\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
      {
        note: 'Each by what it gives.',
        code: 'services:\n  app:\n    image: example/app:1\n    cap_add: ["«CAP_NET_ADMIN»", "«SYS_TIME»", "«AUDIT_CONTROL»", "«SYSLOG»", "«SYS_PTRACE»", "«SYS_NICE»", "«SYS_RESOURCE»"]\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
      {
        note: 'A VPN is there to change the network.',
        code: 'services:\n  vpn:\n    image: qmcgaw/gluetun:v3.40\n    cap_add:\n      - «NET_ADMIN»\n',
        fixed: 'services:\n  vpn:\n    image: qmcgaw/gluetun:v3.40\n    cap_add:\n      - NET_ADMIN\n',
      },
      {
        note: 'Two services take the list: the title of the repair names both.',
        code: 'x-base: &base\n  restart: always\n  cap_add:\n    - «SYS_MODULE»\nservices:\n  a:\n    <<: *base\n    image: example/a:1\n  b:\n    <<: *base\n    image: example/b:1\n',
        fixed:
          'x-base: &base\n  restart: always\nservices:\n  a:\n    <<: *base\n    image: example/a:1\n  b:\n    <<: *base\n    image: example/b:1\n',
      },
    ],
    good: [
      {
        note: 'Docker’s default set, named one by one.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    cap_drop: [ALL]\n    cap_add: [CHOWN, SETUID, SETGID, NET_BIND_SERVICE]\n',
      },
      {
        note: 'No capability is called so.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    cap_add: [CAP_ALL]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Found>();
    return {
      service(service) {
        for (const item of itemsOf(model, service, 'cap_add')) {
          const given = givenBy(item);
          if (given === null) continue;
          const image = given === all ? undefined : pulledImage(model, service)?.name;
          const madeFor = image !== undefined && isMadeFor(image, given.name) ? image : null;
          places.add(service, item.span, { item, given, madeFor });
        }
      },
      end() {
        for (const place of places.all()) {
          const { item, given, madeFor } = place.found;
          const { name, deed, risk } = given;
          const [at, service] = [place.at, place.names];
          const fixes = removalFix(model, place, `Take ${name} away`, 'unsafe', item.nodeSpan);
          if (risk === 'all') report('all', { at, data: { service }, fixes });
          else if (madeFor === null) report(risk, { at, data: { service, name, deed }, fixes });
          else
            report('expected', {
              at,
              data: { service, name, deed, image: madeFor },
              equivalents: byRisk[risk],
            });
        }
      },
    };
  },
});

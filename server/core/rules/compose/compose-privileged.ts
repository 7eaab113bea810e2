// compose-privileged: a service that may do on the host whatever root may.
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { meantBy } from '../../model/compose/effective.ts';
import type { Service } from '../../model/compose/model.ts';
import { comesToTrue, isTrue } from '../../model/compose/truth.ts';
import { removalFix } from '../../repairs/places.ts';
import type { Span } from '../../text/span.ts';

/** The keys of hooks that say so. */
function privilegedHooks(service: Service): Span[] {
  return ['post_start', 'pre_stop'].flatMap(key => {
    const list = service.get(key)?.node;
    const hooks = list?.kind === 'sequence' ? list.items.map(item => meantBy(item)) : [];
    return hooks.flatMap(hook =>
      hook.kind === 'map'
        ? hook.pairs.flatMap(({ key: { text, span }, value }) =>
            text === 'privileged' && isTrue(meantBy(value)) ? [span] : [],
          )
        : [],
    );
  });
}

export default composeRule({
  id: 'compose-privileged',
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A privileged service',
  messages: {
    privileged: {
      text: 'The service {service} is privileged: it reaches every device and every kernel setting, so whoever breaks into it owns the host. Take `privileged` away and name the capability or device that it needs.',
      equivalents: [
        'kics:privileged_containers_enabled',
        'compose-lint:CL-0002',
        'semgrep:privileged-service',
      ],
    },
    hook: {
      text: 'A command that runs in {service} is privileged: it reaches every device and every kernel setting of the host. Take `privileged` away, or run it as a service of its own that ends.',
    },
  },
  docs: {
    why: '`privileged: true` switches off nearly everything that keeps a container apart: all capabilities, all devices, no seccomp and no AppArmor profile. Mounting the disk of the host is then one command.',
    remedy:
      'Remove it, start the service, and give what is missing by name: `cap_add: [NET_ADMIN]` for network settings, `devices: ["/dev/ttyUSB0"]` for hardware, `sysctls` for kernel settings of its own network.',
    limits:
      'Docker in Docker works only privileged or with a rootless daemon: ignore the finding there, with the reason.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#privileged',
      'https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'The service may need a capability or device that it got along with all the others.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  vpn:\n    image: example/vpn:1.2\n    «privileged»: true\n    cap_add:\n      - NET_ADMIN\n',
        fixed: 'services:\n  vpn:\n    image: example/vpn:1.2\n    cap_add:\n      - NET_ADMIN\n',
      },
      {
        note: 'Nothing else is said of the variable.',
        code: 'services:\n  vpn:\n    image: example/vpn:1.2\n    «privileged»: ${PRIVILEGED:-true}\n',
        fixed: 'services:\n  vpn:\n    image: example/vpn:1.2\n',
      },
      {
        note: 'Several services take it: the title of the repair names them.',
        code: 'x-base: &base\n  restart: always\n  «privileged»: true\nservices:\n  a:\n    <<: *base\n    image: example/a:1\n  b:\n    <<: *base\n    image: example/b:1\n',
        fixed:
          'x-base: &base\n  restart: always\nservices:\n  a:\n    <<: *base\n    image: example/a:1\n  b:\n    <<: *base\n    image: example/b:1\n',
      },
      {
        note: 'A command that Compose runs in the container.',
        code: 'services:\n  app:\n    image: example/app:1\n    post_start:\n      - command: ["/setup.sh"]\n        «privileged»: true\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    post_start:\n      - command: ["/setup.sh"]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  vpn:\n    image: example/vpn:1.2\n    privileged: false\n    cap_add: [NET_ADMIN]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const services = gatherPlaces<null>();
    const hooks = gatherPlaces<null>();
    return {
      service(service) {
        const entry = service.get('privileged');
        if (entry && comesToTrue(model, entry.node)) services.add(service, entry.keySpan, null);
        for (const span of privilegedHooks(service)) hooks.add(service, span, null);
      },
      end() {
        for (const [message, places] of [
          ['privileged', services],
          ['hook', hooks],
        ] as const) {
          for (const place of places.all()) {
            const fixes = removalFix(model, place, 'Take privileged away', 'unsafe');
            report(message, { at: place.at, data: { service: place.names }, fixes });
          }
        }
      },
    };
  },
});

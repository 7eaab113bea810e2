// compose-privileged: a service that may do on the host whatever root may.
import { composeRule, fix } from '../../engine/rule.ts';
import { removeEntries } from '../../model/compose/edit.ts';

/** YAML 1.1 spellings that people write, in quotes too. */
const truthy = /^(?:true|yes|on|y)$/i;

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
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The service may need a capability or device that it got along with all the others.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  vpn:\n    image: example/vpn:1.2\n    «privileged»: true\n    cap_add:\n      - NET_ADMIN\n',
        fixed: 'services:\n  vpn:\n    image: example/vpn:1.2\n    cap_add:\n      - NET_ADMIN\n',
      },
      {
        note: 'Several services take it: whom it may be taken from, their author decides.',
        code: 'x-base: &base\n  «privileged»: true\nservices:\n  a:\n    <<: *base\n    image: example/a:1\n  b:\n    <<: *base\n    image: example/b:1\n',
        fixed:
          'x-base: &base\n  privileged: true\nservices:\n  a:\n    <<: *base\n    image: example/a:1\n  b:\n    <<: *base\n    image: example/b:1\n',
      },
    ],
    good: [
      {
        code: 'services:\n  vpn:\n    image: example/vpn:1.2\n    privileged: false\n    cap_add: [NET_ADMIN]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new Set<number>();
    return {
      service(service) {
        const entry = service.get('privileged');
        if (entry?.node?.kind !== 'scalar' || !truthy.test(entry.node.text)) return;
        // One place that several services take is one finding.
        if (seen.has(entry.keySpan.start)) return;
        seen.add(entry.keySpan.start);
        const edits = entry.sharedBy.length > 0 ? null : removeEntries(model, [entry.keySpan]);
        const names = [service.name, ...entry.sharedBy].join(', ');
        report('privileged', {
          at: entry.keySpan,
          data: { service: names },
          fixes: edits ? [fix('Take privileged away', 'unsafe', edits)] : [],
        });
      },
    };
  },
});

// compose-unconfined: a service for which a wall of the kernel was taken down.
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { type Item, itemsOf } from '../../model/compose/items.ts';
import { removalFix } from '../../repairs/places.ts';

type Wall = 'seccomp' | 'apparmor' | 'selinux' | 'type' | 'paths';

/** With `:` as well as `=`; the first form is one that people write who mean seccomp. */
const spellings: readonly (readonly [option: RegExp, wall: Wall])[] = [
  [/^(?:label[:=])?seccomp[:=]\s*unconfined$/i, 'seccomp'],
  [/^apparmor[:=]\s*unconfined$/i, 'apparmor'],
  [/^label[:=]\s*disable$/i, 'selinux'],
  [/^label[:=]\s*type[:=]\s*spc_t$/i, 'type'],
  [/^systempaths[:=]\s*unconfined$/i, 'paths'],
];

const wallOf = ({ text }: Item): Wall | undefined => spellings.find(([option]) => option.test(text))?.[1];

export default composeRule({
  id: 'compose-unconfined',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service without a wall that Docker puts up',
  messages: {
    seccomp: {
      text: '{service} runs without a seccomp profile: all system calls of the kernel are open to it, also those through which containers are broken out of. Take `{option}` away, or name a profile that adds the calls it needs.',
      equivalents: [
        'compose-lint:CL-0009',
        'kics:default_seccomp_profile_disabled',
        'semgrep:seccomp-confinement-disabled',
      ],
    },
    apparmor: {
      text: '{service} runs without AppArmor: mounting and writing to `/proc` and `/sys` are no longer forbidden. Take `{option}` away, or name a profile that allows what it needs.',
      equivalents: ['compose-lint:CL-0009'],
    },
    selinux: {
      text: '{service} runs without SELinux labels: nothing keeps it from files of the host that the account may read. Take `{option}` away, and label what it mounts with `:z` or `:Z`.',
      equivalents: ['compose-lint:CL-0009', 'semgrep:selinux-separation-disabled'],
    },
    type: {
      text: '{service} runs with the SELinux type `spc_t`, which may do anything: it is as if SELinux were off. Take `{option}` away, and label what it mounts with `:z` or `:Z`.',
    },
    paths: {
      text: '{service} sees the parts of `/proc` and `/sys` that Docker hides, and may write to some. Take `{option}` away.',
    },
  },
  docs: {
    why: 'Docker puts each container behind several walls, so that a flaw in one is not the end: seccomp forbids about 40 system calls, AppArmor or SELinux forbid files and mounts. `unconfined` takes one down for good, mostly for a program that needed a single call.',
    remedy:
      'Remove the option and start the service. Where something fails, copy the default profile, add the call that is missing, and name the file: `seccomp:./profile.json`. Debuggers and profilers work with the default profile since Linux 4.8.',
    references: [
      'https://docs.docker.com/engine/security/seccomp/',
      'https://docs.docker.com/engine/security/apparmor/',
      'https://docs.docker.com/reference/compose-file/services/#security_opt',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-6-use-linux-security-module-seccomp-apparmor-or-selinux',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'A program that needs a forbidden call fails.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    security_opt:\n      - no-new-privileges:true\n      - «seccomp:unconfined»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    security_opt:\n      - no-new-privileges:true\n',
      },
      {
        note: 'In all spellings.',
        code: 'services:\n  app:\n    image: example/app:1\n    security_opt: ["«apparmor=unconfined»", "«label:disable»", "«systempaths=unconfined»"]\n  old:\n    image: example/old:1\n    security_opt:\n      - «label:type:spc_t»\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n  old:\n    image: example/old:1\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    security_opt:\n      - no-new-privileges:true\n      - seccomp:./profile.json\n      - apparmor:docker-default\n      - label:type:web_t\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<{ readonly item: Item; readonly wall: Wall }>();
    return {
      service(service) {
        for (const item of itemsOf(model, service, 'security_opt')) {
          const wall = wallOf(item);
          if (wall !== undefined) places.add(service, item.span, { item, wall });
        }
      },
      end() {
        for (const place of places.all()) {
          const { item, wall } = place.found;
          const data = { service: place.names, option: item.text };
          const fixes = removalFix(model, place, `Take ${item.text} away`, 'unsafe', item.nodeSpan);
          report(wall, { at: place.at, data, fixes });
        }
      },
    };
  },
});

// recommended-packages: an install that also brings what nobody asked for.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isConfigured } from '../../insight/package-settings.ts';
import {
  hasOption,
  isRehearsal,
  mayHaveMoreOptions,
  onPackageWork,
  type PackageWork,
} from '../../insight/package-work.ts';
import type { ShellWord } from '../../model/shell/script.ts';
import { addWords } from '../../repairs/commands.ts';

interface Switch {
  readonly message: 'apt' | 'rpm' | 'zypper';
  /** The option that leaves recommended packages out. */
  readonly option: string;
  readonly given: RegExp;
  readonly configured: RegExp;
}

const apt: Switch = {
  message: 'apt',
  option: '--no-install-recommends',
  given:
    /^(?:--no-install-recommends|--without-recommends|-R|(?:-o=?|--option=)?APT::Install-Recommends=(?:0|false|no|off))$/i,
  configured: /Install-Recommends["\s]*(?:0|false|no|off)/i,
};
const dnf: Switch = {
  message: 'rpm',
  option: '--setopt=install_weak_deps=False',
  given: /^(?:--setopt=)?install_weak_deps=(?:0|false|no)$/i,
  configured: /install_weak_deps\s*=\s*(?:0|false|no)/i,
};
const zypper: Switch = {
  message: 'zypper',
  option: '--no-recommends',
  given: /^--no-recommends$/,
  configured: /onlyRequires\s*=\s*(?:true|yes|1)/i,
};

const switches: Readonly<Record<string, Switch>> = {
  'apt-get': apt,
  apt,
  aptitude: { ...apt, option: '--without-recommends' },
  dnf,
  dnf5: dnf,
  zypper,
};

/** Without quotes: a word is not put behind one that nobody ends. */
const isOption = /^-[\w=:.-]+$/;

/** The last of the options that follow the verb. */
function placeOf({ command: { args }, manager, verb }: PackageWork): ShellWord {
  let place = verb;
  for (const word of args.slice(args.indexOf(verb) + 1)) {
    if (!isOption.test(word.raw) || manager.valued.has(word.raw)) break;
    place = word;
  }
  return place;
}

export default dockerfileRule({
  id: 'recommended-packages',
  category: 'size',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Recommended packages are installed along',
  messages: {
    apt: {
      text: '`{command}` also installs what its packages merely recommend: a larger image, with more in it to keep free of flaws. Add `{option}`.',
      equivalents: [
        'hadolint:DL3015',
        'trivy:DS-0029',
        'kics:apt_get_not_avoiding_additional_packages',
        'semgrep:missing-no-install-recommends',
      ],
    },
    rpm: {
      text: '`{command}` also installs weak dependencies: a larger image, with more in it to keep free of flaws. Add `{option}`.',
      severity: 'hint',
    },
    zypper: {
      text: '`{command}` also installs what its packages merely recommend. Add `{option}`.',
      severity: 'hint',
    },
  },
  docs: {
    why: 'Packages name others that are of use to most people at a desk: documentation, mail servers, fonts. In an image they cost megabytes, and each of them is one more thing for a scanner to complain about.',
    remedy:
      'Add `--no-install-recommends`, and name what is really needed: certificates for HTTPS (`ca-certificates`) are often only recommended. The repair adds the option. For dnf it is `--setopt=install_weak_deps=False`, for zypper `--no-recommends`.',
    limits:
      'Which recommended package the image needs after all cannot be seen. Settings in files of `/etc` are seen where the Dockerfile writes them.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#apt-get',
      'https://www.debian.org/doc/debian-policy/ch-relationships.html#binary-dependencies-depends-recommends-suggests-enhances-pre-depends',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The image may have come to need one of the packages that are then missing.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update \\\n && «apt-get install» -y curl \\\n && rm -rf /var/lib/apt/lists/*\n',
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update \\\n && apt-get install -y --no-install-recommends curl \\\n && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM fedora:43\nRUN «dnf install» -y httpd && dnf clean all\n',
        fixed: 'FROM fedora:43\nRUN dnf install -y --setopt=install_weak_deps=False httpd && dnf clean all\n',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper --non-interactive in» httpd && zypper clean\n',
        fixed:
          'FROM opensuse/leap:15.6\nRUN zypper --non-interactive in --no-recommends httpd && zypper clean\n',
      },
      {
        note: 'A quote that nobody ends.',
        code: 'FROM debian:13.1-slim\nRUN <<EOF\n«apt-get install» -y["curl\nEOF\n',
        fixed: 'FROM debian:13.1-slim\nRUN <<EOF\napt-get install --no-install-recommends -y["curl\nEOF\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1-slim\nRUN apt-get install -y --no-install-recommends curl\n' },
      { code: 'FROM debian:13.1-slim\nRUN apt-get -o APT::Install-Recommends=false install -y curl\n' },
      { code: 'FROM debian:13.1-slim\nRUN apt-get -o=APT::Install-Recommends=0 install -y curl\n' },
      {
        note: 'The configuration says so for all.',
        code: 'FROM debian:13.1-slim\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/90lean\nRUN apt-get install -y curl\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    programs: [
      onPackageWork(['install'], (work, run) => {
        const found = switches[work.manager.name];
        // What is built from source names what it needs.
        if (
          !found ||
          work.verb.value === 'build-dep' ||
          hasOption(work, found.given) ||
          isRehearsal(work) ||
          mayHaveMoreOptions(work)
        )
          return;
        if (isConfigured(model, run, found.configured)) return;
        report(found.message, {
          at: work.span,
          data: { command: work.title, option: found.option },
          fixes: [
            fix(`Add ${found.option}`, 'unsafe', [addWords(run, work.command, placeOf(work), found.option)]),
          ],
        });
      }),
    ],
  }),
});

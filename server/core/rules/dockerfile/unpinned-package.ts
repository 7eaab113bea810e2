// unpinned-package: an install that takes whatever version the day offers.
import { option } from '../../engine/options.ts';
import { dockerfileRule } from '../../engine/rule.ts';
import { unpinnedPackages } from '../../insight/package-pins.ts';
import { isRehearsal, onPackageWork } from '../../insight/package-work.ts';

const text =
  'No version is given for {packages}: another day, another build. Write `{pin}` for what has to stay the same.';

const mostNamed = 3;

function listed(names: readonly string[]): string {
  const named = names.slice(0, mostNamed).map(name => `\`${name}\``);
  const rest = names.length - named.length;
  return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${rest} more`;
}

export default dockerfileRule({
  id: 'unpinned-package',
  category: 'reproducibility',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A package without a version',
  messages: {
    apt: { text, equivalents: ['hadolint:DL3008', 'kics:apt_get_install_pin_version_not_defined'] },
    apk: { text, equivalents: ['hadolint:DL3018', 'kics:unpinned_package_version_in_apk_add'] },
    yum: { text, equivalents: ['hadolint:DL3033', 'kics:yum_install_without_version'] },
    dnf: { text, equivalents: ['hadolint:DL3041', 'kics:missing_version_specification_in_dnf_install'] },
    zypper: { text, equivalents: ['hadolint:DL3037', 'kics:zypper_install_without_version'] },
  },
  docs: {
    why: 'Without a version an install takes what the repository holds on the day of the build. The same Dockerfile then makes different images, and a new version of one package can break a build in which nothing was changed.',
    remedy:
      'Give the version of each package that the image depends on: `curl=8.14.1-2` for apt, `curl~=8.14` for apk (which still takes its fixes), `httpd-2.4.62` for dnf and yum, `httpd=2.4.62` for zypper. Repositories of distributions drop old versions: pin what matters, or pin a snapshot of the repository instead. Packages that may move are listed in `allowed`.',
    limits: 'A word with a variable in it is taken for one with a version.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
      'https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper#Advanced_APK_Usage',
    ],
  },
  fix: {
    availability: 'never',
    why: 'Which versions there are, only the repositories of the base image know; none is made up.',
  },
  options: {
    allowed: option.strings([], 'Packages that may be installed in any version, such as `ca-certificates`.'),
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y «curl» git=1:2.47.3-0+deb13u1 make \\\n    && rm -rf /var/lib/apt/lists/*\n',
      },
      { code: 'FROM alpine:3.22\nRUN apk add --no-cache -t .build «gcc» musl-dev make zlib-dev\n' },
      {
        code: 'FROM fedora:43\nRUN dnf -y install «httpd» && dnf -y module install nodejs:22 && dnf clean all\nRUN yum -y install openssl-1:3.2.6-2.fc43 «java-21-openjdk»\n',
      },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n in «httpd» && zypper clean\n' },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache ca-certificates «curl»\n',
        options: { allowed: ['ca-certificates'] },
      },
    ],
    good: [
      { code: 'FROM debian:13.1-slim\nRUN apt-get install -y curl=8.14.1-2 /tmp/tool_amd64.deb\n' },
      { code: 'FROM alpine:3.22\nARG GIT=2.49\nRUN apk add --no-cache "curl~=8.14" "git~=$GIT"\n' },
      {
        note: 'Groups and patterns have no version.',
        code: 'FROM opensuse/leap:15.6\nRUN zypper -n install -t pattern devel_basis && dnf -y group install "Development Tools"\n',
      },
    ],
  },
  check: ({ options, report }) => ({
    command: onPackageWork(['install'], work => {
      const { family, pin } = work.manager;
      if (family === 'pacman' || isRehearsal(work)) return;
      const packages = unpinnedPackages(work).filter(({ value }) => !options.allowed.includes(value ?? ''));
      const [first, ...others] = packages;
      if (first === undefined) return;
      report(family, {
        at: first.span,
        data: { packages: listed(packages.map(({ value }) => value ?? '')), pin },
        related: others.map(({ span }) => ({ span, message: 'nor for this one' })),
      });
    }),
  }),
});

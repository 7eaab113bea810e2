// package-upgrade: everything in the base image upgraded to whatever the day offers.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isRehearsal, onPackageWork, type SystemWork } from '../../insight/package-work.ts';
import { removeCommand } from '../../repairs/commands.ts';

const text =
  '`{command}` upgrades whatever the base image holds: two builds of this file differ, and each carries every upgraded file twice. Build from a newer tag of the base image, and upgrade by name what cannot wait.';

/** Undefined for distributions that are only ever upgraded as a whole. */
function messageOf({ manager: { family }, verb }: SystemWork) {
  const isRelease = /^(?:dist-upgrade|full-upgrade|dup)$/.test(verb.value ?? '');
  if (family === 'pacman') return undefined;
  return isRelease && (family === 'apt' || family === 'zypper') ? (`${family}-release` as const) : family;
}

export default dockerfileRule({
  id: 'package-upgrade',
  category: 'reproducibility',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'All packages of the base image are upgraded',
  messages: {
    apt: { text, equivalents: ['semgrep:avoid-apt-get-upgrade'] },
    'apt-release': {
      text: '`{command}` may also remove packages of the base image, and moves the rest to whatever the day offers. Build from a newer tag of the base image, and upgrade by name what cannot wait.',
      severity: 'warning',
      equivalents: ['trivy:DS-0024', 'semgrep:avoid-apt-get-upgrade'],
    },
    apk: { text, equivalents: ['semgrep:avoid-apk-upgrade'] },
    yum: { text, equivalents: ['semgrep:avoid-yum-update'] },
    dnf: { text, equivalents: ['semgrep:avoid-dnf-update'] },
    zypper: { text, equivalents: ['semgrep:avoid-zypper-update'] },
    'zypper-release': {
      text: '`{command}` takes the whole distribution to whatever its repositories hold, and may remove packages. Build from a newer tag of the base image, and upgrade by name what cannot wait.',
      severity: 'warning',
      equivalents: ['hadolint:DL3035', 'semgrep:avoid-zypper-update'],
    },
  },
  docs: {
    why: 'The point of a Dockerfile is that the same file makes the same image. An upgrade of everything makes it depend on the day; the layer grows by every file that is replaced; and it hides that the base image is out of date. Official images are rebuilt when their packages have security fixes.',
    remedy:
      'Name a newer tag of the base image, rebuild with `--pull`, and install by name the one fixed package that cannot wait. The repair takes the upgrade out.',
    limits:
      'Where the base image is not maintained, or a rule of the house asks for it, upgrading is right: then ignore this rule with that reason.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often',
      'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The image goes back to the packages of its base, which may be older.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update && «apt-get upgrade» -y && apt-get install -y curl\nRUN «apt-get -y dist-upgrade»\n',
        fixed: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y curl\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN «apk upgrade» --no-cache || true\n',
        fixed: 'FROM alpine:3.22\nRUN apk upgrade --no-cache || true\n',
        note: 'What depends on whether it succeeds is left alone.',
      },
      {
        code: 'FROM fedora:43\nRUN «dnf -y update» && dnf -y install httpd\nRUN «yum -y update»; yum clean all\n',
        fixed: 'FROM fedora:43\nRUN dnf -y install httpd\nRUN yum clean all\n',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper -n up» && «zypper -n dup» && echo done\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN echo done\n',
      },
    ],
    good: [
      {
        note: 'One package, by name.',
        code: 'FROM fedora:43\nRUN dnf -y update openssl && dnf clean all\n',
      },
      {
        note: 'Arch Linux is only ever upgraded as a whole.',
        code: 'FROM archlinux:base\nRUN pacman -Syu --noconfirm git\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    programs: [
      onPackageWork(['upgrade'], (work, run) => {
        const message = messageOf(work);
        if (message === undefined || work.operands.length > 0 || isRehearsal(work)) return;
        const edit = removeCommand(model, run, work.command);
        report(message, {
          at: work.span,
          data: { command: work.title },
          fixes: edit === null ? [] : [fix(`Leave out ${work.title}`, 'unsafe', [edit])],
        });
      }),
    ],
  }),
});

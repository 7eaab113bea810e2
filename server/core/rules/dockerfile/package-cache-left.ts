// package-cache-left: indexes and downloads of a package manager that stay in the image.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import {
  isUsedBehind,
  reliesOnEarlierIndex,
  reliesOnIndex,
  runsBehind,
} from '../../insight/package-index.ts';
import { fillsStore, isDockerCleanGone, keepsArchives, sharesStore } from '../../insight/package-stores.ts';
import {
  onPackageWork,
  type PackageWork,
  packageWorkOf,
  type SystemWork,
} from '../../insight/package-work.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import { appendCommand } from '../../repairs/append-command.ts';
import { removeCommand, rightsOf } from '../../repairs/commands.ts';
import { addLeanOption } from '../../repairs/lean-install.ts';

const cleanUp = (model: DockerfileModel, run: RunInstruction, work: PackageWork, command: string): Fix[] => {
  const edit = appendCommand(model, run, `${rightsOf(work.command)}${command}`);
  return edit === null ? [] : [fix(`Add ${command}`, 'safe', [edit])];
};

const withoutCache = (run: RunInstruction, work: PackageWork): Fix[] => [
  fix('Add --no-cache', 'safe', [addLeanOption(run, work, '--no-cache')]),
];

/** An index of apt that a RUN behind needs stays, and so does one that its own RUN has no use for. */
const isNeeded = (model: DockerfileModel, run: RunInstruction, work: PackageWork): boolean =>
  work.manager.family === 'apt' &&
  (!isUsedBehind(run, work) ||
    runsBehind(model, run).some(other => reliesOnEarlierIndex(other, work) !== null));

/** `apk update` is left out once nothing in its RUN, or behind it, installs by what it fetches. */
function withoutIndex(model: DockerfileModel, run: RunInstruction, work: PackageWork): Fix[] {
  const behind = packageWorkOf(run).filter(other => other.span.start > work.span.start);
  const isIdle =
    behind.every(other => !reliesOnIndex(other, work)) &&
    runsBehind(model, run).every(other => reliesOnEarlierIndex(other, work) === null);
  const edit = isIdle ? removeCommand(model, run, work.command) : null;
  return edit === null ? [] : [fix(`Leave out ${work.title}`, 'safe', [edit])];
}

/** One clean-up serves all calls of a RUN: the first one speaks for them. */
const isFirstLeft = (run: RunInstruction, work: PackageWork): boolean =>
  packageWorkOf(run).find(other => sharesStore(other, work) && fillsStore(run, other))?.span.start ===
  work.span.start;

function messageOf(run: RunInstruction, { manager: { name, family } }: SystemWork) {
  if (name === 'microdnf') return name;
  if (
    family === 'apt' &&
    packageWorkOf(run).some(({ manager, action }) => manager.family === 'apt' && action === 'clean')
  )
    return 'apt-cleaned';
  return family === 'pacman' || family === 'apk' ? 'other' : family;
}

const text =
  '`{command}` leaves its cache in the image, which nobody needs once it is built. End the RUN with `{clean}`.';

export default dockerfileRule({
  id: 'package-cache-left',
  category: 'size',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The cache of a package manager stays in the image',
  messages: {
    apt: {
      text: '`{command}` leaves the lists of all packages in the image: 20 to 50 MB that grow old. End the RUN with `{clean}`.',
      equivalents: [
        'hadolint:DL3009',
        'kics:apt_get_install_lists_were_not_deleted',
        'semgrep:remove-package-lists',
        'semgrep:remove-package-cache',
      ],
    },
    'apt-cleaned': {
      text: '`{command}` leaves the lists of all packages in the image, 20 to 50 MB that grow old: `apt-get clean` removes downloads alone. End the RUN with `{clean}`.',
      equivalents: ['hadolint:DL3009', 'semgrep:remove-package-lists'],
    },
    'apt-archives': {
      text: '`{command}` leaves the packages it downloads in the image, since `docker-clean` was removed. End the RUN with `{clean}`, or mount a cache at /var/cache/apt.',
      equivalents: ['hadolint:DL3009', 'kics:apt_get_install_lists_were_not_deleted'],
    },
    apk: {
      text: '`{command}` leaves the index of all packages in the image. Add `--no-cache`.',
      equivalents: [
        'hadolint:DL3019',
        'trivy:DS-0025',
        'kics:apk_add_using_local_cache_path',
        'semgrep:missing-apk-no-cache',
      ],
    },
    'apk-index': {
      text: '`{command}` leaves the index of all packages in the image. Leave it out: `apk add --no-cache` fetches what it needs.',
    },
    'apk-upgrade': {
      text: '`{command}` leaves the index of all packages in the image. Add `--no-cache`.',
    },
    yum: {
      text,
      equivalents: [
        'hadolint:DL3032',
        'trivy:DS-0015',
        'kics:yum_clean_all_missing',
        'semgrep:missing-yum-clean-all',
      ],
    },
    dnf: {
      text,
      equivalents: [
        'hadolint:DL3040',
        'trivy:DS-0019',
        'kics:missing_dnf_clean_all',
        'semgrep:missing-dnf-clean-all',
      ],
    },
    microdnf: { text, equivalents: ['hadolint:DL3040', 'trivy:DS-0027', 'kics:missing_dnf_clean_all'] },
    zypper: {
      text,
      equivalents: [
        'hadolint:DL3036',
        'trivy:DS-0020',
        'kics:missing_zypper_clean',
        'semgrep:missing-zypper-clean',
      ],
    },
    other: { text },
  },
  docs: {
    why: 'What a RUN leaves behind is part of the image for good: a later instruction can hide it, not remove it. Lists and downloads of a package manager make every pull slower, and an old list makes a later install fail or fetch old packages.',
    remedy:
      'Clean up in the same RUN, or mount a cache where it lies (`--mount=type=cache,target=/var/cache/apt`). The repair adds the command at the end of the RUN, in its own style, and `--no-cache` to apk. What a later RUN still needs is left alone.',
    limits:
      'Only layers of the image count, not those of build stages. Scripts are not read; one with "clean" in its name is taken at its word.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#apt-get',
      'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'Only the cache is missing from the image. A RUN in JSON form takes no further command.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN «apt-get update» && apt-get install -y --no-install-recommends \\\n    curl\n',
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y --no-install-recommends \\\n    curl \\\n    && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM debian:13.1-slim\nRUN «apt-get update» && apt-get install -y curl && apt-get clean\n',
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y curl && apt-get clean && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        note: 'Without docker-clean, apt keeps what it downloads: the mount holds the lists alone.',
        code: 'FROM debian:13.1-slim\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && «apt-get install» -y --no-install-recommends curl\n',
        fixed:
          'FROM debian:13.1-slim\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y --no-install-recommends curl && apt-get clean\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN «apk add» --update curl\n',
        fixed: 'FROM alpine:3.22\nRUN apk add --no-cache curl\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN «apk update» && «apk upgrade» && apk add --no-cache curl\n',
        fixed: 'FROM alpine:3.22\nRUN apk upgrade --no-cache && apk add --no-cache curl\n',
      },
      {
        code: 'FROM fedora:43\nRUN set -eux; \\\n    «dnf install» -y httpd\nRUN «yum install» -y curl\n',
        fixed:
          'FROM fedora:43\nRUN set -eux; \\\n    dnf install -y httpd; \\\n    dnf clean all\nRUN yum install -y curl && yum clean all\n',
      },
      {
        code: 'FROM redhat/ubi9-minimal:9.6\nRUN <<EOF\n«microdnf install» -y httpd\nEOF\n',
        fixed:
          'FROM redhat/ubi9-minimal:9.6\nRUN <<EOF\nmicrodnf install -y httpd && microdnf clean all\nEOF\n',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper install» -y httpd\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper install -y httpd && zypper clean --all\n',
      },
      {
        code: 'FROM archlinux:base\nRUN [«"pacman", "-S"», "--noconfirm", "git"]\n',
        fixed: 'FROM archlinux:base\nRUN ["pacman", "-S", "--noconfirm", "git"]\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/{apt,dpkg}/lists\n',
      },
      {
        note: 'What is mounted is no part of the image.',
        code: 'FROM debian:13.1-slim\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl\n',
      },
      {
        note: 'Layers of a build stage are not shipped.',
        code: 'FROM debian:13.1-slim AS build\nRUN apt-get update && apt-get install -y gcc\nFROM scratch\nCOPY --from=build /out /\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const apk = (work: PackageWork, run: RunInstruction): void => {
      const said = { at: work.span, data: { command: work.title } };
      if (work.action === 'index') {
        if (isUsedBehind(run, work)) report('apk-index', { ...said, fixes: withoutIndex(model, run, work) });
      } else {
        const message = work.action === 'install' ? 'apk' : 'apk-upgrade';
        report(message, { ...said, fixes: withoutCache(run, work) });
      }
    };
    return {
      programs: [
        onPackageWork(['install', 'upgrade', 'index', 'remove'], (work, run) => {
          if (!leavesLayer(run)) return;
          const at = work.span;
          const command = work.title;
          if (keepsArchives(run, work) && isDockerCleanGone(model, run)) {
            const fixes = cleanUp(model, run, work, 'apt-get clean');
            report('apt-archives', { at, data: { command, clean: 'apt-get clean' }, fixes });
          }
          if (!fillsStore(run, work)) return;
          if (work.manager.family === 'apk') return apk(work, run);
          if (!isFirstLeft(run, work)) return;
          const { clean } = work.manager.store;
          const fixes = isNeeded(model, run, work) ? [] : cleanUp(model, run, work, clean);
          return report(messageOf(run, work), { at, data: { command, clean }, fixes });
        }),
      ],
    };
  },
});

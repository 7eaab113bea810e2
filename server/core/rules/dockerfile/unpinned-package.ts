// unpinned-package: an install that takes whatever version the day offers.
import { option } from '../../engine/options.ts';
import { dockerfileRule } from '../../engine/rule.ts';
import { findsFile } from '../../insight/copied-files.ts';
import { imageOfPackages } from '../../insight/package-origin.ts';
import { isRepository, movingPackages, unpinnedPackages } from '../../insight/package-pins.ts';
import {
  isRehearsal,
  type LanguageWork,
  onLanguageWork,
  onPackageWork,
  type PackageWork,
  type SystemWork,
} from '../../insight/package-work.ts';
import { builtFrom, commandsOf } from '../../insight/run-effects.ts';
import type { RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellWord } from '../../model/shell/script.ts';
import { pinVersions } from '../../repairs/version-pins.ts';

const text =
  'No version is given for {packages}: another day, another build. Write `{pin}` for what has to stay the same.';

const revisionText =
  'No revision is given for {packages}: another day, another build. Write `{pin}` for what has to stay the same.';

const mostNamed = 3;

function listed(names: readonly string[]): string {
  const named = names.slice(0, mostNamed).map(name => `\`${name}\``);
  const rest = names.length - named.length;
  return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${rest} more`;
}

/** Inside a module Go takes the versions of its `go.mod`. */
const isPinnedByModule = (run: RunInstruction, { manager, verb, operands }: LanguageWork): boolean =>
  manager.family === 'go' &&
  verb.value !== 'get' &&
  !operands.some(({ raw }) => raw.includes('@')) &&
  findsFile(run, 'go.mod') !== null;

/** `npx tsc` runs what the stage has installed for the project. */
function runsInstalled({ stage }: RunInstruction, { manager, command }: LanguageWork): boolean {
  if (!/^(?:p?npx|bunx)$/.test(manager.name) || stage === null) return false;
  const before = builtFrom(stage);
  return (
    before.some(({ keyword, body }) => keyword === 'COPY' && body.text.includes('node_modules')) ||
    commandsOf(before).some(
      ({ name, args, span }) =>
        span.start < command.span.start &&
        /^(?:npm|yarn|pnpm|bun)$/.test(name ?? '') &&
        !args.some(({ value }) => value === '-g' || value === '--global'),
    )
  );
}

type MessageId =
  | Exclude<SystemWork['manager']['family'], 'pacman'>
  | ReturnType<typeof messageOf | typeof gitMessageOf>
  | 'moving';

const spoken = ['pip', 'pipx', 'npm', 'gem', 'go'] as const;

const messageOf = ({ manager: { family } }: LanguageWork) => spoken.find(name => name === family) ?? 'other';

function gitMessageOf({ manager: { family } }: LanguageWork) {
  if (family === 'pip' || family === 'pipx') return 'pip-git';
  return family === 'npm' ? 'npm-git' : 'other-git';
}

export default dockerfileRule({
  id: 'unpinned-package',
  category: 'reproducibility',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A package without a version',
  needs: ['version'],
  messages: {
    apt: { text, equivalents: ['hadolint:DL3008', 'kics:apt_get_install_pin_version_not_defined'] },
    apk: { text, equivalents: ['hadolint:DL3018', 'kics:unpinned_package_version_in_apk_add'] },
    yum: { text, equivalents: ['hadolint:DL3033', 'kics:yum_install_without_version'] },
    dnf: { text, equivalents: ['hadolint:DL3041', 'kics:missing_version_specification_in_dnf_install'] },
    zypper: { text, equivalents: ['hadolint:DL3037', 'kics:zypper_install_without_version'] },
    pip: { text, equivalents: ['hadolint:DL3013', 'kics:unpinned_package_version_in_pip_install'] },
    pipx: { text, equivalents: ['hadolint:DL3013'] },
    'pip-git': { text: revisionText, equivalents: ['hadolint:DL3013'] },
    npm: { text, equivalents: ['hadolint:DL3016', 'kics:npm_install_without_pinned_version'] },
    'npm-git': { text: revisionText, equivalents: ['hadolint:DL3016'] },
    gem: { text, equivalents: ['hadolint:DL3028', 'kics:gem_install_without_version'] },
    go: { text, equivalents: ['hadolint:DL3062'] },
    other: { text },
    'other-git': { text: revisionText },
    moving: {
      text: 'The tag of {packages} moves to every new release: another day, another build. Write `{pin}` for what has to stay the same.',
      severity: 'hint',
    },
  },
  docs: {
    why: 'Without a version an install takes what the repository holds on the day of the build. The same Dockerfile then makes different images, and a new version of one package can break a build in which nothing was changed.',
    remedy:
      'Give the version of each package that the image depends on: `curl=8.14.1-2` for apt, `curl~=8.14` for apk (which still takes its fixes), `httpd-2.4.62` for dnf and yum, `httpd=2.4.62` for zypper, `flask==3.1.2` for pip, `pm2@6.0.13` for npm, `rake:13.3.0` for gem, `path@v1.2.3` for Go. For what a project depends on, a lock file is better still: `npm ci`, `pip install -r requirements.txt`, `uv sync --locked`, `bundle install`. Repositories of distributions drop old versions: pin what matters, or pin a snapshot of the repository instead. Packages that may move are listed in `allowed`.',
    limits:
      'A word with a variable in it is taken for one with a version; what a requirements or constraints file says is not read. Versions are looked up only when a person asks, by the action of the editor or by `bulkhead fix --pin-packages`: in a container of the image that this machine has, with its own package manager. Most images hold no index of packages, so it has to be fetched first, and that too is asked for. No version is looked up for what comes from repositories that the Dockerfile adds, nor for Go, Cargo, Composer and Conda.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
      'https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper#Advanced_APK_Usage',
      'https://pip.pypa.io/en/stable/topics/repeatable-installs/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which versions there are, only the repositories and registries know; none is made up. Once they have been looked up in the base image they are offered. Whether a package is to stay at its version is a choice: what is pinned gets no fixes by itself, and repositories of distributions drop old versions.',
  },
  options: {
    allowed: option.strings([], 'Packages that may be installed in any version, such as `ca-certificates`.'),
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y «curl» git=1:2.47.3-0+deb13u1 make \\\n    && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        note: 'Looked up in the image before.',
        code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y «curl» "make"\n',
        files: { 'apt-get curl debian:13.1-slim': '8.14.1-2', 'apt-get make debian:13.1-slim': '4.4.1-2' },
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y curl=8.14.1-2 "make=4.4.1-2"\n',
      },
      { code: 'FROM alpine:3.22\nRUN apk add --no-cache -t .build «gcc» musl-dev make zlib-dev\n' },
      {
        code: 'FROM fedora:43\nRUN dnf -y install «httpd» && dnf -y module install nodejs:22 && dnf clean all\nRUN yum -y install openssl-1:3.2.6-2.fc43 «java-21-openjdk»\n',
      },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n in «httpd» && zypper clean\n' },
      {
        code: 'FROM python:3.14-slim\nRUN pip install --no-cache-dir --upgrade «pip» flask==3.1.2 && pipx install «black»\nRUN pip install --no-cache-dir «git+https://github.com/pallets/click.git»\n',
      },
      {
        code: 'FROM node:24-slim\nRUN npm install -g «pm2» npm@11.6.0 && yarn global add «serve»\nRUN npm install -g «npm@latest» && npm install «expressjs/express» && pnpm add «expressjs/express»\n',
      },
      { code: 'FROM ruby:3.4-slim\nRUN gem install rake:13.3.0 «puma» && gem install rails -v 8.0.3\n' },
      {
        code: 'FROM golang:1.25\nRUN go install «golang.org/x/tools/gopls@latest» && go install github.com/go-delve/delve/cmd/dlv@v1.25.2\n',
      },
      {
        note: 'Run without being installed, and built from a repository.',
        code: 'FROM node:24-slim\nRUN npx -y «create-vite» app && uvx «ruff» check && uvx --from «httpie» http\nFROM rust:1.90\nRUN cargo install --git «https://example.com/tool» tool\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache ca-certificates «curl»\n',
        options: { allowed: ['ca-certificates'] },
      },
    ],
    good: [
      { code: 'FROM debian:13.1-slim\nRUN apt-get install -y curl=8.14.1-2 /tmp/tool_amd64.deb\n' },
      { code: 'FROM alpine:3.22\nARG GIT=2.49\nRUN apk add --no-cache "curl~=8.14" "git~=$GIT"\n' },
      {
        note: 'Files say which versions.',
        code: 'FROM python:3.14-slim\nRUN pip install -r requirements.txt && pip install -c constraints.txt flask && pip install .\n',
      },
      {
        note: 'The project does, or a revision.',
        code: 'FROM node:24-slim\nRUN npm ci && npx tsc\nRUN uvx ruff@0.14.2 check && cargo install --git https://example.com/tool --rev 0f3a2f4c\n',
      },
      {
        note: 'In a module, its `go.mod` does.',
        code: 'FROM golang:1.25\nCOPY go.mod go.sum ./\nRUN go install github.com/go-delve/delve/cmd/dlv\n',
      },
      {
        note: 'Groups and patterns have no version.',
        code: 'FROM opensuse/leap:15.6\nRUN zypper -n install -t pattern devel_basis && dnf -y group install "Development Tools"\n',
      },
    ],
  },
  check: ({ model, options, facts, report }) => {
    const say = (
      message: MessageId,
      packages: readonly ShellWord[],
      { pin, work, run }: { readonly pin: string; readonly work: PackageWork; readonly run: RunInstruction },
    ): void => {
      const counted = packages.filter(({ value }) => !options.allowed.includes(value ?? ''));
      const [first, ...others] = counted;
      if (first === undefined) return;
      const isIndexed = message !== 'moving' && !message.endsWith('-git');
      const image = isIndexed ? imageOfPackages(model, run, work) : null;
      report(message, {
        at: first.span,
        data: { packages: listed(counted.map(({ value }) => value ?? '')), pin },
        related: others.map(({ span }) => ({ span, message: 'nor for this one' })),
        ...(image !== null && pinVersions({ facts, image, work, packages: counted })),
      });
    };
    return {
      programs: [
        onPackageWork(['install'], (work, run) => {
          const { family, pin } = work.manager;
          if (family !== 'pacman' && !isRehearsal(work)) {
            say(family, unpinnedPackages(work), { pin, work, run });
          }
        }),
        onLanguageWork(['install', 'run'], (work, run) => {
          if (isRehearsal(work) || isPinnedByModule(run, work) || runsInstalled(run, work)) return;
          const packages = unpinnedPackages(work);
          const repositories = packages.filter(({ value }) => isRepository(work, value ?? ''));
          const isOfGit = packages.length > 0 && packages.length === repositories.length;
          const { pin, revision = pin } = work.manager;
          if (isOfGit) say(gitMessageOf(work), packages, { pin: revision, work, run });
          else say(messageOf(work), packages, { pin, work, run });
          say('moving', movingPackages(work), { pin, work, run });
        }),
      ],
    };
  },
});

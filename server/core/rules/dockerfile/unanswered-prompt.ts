// unanswered-prompt: a package manager that asks before it goes on, in a build where nobody answers.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { environmentValue, isOn } from '../../insight/command-environment.ts';
import { runsBefore } from '../../insight/package-index.ts';
import { isConfigured } from '../../insight/package-settings.ts';
import {
  hasOption,
  isOfOtherKind,
  isRehearsal,
  mayHaveMoreOptions,
  onLanguageWork,
  onPackageWork,
  type PackageWork,
  type SystemWork,
} from '../../insight/package-work.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import { addWords } from '../../repairs/commands.ts';

const text =
  '`{command}` asks before it goes on, and a build has nobody to answer: it aborts as soon as there is something to ask. Add `{option}`.';

const configured = /Assume-Yes|assumeyes|defaultyes/i;

/** Of the package managers of languages conda alone asks, unless it is told once for all. */
const isCondaAsked = (model: DockerfileModel, run: RunInstruction, work: PackageWork): boolean =>
  !isOfOtherKind(work) &&
  !isOn(environmentValue(run, work.command, 'CONDA_ALWAYS_YES')) &&
  ![run, ...runsBefore(model, run)].some(({ body }) => body.text.includes('always_yes'));

/** Once quiet is only quiet; twice means yes. */
const isQuietTwice = ({ manager, options }: PackageWork): boolean =>
  manager.family === 'apt' && options.filter(({ value }) => value === '-q' || value === '--quiet').length > 1;

const feeding = new Set(['yes', 'echo', 'printf']);

/** `xargs` keeps what comes through the pipe to itself. */
const isFed = ({ command }: PackageWork): boolean =>
  (command.wrappers[0]?.name !== 'xargs' &&
    command.pipeline?.commands.some(fed => feeding.has(fed?.name ?? ''))) ??
  false;

/** But for zypper, what other tools say is about installs, and about `apt-get` alone of the front ends of apt. */
function messageOf({ manager: { name, family }, action }: SystemWork) {
  if (family === 'zypper') return family;
  if (action !== 'install' || family === 'pacman' || family === 'apk') return 'other';
  return family === 'apt' && name !== 'apt-get' ? 'other' : family;
}

export default dockerfileRule({
  id: 'unanswered-prompt',
  category: 'reliability',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A package manager that waits for an answer',
  messages: {
    apt: {
      text,
      equivalents: [
        'hadolint:DL3014',
        'trivy:DS-0021',
        'kics:apt_get_missing_flags_to_avoid_manual_input',
        'semgrep:missing-assume-yes-switch',
      ],
    },
    yum: {
      text,
      equivalents: [
        'hadolint:DL3030',
        'kics:yum_install_allows_manual_input',
        'semgrep:missing-yum-assume-yes-switch',
      ],
    },
    dnf: {
      text,
      equivalents: [
        'hadolint:DL3038',
        'kics:missing_flag_from_dnf_install',
        'semgrep:missing-dnf-assume-yes-switch',
      ],
    },
    zypper: {
      text,
      equivalents: [
        'hadolint:DL3034',
        'kics:missing_zypper_non_interactive_switch',
        'semgrep:missing-zypper-no-confirm-switch',
      ],
    },
    other: { text },
  },
  docs: {
    why: 'A build runs without a keyboard. A package manager that asks "Do you want to continue?" reads the end of its input, takes it for a no, and the build fails. `apt-get` asks only when it would install more than was named, so that such a line works for months and breaks with the first new dependency.',
    remedy: 'Give the option that answers yes: `-y`, for pacman `--noconfirm`. The repair adds it.',
    limits:
      'Options that come out of a variable are not known: where its name says so (`$APT_FLAGS`), nothing is reported. Settings in files of `/etc` are seen where the Dockerfile writes them.',
    references: [
      'https://manpages.debian.org/stable/apt/apt-get.8.en.html',
      'https://docs.docker.com/build/building/best-practices/#apt-get',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'safe',
    why: 'What succeeded without an answer does the same with it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update && «apt-get install» curl && rm -rf /var/lib/apt/lists/*\n',
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        note: 'Once quiet is not enough.',
        code: 'FROM debian:13.1-slim\nRUN [«"apt-get", "-q", "install"», "curl"]\n',
        fixed: 'FROM debian:13.1-slim\nRUN ["apt-get", "-q", "install", "-y", "curl"]\n',
      },
      {
        code: 'FROM fedora:43\nRUN «dnf install» httpd && dnf clean all\nRUN «yum install» httpd && yum clean all\n',
        fixed:
          'FROM fedora:43\nRUN dnf install -y httpd && dnf clean all\nRUN yum install -y httpd && yum clean all\n',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper install» httpd && zypper clean\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper install -y httpd && zypper clean\n',
      },
      {
        note: 'Removing and upgrading ask, too.',
        code: 'FROM debian:13.1-slim\nRUN «apt-get purge» --auto-remove gcc\n',
        fixed: 'FROM debian:13.1-slim\nRUN apt-get purge -y --auto-remove gcc\n',
      },
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN «conda install» numpy=2.3.1 && conda clean -afy\n',
        fixed: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda install -y numpy=2.3.1 && conda clean -afy\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get -qqy install curl\n' },
      { note: 'Twice quiet means yes.', code: 'FROM debian:13.1-slim\nRUN apt-get -q -q install curl\n' },
      {
        note: 'The configuration answers.',
        code: 'FROM debian:13.1-slim\nRUN echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90yes\nRUN apt-get install curl\n',
      },
      { note: 'apk never asks.', code: 'FROM alpine:3.22\nRUN apk add --no-cache curl\n' },
    ],
  },
  check: ({ model, report }) => {
    const ask = (work: PackageWork, run: RunInstruction, message: ReturnType<typeof messageOf>): void => {
      const { answers, answer } = work.manager;
      if (answers === null || hasOption(work, answers) || isQuietTwice(work)) return;
      if (isRehearsal(work) || mayHaveMoreOptions(work) || isFed(work)) return;
      if (isConfigured(model, run, configured)) return;
      report(message, {
        at: work.span,
        data: { command: work.title, option: answer },
        fixes: [fix(`Add ${answer}`, 'safe', [addWords(run, work.command, work.verb, answer)])],
      });
    };
    return {
      programs: [
        onPackageWork(['install', 'remove', 'upgrade'], (work, run) => ask(work, run, messageOf(work))),
        onLanguageWork(['install', 'remove', 'upgrade', 'clean'], (work, run) => {
          if (work.manager.family === 'conda' && isCondaAsked(model, run, work)) ask(work, run, 'other');
        }),
      ],
    };
  },
});

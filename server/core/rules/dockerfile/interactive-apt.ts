// interactive-apt: `apt`, which is made for people, called by a build.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { addWords } from '../../repairs/commands.ts';
import { type Edit, replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

const programs: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'install reinstall remove purge autoremove autopurge update upgrade full-upgrade satisfy build-dep clean autoclean distclean source download changelog'
      .split(' ')
      .map(verb => [verb, 'apt-get']),
  ),
  ...Object.fromEntries(
    'search show policy depends rdepends madison showsrc pkgnames'
      .split(' ')
      .map(verb => [verb, 'apt-cache']),
  ),
};

interface Replacement {
  readonly program: string;
  readonly edits: readonly Edit[];
}

/** Null where neither of the two programs for scripts knows the verb, or the verb is not known. */
function replacement(run: RunInstruction, command: ShellCommand): Replacement | null {
  const { nameWord, args } = command;
  const verb = args.find(({ value }) => programs[value ?? ''] !== undefined);
  const program = programs[verb?.value ?? ''];
  if (nameWord === null || verb === undefined || program === undefined) return null;
  // A name that goes on in the next line is left to a person.
  if (nameWord.span.end - nameWord.span.start !== nameWord.raw.length) return null;
  const at = nameWord.raw.lastIndexOf('apt');
  const start = nameWord.span.start + at;
  const edits = [replace(span(start, start + 'apt'.length), program)];
  // Unlike apt-get, apt installs what an upgrade newly needs.
  if (verb.value === 'upgrade') edits.push(addWords(run, command, verb, '--with-new-pkgs'));
  return { program, edits };
}

export default dockerfileRule({
  id: 'interactive-apt',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: '`apt` in a build',
  messages: {
    apt: {
      text: '`apt` is made for people: what it prints, asks and takes may change with any release. Call `{program}`, which keeps still for scripts.',
      equivalents: [
        'hadolint:DL3027',
        'checkov:CKV_DOCKER_9',
        'kics:run_using_apt',
        'semgrep:prefer-apt-get',
      ],
    },
  },
  docs: {
    why: '`apt` says so itself when its output is read by a program: "apt does not have a stable CLI interface. Use with caution in scripts." Its options and defaults follow what people at a terminal like, while `apt-get` and `apt-cache` promise to stay as they are.',
    remedy:
      'Call `apt-get`, and `apt-cache` to search and show. The repair replaces the word; where `apt upgrade` would install new packages, `apt-get` is told to do so, too.',
    references: [
      'https://manpages.debian.org/stable/apt/apt.8.en.html#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'Both do the same with the same library. A few verbs, such as `apt list`, exist in none of the older programs.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN «apt» update && «apt» install -y --no-install-recommends curl \\\n    && rm -rf /var/lib/apt/lists/*\n',
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl \\\n    && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM debian:13.1-slim\nRUN «apt» -y upgrade && «apt» show curl\n',
        fixed: 'FROM debian:13.1-slim\nRUN apt-get -y upgrade --with-new-pkgs && apt-cache show curl\n',
      },
      {
        code: 'FROM debian:13.1-slim\nRUN «apt» list --installed\n',
        fixed: 'FROM debian:13.1-slim\nRUN apt list --installed\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y curl\n' },
      { note: 'Not a call.', code: 'FROM debian:13.1-slim\nRUN mkdir -p /etc/apt && echo "apt update"\n' },
    ],
  },
  check: ({ report }) => ({
    command: {
      apt(command, run) {
        if (run.keyword !== 'RUN' || command.nameWord === null) return;
        const instead = replacement(run, command);
        report('apt', {
          at: command.nameWord.span,
          data: { program: instead?.program ?? 'apt-get' },
          fixes: instead ? [fix(`Call ${instead.program}`, 'safe', instead.edits)] : [],
        });
      },
    },
  }),
});

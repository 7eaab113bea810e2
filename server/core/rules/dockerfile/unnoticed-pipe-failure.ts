// unnoticed-pipe-failure: only the last command of a pipe decides whether the build goes on.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellPipeline } from '../../model/shell/script.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';

const programOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const knowsPipefail = new Set(['bash', 'zsh', 'ash', 'ksh', 'busybox']);
const bashSystems = new Set(['apt', 'dnf', 'yum', 'microdnf', 'tdnf', 'zypper', 'pacman']);
const isPipefail = (word: string | null): boolean => /(?:^|[\s=])pipefail$/.test(word ?? '');

const systemOf = ({ stage }: RunInstruction) => (stage ? inspectStage(stage).system : undefined);

/** Whether the shell in effect ends a pipe with the first failure in it. */
function isStrict(run: RunInstruction): boolean {
  const { shell } = run.before;
  if (!shell.known) return true;
  if (!shell.value.some(isPipefail)) return false;
  const program = shell.value.map(programOf).find(name => name !== 'env') ?? '';
  return knowsPipefail.has(program) || (program === 'sh' && systemOf(run)?.family === 'alpine');
}

/** `set -o pipefail`, `bash -o pipefail -c '...'`. */
const asksItself = ({ script }: RunInstruction): boolean =>
  script.commands.some(command =>
    [command, ...command.wrappers].some(
      ({ name, args }) =>
        (name === 'set' || knowsPipefail.has(name ?? '')) && args.some(({ value }) => isPipefail(value)),
    ),
  );

/** The shell with the option; null where none is known to be there that has it. */
function strictShell(run: RunInstruction): readonly string[] | null {
  const { shell } = run.before;
  const words = shell.known ? shell.value : [];
  if (knowsPipefail.has(programOf(words[0] ?? '')) && words.at(-1) === '-c')
    return [...words.slice(0, -1), '-o', 'pipefail', '-c'];
  const system = systemOf(run);
  if (system?.family === 'alpine') return ['/bin/ash', '-o', 'pipefail', '-c'];
  return bashSystems.has(system?.packageManager ?? '') ? ['/bin/bash', '-o', 'pipefail', '-c'] : null;
}

function withPipefail(model: DockerfileModel, run: RunInstruction): Fix[] {
  const shell = run.onbuild === null && run.script.kind === 'posix' ? strictShell(run) : null;
  // `yes` dies of a closed pipe, which is its way to end.
  if (shell === null || run.script.commands.some(({ name }) => name === 'yes')) return [];
  const words = shell.map(word => JSON.stringify(word)).join(', ');
  const edit = insertBefore(model, run, [`${keywordLike(model, 'SHELL')} [${words}]`]);
  return [fix('Set pipefail with SHELL', 'unsafe', [edit], { group: 'pipefail' })];
}

const hardlyFails = new Set(['echo', 'printf', 'yes', 'true', ':']);
const otherShells = new Set(['pwsh', 'powershell']);

/** The first member whose failure is lost, those that hardly fail last. */
function lostMember({ commands }: ShellPipeline): ShellCommand | null {
  const members = commands.slice(0, -1).filter(member => member !== null);
  if (commands.some(member => otherShells.has(member?.name ?? ''))) return null;
  return members.find(({ name }) => !hardlyFails.has(name ?? '')) ?? members[0] ?? null;
}

export default dockerfileRule({
  id: 'unnoticed-pipe-failure',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A failure within a pipe goes unnoticed',
  messages: {
    lost: {
      text: 'When `{command}` fails the build goes on: of a pipe only the last command counts. Set `pipefail` with `SHELL`.',
      equivalents: [
        'hadolint:DL4006',
        'kics:shell_running_a_pipe_without_pipefail_flag',
        'semgrep:set-pipefail',
      ],
    },
    unlikely: {
      text: 'Of this pipe only the last command counts. `{command}` hardly fails, but what is put behind it one day may. Set `pipefail` with `SHELL`.',
      severity: 'hint',
      equivalents: [
        'hadolint:DL4006',
        'kics:shell_running_a_pipe_without_pipefail_flag',
        'semgrep:set-pipefail',
      ],
    },
  },
  docs: {
    why: 'The shell takes the result of a pipe from its last command. `curl URL | wc -l > /number` succeeds when the download fails, and the image is built with a wrong number in it.',
    remedy:
      'Set the option for the stage: `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`, on Alpine `SHELL ["/bin/ash", "-o", "pipefail", "-c"]`. Or download to a file first. The repair writes the SHELL that the base image has; one that closes a pipe early (`| head -1`) may then fail.',
    limits:
      'Where the base image is not known there is no repair: bash may be missing. The `sh` of Debian and Ubuntu does not know the option.',
    references: ['https://docs.docker.com/build/building/best-practices/#using-pipes'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A build that has failed unnoticed fails, and commands in shell form behind it are run by another shell.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN «curl» -fsS https://example.com | wc -l > /number\n',
        fixed:
          'FROM debian:13.1\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -fsS https://example.com | wc -l > /number\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN «wget» -qO- https://example.com | wc -l > /number\n',
        fixed:
          'FROM alpine:3.22\nSHELL ["/bin/ash", "-o", "pipefail", "-c"]\nRUN wget -qO- https://example.com | wc -l > /number\n',
      },
      {
        note: 'Nothing is known of the base.',
        code: 'FROM registry.example.com/team/base:7\nRUN «echo» 42 | tee /number\n',
        fixed: 'FROM registry.example.com/team/base:7\nRUN echo 42 | tee /number\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13.1\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN curl -fsS https://example.com | wc -l > /number\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN set -euxo pipefail; wget -qO- https://example.com | wc -l > /number\n',
      },
      {
        code: 'FROM debian:13.1\nSHELL ["/usr/bin/env", "bash", "-o", "pipefail", "-c"]\nRUN curl -fsS https://example.com | wc -l > /number\n',
      },
      { code: 'FROM debian:13.1\nRUN grep -q "a | b" /file || exit 1\n' },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      RUN(run) {
        if (run.script.pipelines.length === 0) return;
        const members = run.script.pipelines.flatMap(pipeline => lostMember(pipeline) ?? []);
        const found = members.find(({ name }) => !hardlyFails.has(name ?? '')) ?? members[0];
        if (!found || isStrict(run) || asksItself(run)) return;
        const at = (found.nameWord ?? found).span;
        const command = found.name ?? found.nameWord?.raw ?? 'it';
        const message = hardlyFails.has(command) ? 'unlikely' : 'lost';
        report(message, { at, data: { command }, fixes: withPipefail(model, run) });
      },
    },
  }),
});

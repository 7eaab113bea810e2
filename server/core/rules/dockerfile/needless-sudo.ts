// needless-sudo: sudo in RUN.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isRoot } from '../../insight/runs-as.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { insertAround, keywordLike } from '../../repairs/writing.ts';
import { type Edit, remove } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

/** Options that change nothing for root. */
const harmless = /^-(?:[EHnSk]+|-(?:preserve-env|set-home|non-interactive|stdin))$/;

/** `sudo` with its options taken away; null where it means more than "as root". */
function withoutSudo({ script }: RunInstruction, sudo: ShellCommand): Edit | null {
  const inner = script.commands.find(({ wrappers }) => wrappers[0] === sudo);
  if (inner === undefined || sudo.nameWord === null) return null;
  const start = inner.assignments[0]?.span.start ?? inner.span.start;
  const options = sudo.args.filter(arg => arg.span.end <= start);
  if (!options.every(({ value }) => value !== null && harmless.test(value))) return null;
  return remove(span(sudo.nameWord.span.start, start));
}

/** Between `USER root` and the account that was in force. */
function asRoot(model: DockerfileModel, run: RunInstruction, user: string): Fix[] {
  const calls = run.script.commands.filter(({ name }) => name === 'sudo');
  const edits = calls.flatMap(sudo => withoutSudo(run, sudo) ?? []);
  const keyword = keywordLike(model, 'USER');
  const around = insertAround(model, run, [`${keyword} root`], [`${keyword} ${user}`]);
  if (edits.length < calls.length || around === null) return [];
  const group = `sudo of instruction ${run.index}`;
  return [fix(`Run it as root, and go on as ${user}`, 'unsafe', [...around, ...edits], { group })];
}

function fixesFor(model: DockerfileModel, run: RunInstruction, sudo: ShellCommand): Fix[] {
  const { user } = run.before;
  if (user.known && !isRoot(user.value)) return run.onbuild ? [] : asRoot(model, run, user.value);
  const edit = withoutSudo(run, sudo);
  return edit === null ? [] : [fix('Run it without sudo', 'unsafe', [edit])];
}

export default dockerfileRule({
  id: 'needless-sudo',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'sudo in a build',
  messages: {
    sudo: {
      text: 'sudo asks for a terminal and a password that no build has, and leaves a way to root in the image. RUN is root unless USER says otherwise: set USER around what needs it.',
      equivalents: [
        'hadolint:DL3004',
        'trivy:DS-0010',
        'checkov:CKV2_DOCKER_1',
        'kics:run_using_sudo',
        'semgrep:no-sudo-in-dockerfile',
      ],
    },
  },
  docs: {
    why: 'Commands of a build are root already, or the account that `USER` names. `sudo` adds nothing but a program with the setuid bit, an entry in sudoers that mostly needs no password, signals that do not arrive, and an environment that is not the one of the instruction.',
    remedy:
      'Leave `sudo` out. Where another account is in force, say `USER root` before and go back afterwards, as the repair does. To start a process as another account use `USER`, or `setpriv` and `gosu` in an entrypoint.',
    references: ['https://docs.docker.com/build/building/best-practices/#user'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The environment of the command is another one without sudo. A call for another account than root is left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN apt-get update && \\\n    «sudo» -E DEBIAN_FRONTEND=noninteractive apt-get install -y x | «sudo» tee /log\nUSER nobody\n',
        fixed:
          'FROM debian:13\nRUN apt-get update && \\\n    DEBIAN_FRONTEND=noninteractive apt-get install -y x | tee /log\nUSER nobody\n',
      },
      {
        code: 'FROM debian:13\nUSER app\n# The tool\nRUN «sudo» make install && «sudo» ldconfig\nCMD ["app"]\n',
        fixed:
          'FROM debian:13\nUSER app\nUSER root\n# The tool\nRUN make install && ldconfig\nUSER app\nCMD ["app"]\n',
      },
      {
        code: 'FROM debian:13\nRUN «sudo» -u build make\nUSER nobody\n',
        fixed: 'FROM debian:13\nRUN sudo -u build make\nUSER nobody\n',
      },
    ],
    good: [
      {
        note: 'Only its name.',
        code: 'FROM debian:13\nRUN apt-get install -y sudo && echo "use sudo" # sudo\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    command: {
      sudo(sudo, instruction) {
        if (instruction.keyword !== 'RUN' || sudo.nameWord === null) return;
        report('sudo', { at: sudo.nameWord.span, fixes: fixesFor(model, instruction, sudo) });
      },
    },
  }),
});

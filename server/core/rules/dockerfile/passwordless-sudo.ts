// passwordless-sudo: an entry in sudoers that makes root of an account without a question.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import { writtenFiles, writtenHeredocs } from '../../insight/written-files.ts';
import type { DockerfileModel, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { removeCommands } from '../../repairs/commands.ts';
import { remove } from '../../text/edit.ts';
import { wholeLines } from '../../text/layout.ts';
import { span, spanText } from '../../text/span.ts';

const isSudoers = (path: string): boolean => /^\/etc\/sudoers(?:$|\.d\/)/.test(path);

/** For all commands: an entry for one or two of them is a decision. */
const everything = /\bNOPASSWD:\s*ALL\b/;

/** The command, and those that do something to the file that it alone writes. */
function removal(model: DockerfileModel, run: RunInstruction, command: ShellCommand): Fix[] {
  const own = writtenFiles(command).filter(path => path !== '/etc/sudoers' && isSudoers(path));
  const about = run.script.commands.filter(
    other => other === command || other.args.some(({ value }) => value !== null && own.includes(value)),
  );
  const edits = removeCommands(model, run, about);
  return edits === null ? [] : [fix('Leave the entry out', 'unsafe', edits)];
}

export default dockerfileRule({
  id: 'passwordless-sudo',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'An account that becomes root without a password',
  messages: {
    entry: {
      text: '`{entry}` in sudoers makes root of whoever gets into the account: USER is worth nothing in this image. Leave it out, and do what needs root while the image is built.',
    },
  },
  docs: {
    why: 'A process runs as an ordinary account so that a flaw in it is not root in the container. With this entry `sudo sh` is all that is missing, and no one is asked.',
    remedy:
      'Leave the entry out, and sudo with it. What needs root belongs before `USER`; to hand over at the start there are `gosu` and `su-exec`, which only root can use. Images to develop in want it at times: say so with a reason.',
    limits: 'Only entries for all commands, in stages that ship. Groups such as `wheel` are not followed.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#user',
      'https://www.sudo.ws/docs/man/sudoers.man/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'What calls sudo in the container fails afterwards. An edit of the file by sed is left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.6\nRUN useradd -m app && echo "app ALL=(ALL) «NOPASSWD:ALL»" > /etc/sudoers.d/app && chmod 0440 /etc/sudoers.d/app\nUSER app\n',
        fixed: 'FROM debian:13.6\nRUN useradd -m app\nUSER app\n',
      },
      {
        note: 'In a pipe, in place, and from a heredoc.',
        code: 'FROM debian:13.6\nRUN echo "%sudo ALL=(ALL:ALL) «NOPASSWD: ALL»" | tee -a /etc/sudoers\nRUN sed -i "s/%sudo.*/%sudo ALL=(ALL) «NOPASSWD:ALL»/" /etc/sudoers\nCOPY <<EOF /etc/sudoers.d/app\nDefaults env_keep+=HOME\napp ALL=(root) «NOPASSWD:ALL»\nEOF\nUSER app\n',
        fixed:
          'FROM debian:13.6\nRUN echo "%sudo ALL=(ALL:ALL) NOPASSWD: ALL" | tee -a /etc/sudoers\nRUN sed -i "s/%sudo.*/%sudo ALL=(ALL) NOPASSWD:ALL/" /etc/sudoers\nCOPY <<EOF /etc/sudoers.d/app\nDefaults env_keep+=HOME\nEOF\nUSER app\n',
      },
    ],
    good: [
      {
        note: 'One command, a text about it, and a stage that does not ship.',
        code: 'FROM debian:13.6 AS build\nRUN echo "dev ALL=(ALL) NOPASSWD:ALL" >> /etc/sudoers\nFROM debian:13.6\nRUN echo "app ALL=NOPASSWD: /usr/sbin/service" > /etc/sudoers.d/app && echo "NOPASSWD:ALL" > /usr/share/doc/sudo\nUSER app\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const inCommand = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN' || !leavesLayer(instruction)) return;
      const edited = command.name === 'sed' ? command.args.flatMap(({ value }) => value ?? []) : [];
      if (![...writtenFiles(command), ...edited].some(isSudoers)) return;
      for (const word of command.args) {
        const entry = everything.exec(word.raw);
        if (entry === null) continue;
        const start = word.span.start + entry.index;
        const isPlain = word.raw.length === word.span.end - word.span.start;
        const fixes = command.name === 'sed' ? [] : removal(model, instruction, command);
        report('entry', {
          at: isPlain ? span(start, start + entry[0].length) : word.span,
          data: { entry: entry[0] },
          fixes,
        });
      }
    };
    const inHeredoc = (instruction: Instruction): void => {
      for (const { heredoc, paths } of leavesLayer(instruction) ? writtenHeredocs(instruction) : []) {
        const entry = everything.exec(spanText(model.text, heredoc.contentSpan));
        if (entry === null || !paths.some(isSudoers)) continue;
        const start = heredoc.contentSpan.start + entry.index;
        const at = span(start, start + entry[0].length);
        const fixes = [fix('Leave the entry out', 'unsafe', [remove(wholeLines(model.text, at))])];
        report('entry', { at, data: { entry: entry[0] }, fixes });
      }
    };
    return {
      command: { echo: inCommand, printf: inCommand, sed: inCommand },
      instruction: { RUN: inHeredoc, COPY: inHeredoc, ADD: inHeredoc },
    };
  },
});

// shell-by-link: /bin/sh replaced to get another shell for RUN.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { DockerfileModel, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { keywordLike } from '../../repairs/writing.ts';
import { replace } from '../../text/edit.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { span } from '../../text/span.ts';

const isShellPath = (path: string): boolean => /^(?:\/usr)?\/bin\/sh$/.test(path);

const pathOf = (target: string): string => (target.startsWith('/') ? target : `/bin/${target}`);

/** Accounts that may not log in have another one. */
const interactiveShell = /\/(?:ba|z|fi|k|c|tc|a|da)?sh$/;

/** The value of `-s` or `--shell`. */
function loginShell(words: readonly string[]): string | null {
  const at = words.findIndex(word => /^(?:-s|--shell(?:=.*)?)$/.test(word));
  const [, attached] = words[at]?.split('=') ?? [];
  return at < 0 ? null : (attached ?? words[at + 1] ?? null);
}

/** The RUN that does nothing else becomes a SHELL. */
function asShell(model: DockerfileModel, instruction: Instruction, target: string): Fix[] {
  const { span, heredocs, flags, onbuild, comments } = instruction;
  const isAlone = instruction.keyword === 'RUN' && instruction.script.commands.length === 1;
  const isPlain = heredocs.length === 0 && flags.length === 0 && onbuild === null;
  if (!isAlone || !isPlain || comments.some(comment => comment.span.start > span.start)) return [];
  const shell = pathOf(target);
  if (!/^[\w./-]+$/.test(shell)) return [];
  const text = `${keywordLike(model, 'SHELL')} ["${shell}", "-c"]`;
  return [fix('Use SHELL', 'unsafe', [replace(span, text)])];
}

export default dockerfileRule({
  id: 'shell-by-link',
  category: 'reliability',
  severity: 'warning',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'The shell is changed by replacing /bin/sh',
  messages: {
    link: {
      text: '`{command}` changes the shell of every program in the image, scripts of its packages included, and the next upgrade may change it back. Use `SHELL ["{shell}", "-c"]`.',
      equivalents: [
        'hadolint:DL4005',
        'kics:changing_default_shell_using_run_command',
        'semgrep:use-shell-instruction',
      ],
    },
    login: {
      text: '`{command}` changes what a login starts, and nobody logs in to a container: RUN, CMD and `docker exec` go on as before. For another shell in RUN use `SHELL ["{shell}", "-c"]`.',
      severity: 'hint',
      equivalents: ['kics:changing_default_shell_using_run_command'],
    },
    called: {
      text: 'This RUN starts {program} from another shell: two of them read the quotes, and the outer one decides whether an error counts. Use `SHELL ["{program}", "-Command"]`, and write the command as it is.',
      severity: 'hint',
      equivalents: [
        'kics:changing_default_shell_using_run_command',
        'tally:powershell/prefer-shell-instruction',
      ],
    },
  },
  docs: {
    why: '`/bin/sh` belongs to the distribution: its packages run their scripts with it and were tested with the one it came with. Replacing it to have bash in `RUN` changes all of them, silently.',
    remedy:
      '`SHELL ["/bin/bash", "-c"]` changes the shell for the `RUN`, `CMD` and `ENTRYPOINT` that follow, and nothing else. The repair writes it where the link is all that the `RUN` makes.',
    references: ['https://docs.docker.com/reference/dockerfile/#shell'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Scripts of the image that start with `#!/bin/sh` run with the shell of the distribution again.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN «ln -sf /bin/bash /bin/sh»\nRUN source /etc/profile\n',
        fixed: 'FROM debian:13.1\nSHELL ["/bin/bash", "-c"]\nRUN source /etc/profile\n',
      },
      {
        code: 'FROM debian:13.1\nRUN «chsh -s /bin/bash» && «usermod --shell=/bin/zsh root»\n',
        fixed: 'FROM debian:13.1\nRUN chsh -s /bin/bash && usermod --shell=/bin/zsh root\n',
      },
      {
        note: 'More than the link.',
        code: 'FROM debian:13.1\nRUN rm /bin/sh && «ln -s bash /bin/sh»\n',
        fixed: 'FROM debian:13.1\nRUN rm /bin/sh && ln -s bash /bin/sh\n',
      },
      {
        note: 'PowerShell, called by `cmd` and by `sh`.',
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN «powershell» -Command "New-Item a"\nFROM mcr.microsoft.com/powershell\nRUN «pwsh» -c "Install-Module Az"\n',
      },
    ],
    good: [
      {
        note: 'A script of its own, and the shell that is chosen.',
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN powershell -ExecutionPolicy Bypass -File a.ps1\nRUN ["powershell", "-File", "a.ps1"]\nSHELL ["powershell", "-Command"]\nRUN New-Item a\n',
      },
      { code: 'FROM debian:13.1\nRUN usermod -s /usr/sbin/nologin app && useradd -s /bin/bash dev\n' },
      { code: 'FROM debian:13.1\nSHELL ["/bin/bash", "-c"]\nRUN source /etc/profile\n' },
      { code: 'FROM debian:13.1\nRUN ln -s /opt/tool/bin/tool /usr/local/bin/tool && /bin/sh /setup.sh\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = ({ name, args, span }: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN' || name === null) return;
      const [target, link, ...more] = args.flatMap(({ value }) =>
        value?.startsWith('-') ? [] : (value ?? ''),
      );
      if (!target || !link || more.length > 0 || !isShellPath(link)) return;
      const shell = pathOf(target);
      const fixes = asShell(model, instruction, target);
      report('link', { at: span, data: { command: name, shell }, fixes });
    };
    const login = ({ name, args, span }: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN' || name === null) return;
      const shell = loginShell(args.map(({ value }) => value ?? ''));
      if (shell === null || !interactiveShell.test(shell)) return;
      report('login', { at: span, data: { command: name, shell } });
    };
    const called = (run: RunInstruction): void => {
      const [whole, program] = /^(?:\S*[\\/])?(powershell|pwsh)(?:\.exe)?(?=\s)/i.exec(run.body.text) ?? [];
      if (run.json || run.script.kind === 'powershell' || whole === undefined || program === undefined)
        return;
      if (/\s-f(?:ile)?\s/i.test(run.body.text)) return;
      const at = fileSpan(run.body, span(0, whole.length));
      report('called', { at, data: { program: program.toLowerCase() } });
    };
    return {
      instruction: { RUN: called },
      command: { ln: visit, cp: visit, mv: visit, chsh: login, usermod: login },
    };
  },
});

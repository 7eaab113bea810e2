// shell-form-command: CMD and ENTRYPOINT as a text that a shell reads.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { lacksShell } from '../../insight/shell-presence.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { ProcessInstruction } from '../../model/dockerfile/model.ts';
import { execBefore, lastCommand, listOf, onlyProgram, shellList } from '../../repairs/exec-form.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';

const everywhere = ['hadolint:DL3025', 'semgrep:prefer-json-notation'] as const;
const kics = 'kics:not_using_json_in_cmd_and_entrypoint_arguments';

export default dockerfileRule({
  id: 'shell-form-command',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A shell in front of the process',
  messages: {
    entrypoint: {
      text: 'ENTRYPOINT as a text starts a shell: CMD and the arguments of `docker run` are dropped, and signals may never reach the program. Write a JSON list.',
      severity: 'warning',
      equivalents: [...everywhere, kics, 'buildkit:JSONArgsRecommended', 'sonar:S7019'],
    },
    cmd: {
      text: 'CMD as a text starts a shell as the first process, which may keep signals from the program, so that it is killed instead of stopped. Write a JSON list.',
      equivalents: [...everywhere, kics, 'buildkit:JSONArgsRecommended', 'sonar:S7019'],
    },
    'no-shell': {
      text: '{keyword} as a text needs a shell, and nothing has put one into this image, which begins with {base}: the container does not start. Write a JSON list.',
      severity: 'error',
      equivalents: [...everywhere, kics, 'buildkit:JSONArgsRecommended', 'sonar:S7019'],
    },
    script: {
      text: 'A shell reads this {keyword}, and stays the first process unless its last command is started with `exec`: signals do not reach the program. Write the shell as a JSON list, with `exec`.',
      equivalents: [...everywhere, kics, 'buildkit:JSONArgsRecommended', 'sonar:S7019'],
    },
    chosen: {
      text: '{keyword} is read by the shell that SHELL chose for the build. Write a JSON list, so that it depends on no other line.',
      severity: 'hint',
      equivalents: [...everywhere, kics],
    },
    below: {
      text: '{keyword} starts a shell in front of the program, in images made from this stage as well. Write a JSON list.',
      severity: 'hint',
      equivalents: [...everywhere, 'buildkit:JSONArgsRecommended', 'sonar:S7019'],
    },
    'script-below': {
      text: 'A shell reads this {keyword}, in images made from this stage as well, and keeps signals from the program. Write the shell as a JSON list, with `exec`.',
      severity: 'hint',
      equivalents: [...everywhere, 'buildkit:JSONArgsRecommended', 'sonar:S7019'],
    },
    'chosen-below': {
      text: '{keyword} is read by the shell that SHELL chose for the build, in images made from this stage as well. Write a JSON list.',
      severity: 'hint',
      equivalents: everywhere,
    },
  },
  docs: {
    why: '`CMD app --port 80` is `/bin/sh -c "app --port 80"`. The shell is process 1: many pass no signals on, so that `docker stop` waits ten seconds and kills. An `ENTRYPOINT` of that form does not see `CMD` or the arguments of `docker run` at all, and neither works in an image without a shell.',
    remedy:
      'Write a JSON list: `CMD ["app", "--port", "80"]`. Where variables, `&&` or redirections are needed, say so: `["/bin/sh", "-c", "exec app $OPTIONS"]`, with `exec` in front of the last command, so that it takes the place of the shell. The repair writes the one or the other, and leaves continuations and comments where they are.',
    limits:
      'Some shells (bash, newer dash) replace themselves by a lone command without being asked; which one an image has cannot be seen.',
    references: [
      'https://docs.docker.com/reference/build-checks/json-args-recommended/',
      'https://docs.docker.com/reference/dockerfile/#shell-and-exec-form',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Signals and arguments reach the program afterwards. PowerShell and cmd are not read, nor what is written for the images of others with ONBUILD.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nENTRYPOINT «app --name "a b"»\nCMD «serve \\\n  # the port\n  --port 80»\n',
        fixed:
          'FROM debian:13\nENTRYPOINT ["app", "--name", "a b"]\nCMD ["serve", \\\n  # the port\n  "--port", "80"]\n',
      },
      {
        note: 'What needs a shell keeps it.',
        code: 'FROM debian:13\nCMD «migrate && app "$OPTIONS" > /dev/null»\n',
        fixed: 'FROM debian:13\nCMD ["/bin/sh", "-c", "migrate && exec app \\"$OPTIONS\\" > /dev/null"]\n',
      },
      {
        note: 'The shell of the build.',
        code: 'FROM debian:13 AS base\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nENTRYPOINT «app»\nFROM base\nCMD «cd /srv; app | log»\n',
        fixed:
          'FROM debian:13 AS base\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nENTRYPOINT ["app"]\nFROM base\nCMD ["/bin/bash", "-o", "pipefail", "-c", "cd /srv; app | log"]\n',
      },
      {
        note: 'A stage that others are made from.',
        code: 'FROM debian:13 AS base\nENTRYPOINT «app $OPTIONS»\nCMD «exec app»\nFROM base\n',
        fixed:
          'FROM debian:13 AS base\nENTRYPOINT ["/bin/sh", "-c", "exec app $OPTIONS"]\nCMD ["app"]\nFROM base\n',
      },
      {
        note: 'Another kind of shell.',
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCMD «app.exe /s»\n',
        fixed: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCMD app.exe /s\n',
      },
      {
        note: 'There is no shell.',
        code: 'FROM scratch\nCOPY app /app\nUSER 1000\nCMD «/app --port 80»\n',
        fixed: 'FROM scratch\nCOPY app /app\nUSER 1000\nCMD ["/app", "--port", "80"]\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nENTRYPOINT ["app"]\nCMD ["--port", "80"]\n' },
      { code: 'FROM debian:13\nCMD ["/bin/sh", "-c", "exec app $OPTIONS"]\nENTRYPOINT []\n' },
      { note: 'Only RUN is read by the build.', code: 'FROM debian:13\nRUN make && make install\n' },
    ],
  },
  check: ({ report }) => {
    const visit = (process: ProcessInstruction): void => {
      const { keyword, json, body } = process;
      // What was meant as a list is another mistake.
      if (json || body.text === '' || body.text.startsWith('[')) return;
      const at = fileSpan(body, span(0, body.text.length));
      const fixes = fixesFor(process, at);
      const isFinal = process.stage?.isFinal ?? true;
      const words = onlyProgram(process.script);
      if (isFinal && process.stage && lacksShell(process.stage)) {
        const base = inspectStage(process.stage).base ?? '';
        report('no-shell', { at, data: { keyword, base }, fixes: words === null ? [] : fixes });
      } else if (hasChosenShell(process))
        report(isFinal ? 'chosen' : 'chosen-below', { at, data: { keyword }, fixes });
      else if (words === null) report(isFinal ? 'script' : 'script-below', { at, data: { keyword }, fixes });
      else if (!isFinal) report('below', { at, data: { keyword }, fixes });
      else report(keyword === 'CMD' ? 'cmd' : 'entrypoint', { at, fixes });
    };
    return { instruction: { CMD: visit, ENTRYPOINT: visit } };
  },
});

/** By a SHELL of the file. */
const hasChosenShell = ({ before }: ProcessInstruction): boolean => before.shell.setAt !== null;

function fixesFor(process: ProcessInstruction, { start, end }: Span): Fix[] {
  const { script, onbuild, body } = process;
  if (script.kind !== 'posix' || onbuild !== null) return [];
  const words = onlyProgram(script);
  if (words !== null) return [fix('Write a JSON list', 'unsafe', listOf(words, start))];
  const list = shellList(process, body);
  if (list === null) return [];
  const last = lastCommand(script, end);
  return last === null
    ? [fix('Write the shell as a JSON list', 'safe', list)]
    : [fix('Write the shell as a JSON list, with exec', 'unsafe', [...list, execBefore(last)])];
}

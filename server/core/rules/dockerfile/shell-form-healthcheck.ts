// shell-form-healthcheck: a health check that starts a shell without need.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { listOf, literalWords, onlyProgram } from '../../repairs/exec-form.ts';
import { remove } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'shell-form-healthcheck',
  category: 'style',
  settledBy: ['healthcheck'],
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A shell in front of the health check',
  messages: {
    program: {
      text: 'Each check starts a shell that starts {program}, and fails in an image without one. Write a JSON list.',
      equivalents: ['hadolint:DL3025'],
    },
    'needless-exit': {
      text: 'Any exit code but 0 is unhealthy: `|| exit 1` only needs a shell for each check. Write a JSON list.',
      equivalents: ['hadolint:DL3025'],
    },
  },
  docs: {
    why: '`HEALTHCHECK CMD app check` is run by `/bin/sh -c`, every few seconds, for as long as the container lives. In an image without a shell the check always fails.',
    remedy:
      'Write `HEALTHCHECK CMD ["app", "check"]`. Checks that need a shell (a pipe, a variable) are left alone.',
    references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A check without `|| exit 1` has other exit codes than 1. Behind ONBUILD the shell that will read it is not known.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nHEALTHCHECK --interval=5s CMD «app check --name "a b"»\n',
        fixed: 'FROM debian:13\nHEALTHCHECK --interval=5s CMD ["app", "check", "--name", "a b"]\n',
      },
      {
        code: 'FROM debian:13\nHEALTHCHECK --interval=5s \\\n  CMD «curl -f http://127.0.0.1/ || exit 1»\n',
        fixed: 'FROM debian:13\nHEALTHCHECK --interval=5s \\\n  CMD ["curl", "-f", "http://127.0.0.1/"]\n',
      },
      {
        code: 'FROM debian:13\nONBUILD HEALTHCHECK CMD «app check»\n',
        fixed: 'FROM debian:13\nONBUILD HEALTHCHECK CMD app check\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nHEALTHCHECK CMD ["app", "check"]\n' },
      { code: 'FROM debian:13\nHEALTHCHECK CMD redis-cli ping | grep -q PONG\n' },
      { code: 'FROM debian:13\nHEALTHCHECK CMD curl -f "http://127.0.0.1:$PORT/" || exit 1\n' },
    ],
  },
  check: ({ report }) => ({
    instruction: {
      HEALTHCHECK({ kind, json, script, onbuild }) {
        const [first, ...others] = script.commands;
        if (kind !== 'CMD' || json || first === undefined) return;
        const program = onlyProgram(script);
        const words = program ?? (saysOnlySick(first, others) ? literalWords(first) : null);
        if (words === null) return;
        const end = Math.max(...script.commands.map(command => command.span.end));
        const at = span(first.span.start, end);
        const rest = program === null ? [remove(span(first.span.end, end))] : [];
        const list = [...listOf(words, first.span.start), ...rest];
        const fixes = onbuild === null ? [fix('Write a JSON list', 'unsafe', list)] : [];
        if (program === null) report('needless-exit', { at, fixes });
        else report('program', { at, data: { program: first.name ?? '' }, fixes });
      },
    },
  }),
});

/** `|| exit 1`, `|| false` */
const saysOnlySick = (first: ShellCommand, [exit, ...others]: readonly ShellCommand[]): boolean =>
  first.after === '||' &&
  others.length === 0 &&
  exit?.after === null &&
  (exit.name === 'false' || (exit.name === 'exit' && /^[1-9]\d*$/.test(exit.args[0]?.value ?? '')));

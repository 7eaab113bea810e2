// useless-healthcheck: a check that says "healthy" whatever the service does.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { inspectStage } from '../../insight/stage.ts';
import { uselessCheck } from '../../insight/useless-check.ts';
import type { DockerfileModel, HealthcheckInstruction } from '../../model/dockerfile/model.ts';
import { checkReplacements } from '../../repairs/healthcheck.ts';
import { insert, replace } from '../../text/edit.ts';
import { type Span, span, spanText } from '../../text/span.ts';

export default dockerfileRule({
  id: 'useless-healthcheck',
  category: 'reliability',
  settledBy: ['healthcheck'],
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A health check that cannot tell well from sick',
  messages: {
    'always-well': {
      text: '`{command}` succeeds whatever the service does: the container is always healthy. Ask the service itself.',
    },
    overruled: {
      text: '`{command}` turns every failure into success: the container is always healthy. Let the check fail.',
    },
    'process-only': {
      text: '`{command}` only sees that a process exists: one that hangs stays healthy. Ask the service itself.',
      severity: 'info',
    },
    'no-fail': {
      text: 'curl succeeds on error pages too: without `-f` a service that answers 500 is healthy. Add `-f`.',
    },
    'no-shell': {
      text: 'The JSON form starts no shell, so that `{command}` cannot be run as it is meant: the container is never healthy. Write the command without the brackets.',
    },
  },
  docs: {
    why: 'A check that cannot fail is worse than none: `docker ps` and everything that waits for `healthy` trust it. `echo ok`, `exit 0` and whatever ends in `|| true` always succeed; `ps`, `pgrep` and `service x status` see the process and not its answers; `curl` without `-f` is content with any answer, `500 Internal Server Error` among them. And `["curl", "-f", "http://127.0.0.1", "||", "exit", "1"]` never succeeds: without a shell `||` is one more address to curl.',
    remedy:
      'Let the check ask the service on its port, with a command that fails when the answer is wrong: `curl -f`, `wget --spider`, `pg_isready`, or the language runtime of the image.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#healthcheck',
      'https://curl.se/docs/manpage.html#-f',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A container that was always healthy may turn out not to be; and which path to ask, only the author of the service knows.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK CMD «echo ok»\nCMD ["/app"]\n',
        fixed:
          'FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1\nCMD ["/app"]\n',
      },
      {
        code: 'FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK --interval=5s CMD «pgrep app»\nCMD ["/app"]\n',
        fixed:
          'FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK --interval=5s CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1\nCMD ["/app"]\n',
      },
      {
        code: 'FROM debian:13\nEXPOSE 80\nHEALTHCHECK CMD «curl» -sS http://127.0.0.1/ || exit 1\nCMD ["/app"]\n',
        fixed:
          'FROM debian:13\nEXPOSE 80\nHEALTHCHECK CMD curl -f -sS http://127.0.0.1/ || exit 1\nCMD ["/app"]\n',
      },
      {
        code: 'FROM debian:13\nEXPOSE 80\nHEALTHCHECK CMD curl -fsS http://127.0.0.1/ || «true»\nCMD ["/app"]\n',
        fixed:
          'FROM debian:13\nEXPOSE 80\nHEALTHCHECK CMD curl -fsS http://127.0.0.1/ || exit 1\nCMD ["/app"]\n',
      },
      {
        note: 'Without a shell `||` is one more address to curl.',
        code: 'FROM debian:13\nEXPOSE 80\nHEALTHCHECK CMD [«"curl", "-f", "http://127.0.0.1/", "||", "exit", "1"»]\nCMD ["/app"]\n',
        fixed:
          'FROM debian:13\nEXPOSE 80\nHEALTHCHECK CMD curl -f http://127.0.0.1/ || exit 1\nCMD ["/app"]\n',
      },
      {
        note: 'What the image listens on is not known.',
        code: 'FROM registry.example.com/team/base:7\nHEALTHCHECK CMD «exit 0»\nCMD ["/app"]\n',
        fixed: 'FROM registry.example.com/team/base:7\nHEALTHCHECK CMD exit 0\nCMD ["/app"]\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nHEALTHCHECK CMD curl -fsS http://127.0.0.1/ || exit 1\nCMD ["/app"]\n' },
      { code: 'FROM debian:13\nHEALTHCHECK CMD ["/app", "check"]\nCMD ["/app"]\n' },
      {
        code: 'FROM debian:13\nHEALTHCHECK CMD curl -sS http://127.0.0.1/health | grep -q ok\nCMD ["/app"]\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      HEALTHCHECK(check) {
        const useless = check.kind === 'CMD' ? uselessCheck(check.script) : null;
        if (!useless) return;
        const { command, why, at } = useless;
        switch (why) {
          case 'no-fail':
            return report(why, {
              at,
              fixes: [fix('Let curl fail on errors', 'unsafe', [insert(at.end, ' -f')])],
            });
          case 'overruled': {
            const own =
              useless.after === '||' ? [fix('Let the check fail', 'unsafe', [replace(at, 'exit 1')])] : [];
            return report(why, { at, data: { command }, fixes: [...own, ...replacements(check)] });
          }
          case 'no-shell':
            return report(why, { at, data: { command }, fixes: shellForm(model, check) });
          default:
            return report(why, { at, data: { command }, fixes: replacements(check) });
        }
      },
    },
  }),
});

/** From `CMD` to the end. */
const commandSpan = ({ kindSpan, span: { end } }: HealthcheckInstruction): Span | null =>
  kindSpan && span(kindSpan.start, end);

const replacements = (check: HealthcheckInstruction): Fix[] =>
  check.stage ? checkReplacements(inspectStage(check.stage), check) : [];

/** The strings of the list, as a shell would have to be told them; none where that takes quotes or escapes. */
function shellForm({ text }: DockerfileModel, check: HealthcheckInstruction): Fix[] {
  const at = commandSpan(check);
  const [kind, ...strings] = check.words.map(({ value }) => value);
  const given = strings[0] === 'CMD-SHELL' ? strings.slice(1) : strings;
  const isPlain =
    given.length === 1 || given.every(string => /^[\w./:=@%+,-]+$|^(?:&&|\|\|?|;|>)$/.test(string));
  if (!at || !isPlain || /[\n\\]/.test(spanText(text, at))) return [];
  return [fix('Write it for the shell', 'unsafe', [replace(at, [kind, ...given].join(' '))])];
}

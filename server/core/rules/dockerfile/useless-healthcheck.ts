// useless-healthcheck: a check that says "healthy" whatever the service does.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { inspectStage } from '../../insight/stage.ts';
import { uselessCheck } from '../../insight/useless-check.ts';
import type { HealthcheckInstruction } from '../../model/dockerfile/model.ts';
import { healthCommand, stageHealthTests } from '../../repairs/healthcheck.ts';
import { insert, replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'useless-healthcheck',
  category: 'reliability',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A health check that cannot fail',
  messages: {
    'always-well': {
      text: '`{command}` succeeds whatever the service does: the container is always healthy. Ask the service itself.',
    },
    'process-only': {
      text: '`{command}` only sees that a process exists, which Docker knows already; one that hangs stays healthy. Ask the service itself.',
    },
    'no-fail': {
      text: 'curl succeeds on error pages too: without `-f` a service that answers 500 is healthy. Add `-f`.',
    },
  },
  docs: {
    why: 'A check that cannot fail is worse than none: `docker ps` and everything that waits for `healthy` trust it. `echo ok`, `exit 0` and `true` always succeed; `ps` and `pgrep` see the process and not its answers; `curl` without `-f` is content with any answer, `500 Internal Server Error` among them.',
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
          'FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK CMD wget -q --spider http://127.0.0.1:8080/ || exit 1\nCMD ["/app"]\n',
      },
      {
        code: 'FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK --interval=5s CMD «pgrep app»\nCMD ["/app"]\n',
        fixed:
          'FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK --interval=5s CMD wget -q --spider http://127.0.0.1:8080/ || exit 1\nCMD ["/app"]\n',
      },
      {
        code: 'FROM debian:13\nEXPOSE 80\nHEALTHCHECK CMD «curl» -sS http://127.0.0.1/ || exit 1\nCMD ["/app"]\n',
        fixed:
          'FROM debian:13\nEXPOSE 80\nHEALTHCHECK CMD curl -f -sS http://127.0.0.1/ || exit 1\nCMD ["/app"]\n',
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
  check: ({ report }) => ({
    instruction: {
      HEALTHCHECK(check) {
        const useless = uselessCheck(check.script);
        if (!useless) return;
        const { command, why, at } = useless;
        if (why === 'no-fail') {
          const edits = [insert(at.end, ' -f')];
          return report('no-fail', { at, fixes: [fix('Let curl fail on errors', 'unsafe', edits)] });
        }
        return report(why, { at, data: { command }, fixes: replacements(check) });
      },
    },
  }),
});

/** The check's command replaced as a whole, its timing kept. */
function replacements({ stage, kindSpan, span: { end } }: HealthcheckInstruction): Fix[] {
  if (!stage || !kindSpan) return [];
  return stageHealthTests(inspectStage(stage)).map(({ test, asks, guessed }) =>
    fix(`Check with ${asks}`, guessed ? 'suggestion' : 'unsafe', [
      replace(span(kindSpan.start, end), healthCommand(test)),
    ]),
  );
}

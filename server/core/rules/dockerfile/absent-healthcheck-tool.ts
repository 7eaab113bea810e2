// absent-healthcheck-tool: a health check with a program that the image does not have.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { healthcheckOf } from '../../insight/health.ts';
import { inspectStage, type StageInsight } from '../../insight/stage.ts';
import type { HealthcheckInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellScript, ShellWord } from '../../model/shell/script.ts';
import { listOf, onlyProgram } from '../../repairs/exec-form.ts';
import { checkReplacements } from '../../repairs/healthcheck.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

/** Those of which the table of images knows whether they are there. */
const tools = ['curl', 'wget'] as const;

export default dockerfileRule({
  id: 'absent-healthcheck-tool',
  category: 'correctness',
  settledBy: ['healthcheck'],
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A health check that cannot run',
  messages: {
    tool: {
      text: '{base} has no {tool}, and nothing here installs it: the check fails each time, and the container is never healthy. Ask with a program that is there.',
    },
    shell: {
      text: '{base} has no shell to run this check: it fails each time, and the container is never healthy. Write a JSON list with a program that is there.',
    },
  },
  docs: {
    why: 'The slim images of Debian, and most images for languages, have neither curl nor wget; Alpine has wget only, and distroless images have no shell. The check then fails with "not found", which looks like a sick service: orchestrators restart it again and again.',
    remedy:
      'Ask with what the image has: `wget` of BusyBox, the runtime of the language, the client of the service. The repair keeps the address where another program can ask for it. To install curl for the check alone is the last choice.',
    limits: 'A program that came as a dependency of another package is not seen.',
    references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A check that always failed may succeed. What to ask for may be a guess, and some images have nothing to ask with.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nHEALTHCHECK --interval=5s CMD «curl» -fsS http://127.0.0.1:8080/health || exit 1\nCMD ["/app"]\n',
        fixed:
          'FROM alpine:3.24\nHEALTHCHECK --interval=5s CMD wget -q -O /dev/null http://127.0.0.1:8080/health || exit 1\nCMD ["/app"]\n',
      },
      {
        note: 'The runtime can ask, too.',
        code: 'FROM python:3.13-slim\nEXPOSE 8000\nHEALTHCHECK CMD [«"curl"», "-f", "http://127.0.0.1:8000/"]\nCMD ["python", "app.py"]\n',
        fixed:
          'FROM python:3.13-slim\nEXPOSE 8000\nHEALTHCHECK CMD ["python3", "-c", "import urllib.request as r; r.urlopen(\'http://127.0.0.1:8000/\', timeout=3)"]\nCMD ["python", "app.py"]\n',
      },
      {
        note: 'There is no shell.',
        code: 'FROM gcr.io/distroless/static-debian12\nCOPY app /app\nHEALTHCHECK CMD «/app check»\nENTRYPOINT ["/app"]\n',
        fixed:
          'FROM gcr.io/distroless/static-debian12\nCOPY app /app\nHEALTHCHECK CMD ["/app", "check"]\nENTRYPOINT ["/app"]\n',
      },
      {
        note: 'Nor anything else to ask with.',
        code: 'FROM gcr.io/distroless/static-debian12\nCOPY app /app\nHEALTHCHECK CMD «/app status | grep ok»\nENTRYPOINT ["/app"]\n',
        fixed:
          'FROM gcr.io/distroless/static-debian12\nCOPY app /app\nHEALTHCHECK CMD /app status | grep ok\nENTRYPOINT ["/app"]\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl -f http://127.0.0.1/\nCMD ["/app"]\n',
      },
      { code: 'FROM alpine:3.24\nHEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1/\nCMD ["/app"]\n' },
      {
        note: 'Nobody knows what it has.',
        code: 'FROM example.com/base:2\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n',
      },
    ],
  },
  check: ({ report }) => ({
    stage(stage) {
      const check = stage.isFinal ? healthcheckOf(stage) : undefined;
      if (check?.kind !== 'CMD') return;
      const insight = inspectStage(stage);
      const { commands } = check.script;
      const base = insight.base ?? 'the image';
      const missing = commands.find(({ name }) =>
        tools.some(tool => tool === name && insight.has(tool) === false),
      );
      if (missing?.nameWord) {
        const fixes = [...withOther(insight, check, missing), ...checkReplacements(insight, check)];
        return report('tool', { at: missing.nameWord.span, data: { base, tool: missing.name ?? '' }, fixes });
      }
      const [first] = commands;
      if (check.json || first === undefined || insight.has('sh') !== false) return;
      const end = Math.max(...commands.map(command => command.span.end));
      report('shell', {
        at: span(first.span.start, end),
        data: { base },
        fixes: [...withoutShell(check.script), ...checkReplacements(insight, check)],
      });
    },
  }),
});

const asking = { curl: 'curl -fsS -o /dev/null', wget: 'wget -q -O /dev/null' } as const;

const isAddress = ({ value, raw }: ShellWord): boolean => /^["']?https?:\/\//.test(value ?? raw);
/** It asks to be quiet, to fail, to follow, or not to keep what it gets. */
const isPlainOption = ({ value }: ShellWord): boolean =>
  /^-(?:[fsSLq]+|-fail|-silent|-location|-quiet|-spider)$/.test(value ?? '');

/** The same address asked for with the other tool, where the options say nothing that it does not do anyway. */
function withOther(insight: StageInsight, { json }: HealthcheckInstruction, command: ShellCommand): Fix[] {
  const other = command.name === 'curl' ? 'wget' : 'curl';
  const [address, ...others] = command.args.filter(isAddress);
  const isPlain = command.args.every(word => isAddress(word) || isPlainOption(word));
  if (insight.has(other) !== true || address === undefined || others.length > 0 || !isPlain) return [];
  const words = json ? asking[other].split(' ').map(word => `${JSON.stringify(word)},`) : [asking[other]];
  const before = span(command.span.start, address.span.start);
  return [fix(`Ask with ${other}`, 'unsafe', [replace(before, `${words.join(' ')} `)])];
}

function withoutShell(script: ShellScript): Fix[] {
  const words = onlyProgram(script);
  const [program] = words ?? [];
  return words && program ? [fix('Write a JSON list', 'unsafe', listOf(words, program.span.start))] : [];
}

// compose-useless-healthcheck: a check that says "healthy" whatever the service does.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { inspectService } from '../../insight/service.ts';
import { type UselessCheck, uselessCheck } from '../../insight/useless-check.ts';
import { type Healthcheck, healthcheckOf } from '../../model/compose/healthcheck.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { PlacesTold } from '../../model/looking.ts';
import { testReplacements, testText } from '../../repairs/service-health.ts';
import { insert, replace } from '../../text/edit.ts';
import { spanText } from '../../text/span.ts';

/** The words of the list as a shell would have to be told them; none where that takes quotes. */
function shellForm(model: ComposeModel, { test, script }: Healthcheck): Fix[] {
  const node = test?.node;
  const words = script?.commands[0];
  if (!node || !words || /[\r\n]/.test(spanText(model.text, node.span))) return [];
  const given = [words.nameWord, ...words.args].map(word => word?.value ?? null);
  const strings = given[0] === 'CMD-SHELL' ? given.slice(1) : given;
  const isPlain = strings.every(
    string => string !== null && /^[\w./:=@%+,-]+$|^(?:&&|\|\|?|;|>)$/.test(string),
  );
  if (strings.length !== 1 && !isPlain) return [];
  const text = strings.join(' ').replaceAll('$', '$$$$');
  return [
    fix('Write it for the shell', 'unsafe', [replace(node.span, testText(model, ['CMD-SHELL', text]))]),
  ];
}

/** curl with the option, in a shell's text or as one more word of the list. */
function failing(model: ComposeModel, { script }: Healthcheck, { at }: UselessCheck): Fix[] {
  const written = spanText(model.text, at);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const isList = script?.kind === 'exec';
  if (isList && !/^\s*,/.test(model.text.slice(at.end))) return [];
  const option = isList ? `, ${quote}-f${quote}` : ' -f';
  return [fix('Let curl fail on errors', 'unsafe', [insert(at.end, option)])];
}

export default composeRule({
  id: 'compose-useless-healthcheck',
  category: 'reliability',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A health check that cannot tell well from sick',
  needs: ['dockerfile'],
  messages: {
    'always-well': {
      text: '`{command}` succeeds whatever {service} does: it is always healthy, and what waits for it starts too early. Ask the service itself.',
    },
    overruled: {
      text: '`{command}` turns every failure into success: {service} is always healthy. Let the check fail.',
    },
    'process-only': {
      text: '`{command}` only sees that a process of {service} exists: one that hangs stays healthy. Ask the service itself.',
      severity: 'info',
    },
    'no-fail': {
      text: 'curl succeeds on error pages too: without `-f` {service} is healthy while it answers 500. Add `-f`.',
    },
    'no-shell': {
      text: 'CMD starts no shell, so that `{command}` cannot be run as it is meant: {service} is never healthy. Write CMD-SHELL and the command as one text.',
    },
  },
  docs: {
    why: 'A check that cannot fail is worse than none: `docker ps` and every `condition: service_healthy` trust it. `exit 0` and whatever ends in `|| true` always succeed; `pgrep` sees the process and not its answers; `curl` without `-f` is content with any answer, `500 Internal Server Error` among them. And `["CMD", "curl", "-f", "http://127.0.0.1", "||", "exit", "1"]` is no check at all: without a shell `||` is one more address to curl.',
    remedy:
      'Let the check ask the service on its port, with a command that fails when the answer is wrong: `curl -f`, `wget --spider`, `pg_isready`, or the language runtime of the image.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#healthcheck',
      'https://curl.se/docs/manpage.html#-f',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A service that was always healthy may turn out not to be; and which path to ask, only its author knows.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    healthcheck:\n      test: «exit 0»\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"]\n',
      },
      {
        note: 'curl that does not fail, as a list and for a shell.',
        code: 'services:\n  a:\n    image: example/a:1\n    healthcheck: {test: ["CMD", «"curl"», "http://127.0.0.1/"]}\n  b:\n    image: example/b:1\n    healthcheck: {test: ["CMD-SHELL", "«curl» -s http://127.0.0.1/ || exit 1"]}\n',
        fixed:
          'services:\n  a:\n    image: example/a:1\n    healthcheck: {test: ["CMD", "curl", "-f", "http://127.0.0.1/"]}\n  b:\n    image: example/b:1\n    healthcheck: {test: ["CMD-SHELL", "curl -f -s http://127.0.0.1/ || exit 1"]}\n',
      },
      {
        note: 'A shell is needed, and a failure that does not count.',
        code: 'services:\n  a:\n    image: example/a:1\n    healthcheck: {test: ["CMD", «"curl -f http://127.0.0.1/ || exit 1"»]}\n  b:\n    image: example/b:1\n    healthcheck: {test: curl -f http://127.0.0.1/ || «true»}\n',
        fixed:
          'services:\n  a:\n    image: example/a:1\n    healthcheck: {test: ["CMD-SHELL", "curl -f http://127.0.0.1/ || exit 1"]}\n  b:\n    image: example/b:1\n    healthcheck: {test: curl -f http://127.0.0.1/ || exit 1}\n',
      },
      {
        note: 'The image is not known: what to ask, its people have to say.',
        code: 'services:\n  app:\n    image: example/app:1\n    healthcheck:\n      test: ["CMD", «"pgrep", "app"»]\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    healthcheck:\n      test: ["CMD", "pgrep", "app"]\n',
      },
      {
        note: 'By what it is built from.',
        code: 'services:\n  app:\n    build: .\n    healthcheck:\n      test: "«true»"\n',
        files: { Dockerfile: 'FROM alpine:3.22\nEXPOSE 8080\nCMD ["/app"]\n' },
        fixed:
          'services:\n  app:\n    build: .\n    healthcheck:\n      test: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1"]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    healthcheck: {test: ["CMD", "pg_isready"]}\n',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    healthcheck: {test: "curl -s http://127.0.0.1/health | grep -q ok"}\n',
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const check = service.get('healthcheck') && healthcheckOf(model, service);
        const useless = check?.script && check.test ? uselessCheck(check.script) : null;
        if (!check?.test || !useless || seen.has(useless.at.start)) return;
        const { why, at, command } = useless;
        seen.add(at.start);
        const replacements = (): Fix[] =>
          check.test
            ? testReplacements(
                model,
                service,
                check.test,
                inspectService(model, service, path => facts.get('dockerfile', path)),
              )
            : [];
        const data = { service: service.name };
        switch (why) {
          case 'no-fail':
            return report(why, { at, data, fixes: [...failing(model, check, useless), ...replacements()] });
          case 'no-shell':
            return report(why, {
              at,
              data: { ...data, command },
              fixes: [...shellForm(model, check), ...replacements()],
            });
          case 'overruled': {
            const own =
              useless.after === '||' ? [fix('Let the check fail', 'unsafe', [replace(at, 'exit 1')])] : [];
            return report(why, { at, data: { ...data, command }, fixes: [...own, ...replacements()] });
          }
          default:
            return report(why, { at, data: { ...data, command }, fixes: replacements() });
        }
      },
    };
  },
});

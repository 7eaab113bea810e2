// compose-shell-as-process: a service whose first process is a shell that waits.

import { composeRule, fix } from '../../engine/rule.ts';
import { addKey } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { processOf } from '../../model/compose/process.ts';
import { comesToTrue } from '../../model/compose/truth.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { execBefore, lastCommand } from '../../repairs/exec-form.ts';
import { sharedTitle } from '../../repairs/shared.ts';

const isShell = ({ name }: ShellCommand): boolean => /^(?:ba|da|a|k|z)?sh$/.test(name ?? '');

/** The program that a shell started with `-c` ends with, and waits for. */
function waitedFor(model: ComposeModel, service: Service, key: 'command' | 'entrypoint') {
  const script = service.get(key) ? processOf(model, service, key) : null;
  const shell = script?.commands[0];
  if (!script || !shell || !isShell(shell) || shell.wrappers.length > 0) return null;
  const option = shell.args.findIndex(({ value }) => /^-[a-z]*c$/.test(value ?? ''));
  const text = shell.args[option + 1];
  if (option < 0 || text === undefined) return null;
  const quote = /^["']/.test(text.raw) ? 1 : 0;
  const last = lastCommand(script, text.span.end - quote);
  return last?.nameWord && last.span.start >= text.span.start ? last : null;
}

export default composeRule({
  id: 'compose-shell-as-process',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A shell as the first process of a service',
  messages: {
    waits: {
      text: 'The shell of {service} stays the first process, passes no signals on to {program} and collects no ended children: the program is killed instead of stopped. Put `exec` in front of it, or say `init: true`.',
    },
  },
  docs: {
    why: '`sh -c "migrate && app"` leaves two processes: the shell, which gets the signals, and the program, which does not. `docker compose stop` waits ten seconds and kills both; what the program had in hand is lost.',
    remedy:
      'Put `exec` in front of the last command: the program takes the place of the shell. With `init: true` a small process comes before it, which ends the children that others have left behind; it passes signals on to the shell alone.',
    limits: 'Start scripts are not read.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#init',
      'https://docs.docker.com/build/building/best-practices/#entrypoint',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The program gets signals that it did not get before.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    command: ["sh", "-c", "migrate && «app» --port 80"]\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    command: ["sh", "-c", "migrate && exec app --port 80"]\n',
        variants: {
          'Start it below an init process':
            'services:\n  app:\n    image: example/app:1\n    command: ["sh", "-c", "migrate && app --port 80"]\n    init: true\n',
        },
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    entrypoint: bash -c "migrate && «app»"\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    entrypoint: bash -c "migrate && exec app"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    command: ["sh", "-c", "migrate && exec app"]\n',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    init: true\n    command: ["sh", "-c", "migrate && app"]\n',
      },
      { code: 'services:\n  app:\n    image: example/app:1\n    command: ["app", "--port", "80"]\n' },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        if (comesToTrue(model, service.get('init')?.node)) return;
        for (const key of ['command', 'entrypoint'] as const) {
          const last = waitedFor(model, service, key);
          if (!last?.nameWord || seen.has(last.span.start)) continue;
          seen.add(last.span.start);
          const init = service.get('init') ? null : addKey(model, service, ['init'], true);
          const title = sharedTitle('Put exec in front of it', service, service.get(key)?.sharedBy ?? []);
          report('waits', {
            at: last.nameWord.span,
            data: { service: service.name, program: last.name ?? last.nameWord.raw },
            fixes: [
              fix(title, 'unsafe', [execBefore(last)]),
              ...(init ? [fix('Start it below an init process', 'unsafe', init)] : []),
            ],
          });
        }
      },
    };
  },
});

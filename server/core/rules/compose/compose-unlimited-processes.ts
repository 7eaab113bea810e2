// compose-unlimited-processes: a service that may start processes until the machine has no numbers left.
import { composeRule } from '../../engine/rule.ts';
import { limitVisitors } from '../../repairs/limits.ts';

export default composeRule({
  id: 'compose-unlimited-processes',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service without a limit of processes',
  messages: {
    none: {
      text: '{service} may start as many processes as the machine can bear: a fork bomb in it stops the machine, its neighbours and the way to log in. Set `deploy.resources.limits.pids` or `pids_limit`.',
      equivalents: ['kics:pids_limit_not_set'],
    },
    void: {
      text: '`{value}` limits nothing: {service} may start as many processes as the machine can bear. State a number such as 200.',
      equivalents: ['kics:pids_limit_not_set'],
    },
  },
  docs: {
    why: 'All containers draw the numbers of their processes from those of the machine. A program that starts others without end takes them all; then nothing can be started any more, not even the shell of whoever comes to help.',
    remedy:
      'Set `deploy.resources.limits.pids` or `pids_limit`. Threads count: `docker stats` shows them under PIDS. The repair writes a value to start from.',
    limits:
      'Limits that the platform sets by default are not seen. A variable without a default counts as a limit.',
    references: [
      'https://docs.docker.com/reference/compose-file/deploy/#resources',
      'https://docs.docker.com/reference/compose-file/services/#pids_limit',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-7-limit-resources-memory-cpu-file-descriptors-processes-restarts',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'How many threads a service has, only its own load tells: with a limit that is too low it cannot start any more.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: example/web:1\n',
        fixed:
          'services:\n  web:\n    image: example/web:1\n    deploy:\n      resources:\n        limits:\n          pids: 200\n',
      },
      {
        note: 'Where the service has plain keys, the repair writes one.',
        code: 'services:\n  «db»:\n    image: postgres:18.6\n    cpus: 2\n    mem_limit: 2g\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    cpus: 2\n    mem_limit: 2g\n    pids_limit: 500\n',
      },
      {
        note: 'No limit, for all that it looks like one.',
        code: 'services:\n  web:\n    image: example/web:1\n    «pids_limit»: -1\n',
        fixed: 'services:\n  web:\n    image: example/web:1\n    pids_limit: 200\n',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: example/web:1\n    pids_limit: 100\n' },
      {
        code: 'services:\n  web:\n    image: example/web:1\n    deploy: {resources: {limits: {pids: 100}}}\n',
      },
    ],
  },
  check: context => limitVisitors('pids', context),
});

// compose-unlimited-memory: a service that may take all memory of the machine.
import { composeRule } from '../../engine/rule.ts';
import { limitVisitors } from '../../repairs/limits.ts';

export default composeRule({
  id: 'compose-unlimited-memory',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service without a limit of memory',
  messages: {
    none: {
      text: '{service} may take all memory of the machine: a leak or an attack in it brings down its neighbours, and the kernel chooses whom to kill. Set `deploy.resources.limits.memory`.',
      equivalents: ['compose-lint:CL-0026', 'kics:memory_not_limited'],
    },
    void: {
      text: '`{value}` limits nothing: {service} may take all memory of the machine, and with it its neighbours. State an amount such as 512M.',
      equivalents: ['compose-lint:CL-0026', 'kics:memory_not_limited'],
    },
  },
  docs: {
    why: 'Containers share the memory of their machine. When it runs out, the kernel kills a process of its choice, which may be the database or the SSH daemon. A limit keeps the trouble where it began: only the service that took too much is killed, and restarted.',
    remedy:
      'Set `deploy.resources.limits.memory`, which `docker compose up` honours too, or `mem_limit`. Watch `docker stats` under load and leave room above the peak. The repair writes a value to start from.',
    limits:
      'Limits that the platform sets by default are not seen. A variable without a default counts as a limit.',
    references: [
      'https://docs.docker.com/reference/compose-file/deploy/#resources',
      'https://docs.docker.com/engine/containers/resource_constraints/',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-7-limit-resources-memory-cpu-file-descriptors-processes-restarts',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'How much a service needs, only its own load tells: a limit that is too low ends it.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: example/web:1\n',
        fixed:
          'services:\n  web:\n    image: example/web:1\n    deploy:\n      resources:\n        limits:\n          memory: 512M\n',
      },
      {
        note: 'Where the service has plain keys, the repair writes one; reservations are no limits.',
        code: 'services:\n  «db»:\n    image: postgres:18.6\n    cpus: 2\n    mem_reservation: 256m\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    cpus: 2\n    mem_reservation: 256m\n    mem_limit: 1G\n',
      },
      {
        note: 'No limit, for all that it looks like one.',
        code: 'services:\n  web:\n    image: example/web:1\n    «mem_limit»: "${MEMORY:-0}"\n',
        fixed: 'services:\n  web:\n    image: example/web:1\n    mem_limit: "512M"\n',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: example/web:1\n    mem_limit: ${MEMORY}\n' },
      {
        code: 'services:\n  web:\n    image: example/web:1\n    deploy: {resources: {limits: {memory: 512M}}}\n',
      },
    ],
  },
  check: context => limitVisitors('memory', context),
});

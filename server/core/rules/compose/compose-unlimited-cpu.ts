// compose-unlimited-cpu: a service that may take all processors of the machine.
import { composeRule } from '../../engine/rule.ts';
import { limitVisitors } from '../../repairs/limits.ts';

export default composeRule({
  id: 'compose-unlimited-cpu',
  category: 'reliability',
  severity: 'hint',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service without a limit of processors',
  messages: {
    none: {
      text: '{service} may take all processors of the machine: a loop, or a miner that somebody has planted, leaves its neighbours waiting. Set `deploy.resources.limits.cpus`.',
      equivalents: ['compose-lint:CL-0026', 'kics:cpus_not_limited'],
    },
    void: {
      text: '`{value}` limits nothing: {service} may take all processors of the machine, and its neighbours wait. State a number such as 0.5.',
      equivalents: ['compose-lint:CL-0026', 'kics:cpus_not_limited'],
    },
  },
  docs: {
    why: 'Containers share the processors of their machine. One that computes without end, be it by a mistake or for somebody who mines coins with it, slows all the others down. A limit keeps the trouble where it began.',
    remedy:
      'Set `deploy.resources.limits.cpus`, which `docker compose up` honours too, or `cpus`. A service that reaches its limit is slowed down, not ended. The repair writes a value to start from.',
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
    why: 'How much a service needs, only its own load tells: a limit that is too low slows it down.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: example/web:1\n',
        fixed:
          'services:\n  web:\n    image: example/web:1\n    deploy:\n      resources:\n        limits:\n          cpus: "1.0"\n',
      },
      {
        note: 'Where the service has plain keys, the repair writes one; shares are no limits.',
        code: 'services:\n  «db»:\n    image: postgres:18.6\n    mem_limit: 2g\n    cpu_shares: 512\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    mem_limit: 2g\n    cpu_shares: 512\n    cpus: 2\n',
      },
      {
        note: 'Told where the limit would stand.',
        code: 'services:\n  web:\n    image: example/web:1\n    deploy:\n      resources:\n        «limits»:\n          memory: 256M\n',
        fixed:
          'services:\n  web:\n    image: example/web:1\n    deploy:\n      resources:\n        limits:\n          memory: 256M\n          cpus: "1.0"\n',
      },
      {
        note: 'No limit, for all that it looks like one.',
        code: 'services:\n  web:\n    image: example/web:1\n    «cpus»: "${CPUS:-0.0}"\n',
        fixed: 'services:\n  web:\n    image: example/web:1\n    cpus: "1.0"\n',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: example/web:1\n    cpu_quota: 50000\n' },
      {
        code: 'services:\n  web:\n    image: example/web:1\n    deploy: {resources: {limits: {cpus: "0.5"}}}\n',
      },
    ],
  },
  check: context => limitVisitors('cpus', context),
});

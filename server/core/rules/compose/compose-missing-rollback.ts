// compose-missing-rollback: a service of several replicas whose failing update nobody takes back.
import { composeRule, fix } from '../../engine/rule.ts';
import { addKey } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { resolvedString } from '../../model/compose/value.ts';

function replicasOf(model: ComposeModel, service: Service): number {
  const text = resolvedString(model, service.get('deploy', 'replicas')?.node);
  return text?.known ? Number(text.value) : 1;
}

export default composeRule({
  id: 'compose-missing-rollback',
  category: 'reliability',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'An update that nobody takes back',
  messages: {
    update: {
      text: 'An update of {service} that fails stops half-way, some replicas old and some new, until somebody comes. Say under `deploy.update_config` that it is rolled back.',
    },
    rollback: {
      text: '{service} is rolled back all at once when an update fails: nothing answers meanwhile. Say under `deploy.rollback_config` how many go at a time.',
    },
  },
  docs: {
    why: 'A swarm replaces the replicas of a service one after the other. Without `failure_action: rollback` it stops at the first that does not start, and leaves the service as it is then; without a `rollback_config` the way back takes all of them down together.',
    remedy:
      '`update_config` with `parallelism: 1`, a `delay` in which a bad version shows itself, and `failure_action: rollback`; `rollback_config` with the same pace.',
    limits: 'Only services with several replicas are reported. `docker compose up` reads neither.',
    references: ['https://docs.docker.com/reference/compose-file/deploy/#update_config'],
  },
  fix: { availability: 'always', safety: 'unsafe', why: 'Updates take as long as the delays say.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    «deploy»:\n      replicas: 3\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    deploy:\n      replicas: 3\n      update_config:\n        parallelism: 1\n        delay: 10s\n        failure_action: rollback\n      rollback_config:\n        parallelism: 1\n        delay: 10s\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    «deploy»: {replicas: 3, update_config: {failure_action: rollback}}\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    deploy: {replicas: 3, update_config: {failure_action: rollback}, rollback_config: {parallelism: 1, delay: 10s}}\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    deploy:\n      replicas: 3\n      update_config: {failure_action: rollback}\n      rollback_config: {parallelism: 1}\n  one:\n    image: nginx:1.30\n    deploy: {resources: {limits: {memory: 64M}}}\n',
      },
      {
        note: 'An update that is to stop for a look.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    deploy: {replicas: 3, update_config: {failure_action: pause}}\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    service(service) {
      const deploy = service.get('deploy');
      if (!deploy || !(replicasOf(model, service) > 1)) return;
      const pace = { parallelism: 1, delay: '10s' };
      const at = deploy.keySpan;
      const data = { service: service.name };
      if (!service.get('deploy', 'update_config')) {
        const value = { map: { ...pace, failure_action: 'rollback' } };
        const update = addKey(model, service, ['deploy', 'update_config'], value);
        const rollback = service.get('deploy', 'rollback_config')
          ? []
          : addKey(model, service, ['deploy', 'rollback_config'], { map: pace });
        const edits = update && rollback && [...update, ...rollback];
        const fixes = edits ? [fix('Roll failing updates back', 'unsafe', edits)] : [];
        return report('update', { at, data, fixes });
      }
      const action = resolvedString(model, service.get('deploy', 'update_config', 'failure_action')?.node);
      if (!action?.known || action.value !== 'rollback' || service.get('deploy', 'rollback_config')) return;
      const edits = addKey(model, service, ['deploy', 'rollback_config'], { map: pace }, 'update_config');
      report('rollback', { at, data, fixes: edits ? [fix('Roll back one at a time', 'unsafe', edits)] : [] });
    },
  }),
});

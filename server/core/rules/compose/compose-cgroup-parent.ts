// compose-cgroup-parent: a service whose limits are those of another group of the host.
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { removalFix } from '../../repairs/places.ts';

export default composeRule({
  id: 'compose-cgroup-parent',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service in a control group of the host’s choice',
  messages: {
    set: {
      text: '{service} is put below another control group of the host: the limits of that group hold, and it shares them with whatever else is there. Take `cgroup_parent` away and state limits of its own.',
      equivalents: ['kics:cgroup_not_default'],
    },
  },
  docs: {
    why: 'Docker gives each container a control group below its own, where limits are counted. Another parent has limits that this file does not show: the service may get more than its share of the machine, or take that of its neighbours, and on another host the group may not be there at all.',
    remedy:
      'Remove the key, and state what the service may use: `mem_limit`, `cpus`, `pids_limit`, or `deploy.resources.limits`.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#cgroup_parent',
      'https://docs.docker.com/reference/cli/dockerd/#default-cgroup-parent',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The limits of that group no longer hold for the service.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    «cgroup_parent»: batch.slice\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n',
      },
    ],
    good: [{ code: 'services:\n  app:\n    image: example/app:1\n    mem_limit: 256m\n' }],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<null>();
    return {
      service(service) {
        const entry = service.get('cgroup_parent');
        if (entry?.node) places.add(service, entry.keySpan, null);
      },
      end() {
        for (const place of places.all()) {
          const fixes = removalFix(model, place, 'Take cgroup_parent away', 'unsafe');
          report('set', { at: place.at, data: { service: place.names }, fixes });
        }
      },
    };
  },
});

// compose-duplicate-container-name: two services whose containers are to have the same name.
import { composeRule, fix } from '../../engine/rule.ts';
import { meetUnderProfiles } from '../../insight/profiles.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import type { Entry, Service } from '../../model/compose/model.ts';
import { filledText } from '../../model/compose/value.ts';

export default composeRule({
  id: 'compose-duplicate-container-name',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A container name that two services have',
  messages: {
    taken: {
      text: 'The containers of {service} and {other} are both to be named {name}: whoever comes second does not start. Give one of them another name, or leave the names to Compose.',
      equivalents: ['dclint:no-duplicate-container-names'],
    },
  },
  docs: {
    why: 'The name of a container is unique on the whole host. The second container is refused ("the container name is already in use"), whatever project it belongs to.',
    remedy:
      'Leave `container_name` out: Compose makes a name of project, service and number, and services reach each other by the name of the service anyway. The repair removes the second one.',
    limits: 'Services that only different profiles start are taken for alternatives.',
    references: ['https://docs.docker.com/reference/compose-file/services/#container_name'],
  },
  fix: { availability: 'sometimes', safety: 'unsafe', why: 'Scripts may use the name.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    container_name: shop\n  api:\n    image: example/api:1\n    container_name: «shop»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    container_name: shop\n  api:\n    image: example/api:1\n',
      },
      {
        note: 'By a merge: the place is the same.',
        code: 'x-base: &base\n  image: example/worker:1\n  container_name: «worker»\nservices:\n  one:\n    <<: *base\n  two:\n    <<: *base\n',
        fixed:
          'x-base: &base\n  image: example/worker:1\n  container_name: worker\nservices:\n  one:\n    <<: *base\n  two:\n    <<: *base\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    container_name: shop\n  api:\n    image: example/api:1\n    container_name: ${NAME:-shop}-api\n',
      },
      {
        note: 'Alternatives.',
        code: 'services:\n  cpu:\n    image: example/model:1\n    container_name: model\n    profiles: [cpu]\n  gpu:\n    image: example/model:1-gpu\n    container_name: model\n    profiles: [gpu]\n',
      },
    ],
  },
  linked: true,
  check: ({ model, report }) => {
    const holders = new Map<string, Service[]>();
    const seen = new Set<number>();
    const tell = (service: Service, entry: Entry, name: string, other: string): void => {
      const at = entry.node?.span ?? entry.keySpan;
      if (seen.has(at.start)) return;
      seen.add(at.start);
      const edits = entry.sharedBy.length > 0 ? null : removeEntries(model, [entry.keySpan]);
      const fixes = edits ? [fix('Leave the name to Compose', 'unsafe', edits)] : [];
      report('taken', { at, data: { service: service.name, other, name }, fixes });
    };
    return {
      service(service) {
        const entry = service.get('container_name');
        const name = filledText(model, entry?.node)?.text;
        if (entry === undefined || !name) return;
        const before = holders.get(name) ?? [];
        const other = before.find(holder => meetUnderProfiles(model, holder, service));
        holders.set(name, [...before, service]);
        if (other !== undefined) tell(service, entry, name, other.name);
      },
    };
  },
});

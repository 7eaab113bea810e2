// compose-default-capabilities: a service that keeps capabilities of root which it does not need.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { inspectService, type ServiceInsight } from '../../insight/service.ts';
import { capabilityNeeds } from '../../insight/service-needs.ts';
import { capabilityName } from '../../knowledge/capabilities.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { addItems } from '../../repairs/service-lists.ts';

const named = (model: ComposeModel, service: Service, key: string): readonly string[] =>
  itemsOf(model, service, key).map(({ text }) => capabilityName(text));

function fixesOf(model: ComposeModel, service: Service, insight: ServiceInsight): Fix[] {
  const added = named(model, service, 'cap_add');
  if (added.includes('ALL')) return [];
  const { names, certain } = capabilityNeeds(model, service, insight);
  const missing = names.filter(name => !added.includes(name));
  const dropping = addItems(model, service, 'cap_drop', ['ALL']);
  const adding = addItems(model, service, 'cap_add', missing);
  if (dropping === null || adding === null) return [];
  const kept = [...added, ...missing];
  const title = kept.length === 0 ? 'Drop all capabilities' : `Drop all capabilities but ${kept.join(', ')}`;
  return [fix(title, certain ? 'unsafe' : 'suggestion', [...dropping, ...adding])];
}

export default composeRule({
  id: 'compose-default-capabilities',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service with capabilities that it does not need',
  needs: ['dockerfile'],
  messages: {
    all: {
      text: '{service} keeps the 14 capabilities of root that Docker gives by default, among them to make raw packets and to ignore file modes. Drop all of them, and add back the ones that it needs.',
      equivalents: ['compose-lint:CL-0006', 'kics:container_capabilities_unrestricted'],
    },
    some: {
      text: '{service} drops some capabilities of root and keeps the others that Docker gives by default. Drop all of them, and add back the ones that it needs.',
      equivalents: ['compose-lint:CL-0006'],
    },
  },
  docs: {
    why: 'Root in a container has 14 capabilities, of which a service mostly needs none: `NET_RAW` forges packets to its neighbours, `DAC_OVERRIDE` reads files of others, `MKNOD` makes devices. With `cap_drop: [ALL]` an intruder who is root has little of it.',
    remedy:
      'Say `cap_drop: [ALL]`, and add back what is needed. Entrypoints that begin as root and hand over to an account need `SETUID` and `SETGID`, and mostly `CHOWN`, `DAC_OVERRIDE` and `FOWNER` for the files they hand over. The repair knows this for the usual images; for others it drops all, and the log says what is missing.',
    limits: 'What a program of your own needs is not known: the repair is a suggestion there.',
    references: [
      'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
      'https://docs.docker.com/reference/compose-file/services/#cap_drop',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-3-limit-capabilities-grant-only-specific-capabilities-needed-by-a-container',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A service that needs one that is not known fails when it starts.',
  },
  examples: {
    bad: [
      {
        note: 'What the image is known to need is added back.',
        code: 'services:\n  «db»:\n    image: postgres:18.6\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    cap_drop:\n      - ALL\n    cap_add:\n      - CHOWN\n      - DAC_OVERRIDE\n      - FOWNER\n      - SETGID\n      - SETUID\n',
      },
      {
        note: 'An account without privileges has no use for any.',
        code: 'services:\n  «app»:\n    image: example/app:1\n    user: "1000"\n    cap_drop: [NET_RAW]\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    user: "1000"\n    cap_drop: [NET_RAW, ALL]\n',
      },
      {
        note: 'Through the Dockerfile: `node` needs none.',
        code: 'services:\n  «api»:\n    build: ./api\n',
        files: { 'api/Dockerfile': 'FROM node:24.19-slim\nUSER node\nCMD ["node", "server.js"]\n' },
        fixed: 'services:\n  api:\n    build: ./api\n    cap_drop:\n      - ALL\n',
      },
      {
        note: 'An image that is not known, and one that is given all of them.',
        code: 'services:\n  «app»:\n    image: example/app:1\n  «vpn»:\n    image: example/vpn:1\n    cap_add: [ALL]\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    cap_drop:\n      - ALL\n  vpn:\n    image: example/vpn:1\n    cap_add: [ALL]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    cap_drop: [ALL]\n    cap_add: [CHOWN, SETGID, SETUID]\n',
      },
      {
        note: 'In other spellings.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    cap_drop:\n      - cap_all\n',
      },
    ],
  },
  check: ({ model, facts, report }) => ({
    service(service) {
      const dropped = named(model, service, 'cap_drop');
      if (dropped.includes('ALL')) return;
      const insight = inspectService(model, service, path => facts.get('dockerfile', path));
      report(dropped.length > 0 ? 'some' : 'all', {
        at: service.nameSpan,
        data: { service: service.name },
        fixes: fixesOf(model, service, insight),
      });
    },
  }),
});

// compose-root-user: a service that is told to run as root.
import { composeRule } from '../../engine/rule.ts';
import { asOfText } from '../../insight/image-facts.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { isRoot } from '../../insight/runs-as.ts';
import { inspectService, type ServiceInsight } from '../../insight/service.ts';
import { imageUser } from '../../insight/service-user.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { Entry } from '../../model/compose/model.ts';
import { rootReplacements } from '../../repairs/service-user.ts';

interface Found {
  readonly entry: Entry;
  readonly insight: ServiceInsight;
}

export default composeRule({
  id: 'compose-root-user',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service that is told to run as root',
  needs: ['dockerfile'],
  messages: {
    root: {
      text: '{service} is told to run as root: a flaw in it is a flaw with all rights in the container, and with those of root on files that are mounted. Name an account without privileges.',
      equivalents: ['compose-lint:CL-0018'],
    },
    drops: {
      text: '{service} is told to run as root, which changes nothing: {how}. Take `user` away.',
      severity: 'info',
      equivalents: ['compose-lint:CL-0018'],
    },
    overrides: {
      text: '{service} is told to run as root, though its image runs as {user}{asOf}. Take `user` away, and give {user} the files that it needs.',
      equivalents: ['compose-lint:CL-0018'],
    },
  },
  docs: {
    why: 'Root in a container is root of the kernel with some rights taken: it owns every file in the container, writes to whatever is mounted, and finds more to attack when a wall has a hole. `user: root` is mostly there because a folder belonged to root.',
    remedy:
      'Name an account of the image, or a number, and give it the folders that it writes to: `chown -R 1000:1000 ./data` once. Images whose entrypoint steps down by itself need no `user` at all.',
    limits: 'A service that says nothing and whose image runs as root is told by another rule.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#user',
      'https://docs.docker.com/build/building/best-practices/#user',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-2-set-a-user',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Files that belong to root have to be given to the account.',
  },
  examples: {
    bad: [
      {
        note: 'The image brings an account.',
        code: 'services:\n  api:\n    image: node:24.19-slim\n    user: «root»\n',
        fixed: 'services:\n  api:\n    image: node:24.19-slim\n    user: node\n',
        variants: {
          'Run as 1000:1000': 'services:\n  api:\n    image: node:24.19-slim\n    user: "1000:1000"\n',
        },
      },
      {
        note: 'In numbers; nothing is known of the image.',
        code: 'services:\n  app:\n    image: example/app:1\n    user: "«0:0»"\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    user: "1000:1000"\n',
      },
      {
        note: 'The images know better, one from the table, one by its Dockerfile.',
        code: 'services:\n  db:\n    image: postgres:18.6\n    user: «root»\n  api:\n    build: ./api\n    user: «0»\n',
        files: { 'api/Dockerfile': 'FROM node:24.19-slim\nUSER node\nCMD ["node", "server.js"]\n' },
        fixed: 'services:\n  db:\n    image: postgres:18.6\n  api:\n    build: ./api\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    user: "1000:0"\n  job:\n    image: example/job:1\n    user: ${UID}:${GID}\n',
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const places = gatherPlaces<Found>();
    return {
      service(service) {
        const entry = service.get('user');
        const [user] = itemsOf(model, service, 'user');
        if (!entry || !user || !isRoot(user.text)) return;
        const insight = inspectService(model, service, path => facts.get('dockerfile', path));
        places.add(service, user.span, { entry, insight });
      },
      end() {
        for (const place of places.all()) {
          const { entry, insight } = place.found;
          const [at, service] = [place.at, place.names];
          const fixes = rootReplacements(model, place, entry, insight);
          const image = imageUser(insight);
          if (image.kind === 'drops') report('drops', { at, data: { service, how: image.how }, fixes });
          else if (image.kind === 'other')
            report('overrides', {
              at,
              data: { service, user: image.user, asOf: asOfText(insight.facts) },
              fixes,
            });
          else report('root', { at, data: { service }, fixes });
        }
      },
    };
  },
});

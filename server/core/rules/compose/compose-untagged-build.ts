// compose-untagged-build: a service for production whose image is built where it runs, and has no version.
import { composeRule, fix } from '../../engine/rule.ts';
import { isForProduction } from '../../insight/production.ts';
import { addKey } from '../../model/compose/edit.ts';

export default composeRule({
  id: 'compose-untagged-build',
  category: 'reproducibility',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A build without a name and version',
  messages: {
    untagged: {
      text: '{service} is meant for production and is built without an `image`: nobody can say which version runs, go back to the one before, or run the same on another machine. Add `image` with a version, and push it.',
    },
  },
  docs: {
    why: 'With `build` alone the image is called after the folder and overwritten by every build. What runs is whatever was checked out on that machine at that time.',
    remedy:
      'Say `image: registry.example.com/team/web:${VERSION:?}` beside `build`: `docker compose build --push` makes and publishes it, and the production host pulls it by its version.',
    limits:
      'A file is taken for one of production where a service says so: `NODE_ENV: production`, or settings for a swarm.',
    references: [
      'https://docs.docker.com/reference/compose-file/build/#using-build-and-image',
      'https://docs.docker.com/compose/how-tos/production/',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'The registry belongs in front of the name, and VERSION has to be set.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    build: .\n    environment:\n      NODE_ENV: production\n',
        fixed:
          'services:\n  web:\n    build: .\n    image: web:${VERSION:?}\n    environment:\n      NODE_ENV: production\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    build: .\n    image: registry.example.com/team/web:${VERSION:?}\n    environment: {NODE_ENV: production}\n',
      },
      { note: 'For the desk.', code: 'services:\n  web:\n    build: .\n' },
    ],
  },
  check: ({ model, report }) => ({
    service(service) {
      if (!service.get('build') || service.get('image') || !isForProduction(model)) return;
      const name = service.name.toLowerCase();
      const edits = addKey(model, service, ['image'], `${name}:\${VERSION:?}`, 'build');
      report('untagged', {
        at: service.nameSpan,
        data: { service: service.name },
        fixes: edits ? [fix('Name the image and its version', 'suggestion', edits)] : [],
      });
    },
  }),
});

// compose-build-and-image: a service that is built and pulled.
import type { Fix } from '../../engine/finding.ts';
import { option } from '../../engine/options.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { addKey, removeEntries } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';

function fixesOf(model: ComposeModel, service: Service): Fix[] {
  const policy = addKey(model, service, ['pull_policy'], 'build', 'image');
  const image = service.get('image');
  const edits = image && image.sharedBy.length === 0 ? removeEntries(model, [image.keySpan]) : null;
  return [
    ...(policy ? [fix('Always build it', 'unsafe', policy)] : []),
    ...(edits ? [fix('Remove image', 'unsafe', edits)] : []),
  ];
}

export default composeRule({
  id: 'compose-build-and-image',
  category: 'reproducibility',
  severity: 'info',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A service that is built and pulled',
  messages: {
    both: {
      text: '{service} has `build` and `image`, and nothing says which one counts: where a registry has the image, `pull` brings that one in place of what is built here. State a pull_policy, or take one of them out.',
      equivalents: ['dclint:no-build-and-image'],
    },
  },
  docs: {
    why: 'With both keys Compose builds the image where it is missing, gives it the name in `image`, and pulls it where it is asked to. Which of the two somebody runs depends on what is on the machine already.',
    remedy:
      'Say it: `pull_policy: build` builds each time, `missing` and `always` prefer the registry. Or name the image alone and build it elsewhere. With the option `accept-pull-policy` switched off a policy is not enough.',
    limits:
      'Many name what they build on purpose, so as to push it: this is an opinion. An image name that belongs to somebody else is told by `compose-borrowed-image-name`.',
    references: [
      'https://docs.docker.com/reference/compose-file/build/',
      'https://docs.docker.com/reference/compose-file/services/#pull_policy',
    ],
  },
  fix: { availability: 'sometimes', safety: 'unsafe', why: 'Which image runs may change.' },
  options: {
    'accept-pull-policy': option.boolean(true, 'A service with a pull_policy may have both.'),
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    «build»: .\n    image: shop/web:1\n    ports: ["127.0.0.1:8080:80"]\n',
        fixed:
          'services:\n  web:\n    build: .\n    image: shop/web:1\n    pull_policy: build\n    ports: ["127.0.0.1:8080:80"]\n',
        variants: { 'Remove image': 'services:\n  web:\n    build: .\n    ports: ["127.0.0.1:8080:80"]\n' },
      },
      {
        code: 'x-all: &all\n  image: shop/web:1\nservices:\n  web:\n    <<: *all\n    «build»: .\n    pull_policy: always\n  job:\n    <<: *all\n',
        options: { 'accept-pull-policy': false },
        fixed:
          'x-all: &all\n  image: shop/web:1\nservices:\n  web:\n    <<: *all\n    build: .\n    pull_policy: always\n  job:\n    <<: *all\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    build: .\n  db:\n    image: postgres:18.6\n  job:\n    build: .\n    image: shop/job:1\n    pull_policy: build\n',
      },
    ],
  },
  check: ({ model, options, report }) => ({
    service(service) {
      const build = service.get('build');
      if (!build?.node || !service.get('image')?.node) return;
      if (options['accept-pull-policy'] && service.get('pull_policy')?.node) return;
      report('both', { at: build.keySpan, data: { service: service.name }, fixes: fixesOf(model, service) });
    },
  }),
});

// compose-borrowed-image-name: a build that takes the name of an official image.

import { composeRule, fix } from '../../engine/rule.ts';
import { imageFacts } from '../../knowledge/images.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import { imageOf } from '../../model/compose/image.ts';
import { familiarName } from '../../model/image-reference.ts';
import { PlacesTold } from '../../model/looking.ts';

/** Of the library of Docker Hub, which is nobody's to push to. */
const isOfficial = (name: string): boolean => !name.includes('/');

export default composeRule({
  id: 'compose-borrowed-image-name',
  category: 'reproducibility',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A build under the name of an official image',
  messages: {
    borrowed: {
      text: 'What {service} builds is named {image}, as the official image is: from then on every `FROM {image}` and every service on this machine gets this build, and `pull` brings the official one in its place. Give it a name of your own.',
    },
  },
  docs: {
    why: '`image` beside `build` is the name that the result gets. With the name of an official image it hides that image on this machine, also for other projects, and whoever pulls runs the official one without noticing.',
    remedy:
      'Name it after the project, `shop/nginx:1.30`, or leave `image` out: then Compose names it after project and service. The repair leaves it out.',
    limits: 'Official images are those that the table of images knows.',
    references: ['https://docs.docker.com/reference/compose-file/build/#using-build-and-image'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'What is pushed or run by that name elsewhere gets another one.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    build: .\n    image: «nginx:1.30»\n',
        fixed: 'services:\n  web:\n    build: .\n',
      },
      {
        code: 'x-db: &db\n  image: «postgres:18.6»\nservices:\n  web:\n    <<: *db\n    build: .\n  db:\n    <<: *db\n',
        fixed:
          'x-db: &db\n  image: postgres:18.6\nservices:\n  web:\n    <<: *db\n    build: .\n  db:\n    <<: *db\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    build: .\n    image: shop/nginx:1.30\n  api:\n    build: ./api\n    image: shop-api\n  db:\n    image: postgres:18.6\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const image = service.get('build')?.node ? imageOf(model, service) : null;
        if (!image?.reference.known) return;
        const { entry, reference } = image;
        const { span: at } = reference.value;
        const name = familiarName(reference.value);
        const { tag } = reference.value;
        if (!isOfficial(name) || imageFacts(name, tag) === undefined || seen.has(at.start)) return;
        seen.add(at.start);
        const edits = entry.sharedBy.length > 0 ? null : removeEntries(model, [entry.keySpan]);
        const data = { service: service.name, image: reference.value.text };
        report('borrowed', {
          at,
          data,
          fixes: edits ? [fix('Leave the name to Compose', 'unsafe', edits)] : [],
        });
      },
    };
  },
});

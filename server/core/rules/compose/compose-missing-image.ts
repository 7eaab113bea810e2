// compose-missing-image: a service of which nothing says what it runs.
import { composeRule } from '../../engine/rule.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { resolvedString } from '../../model/compose/value.ts';

/** What says, each of itself, what a service runs. */
const makings = ['image', 'build', 'extends', 'provider'];

/** An image of which nothing is left is none. */
function isMade(model: ComposeModel, { entries }: Service): boolean {
  return entries.some(({ name, node }) => {
    if (!makings.includes(name)) return false;
    const image = name === 'image' ? resolvedString(model, node) : null;
    return !image?.known || image.value.trim() !== '';
  });
}

/** Keys that a service has for itself: a file that overrides another one mostly changes others. */
const own = ['command', 'entrypoint', 'container_name', 'hostname', 'restart', 'healthcheck'];

export default composeRule({
  id: 'compose-missing-image',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service without image or build',
  messages: {
    missing: {
      text: '{service} has neither `image` nor `build`: Compose refuses the file. Add the one that says what it runs.',
    },
  },
  docs: {
    why: 'A service runs an image, one that is pulled or one that is built. Without either Compose refuses the whole file ("has neither an image nor a build context specified").',
    remedy: 'Add `image: name:tag`, or `build` with the folder of the Dockerfile.',
    limits:
      'A file that overrides another one has such services on purpose: nothing is said where most services of the file have neither, where the service states nothing that a base mostly states (a command, a name, a policy of restarts), or where the file includes others.',
    references: ['https://docs.docker.com/reference/compose-file/services/#image'],
  },
  fix: { availability: 'never', why: 'What the service runs is not written anywhere.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n  «job»:\n    command: [run, job]\n    restart: on-failure:3\n  db:\n    image: postgres:18.6\n',
      },
      {
        note: 'Its image is empty.',
        code: 'services:\n  «web»:\n    image: ${IMAGE:-}\n    restart: always\n  db:\n    image: postgres:18.6\n  cache:\n    image: redis:8.6\n',
      },
    ],
    good: [
      {
        note: 'A file that overrides another one.',
        code: 'services:\n  web:\n    ports: ["127.0.0.1:8080:80"]\n    restart: "no"\n  db:\n    environment:\n      LOG: all\n  mail:\n    image: example/mail:1\n',
      },
      {
        code: 'x-base: &base\n  image: example/app:1\nservices:\n  web:\n    <<: *base\n    command: [web]\n  job:\n    extends: web\n    command: [job]\n  tool:\n    provider:\n      type: model\n  own:\n    build: .\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    end() {
      const { services, root } = model;
      const unmade = services.filter(service => !isMade(model, service));
      const includes = root?.pairs.some(({ key }) => key.text === 'include');
      if (includes || unmade.length * 2 >= services.length) return;
      for (const service of unmade) {
        if (!service.entries.some(({ name }) => own.includes(name))) continue;
        report('missing', { at: service.nameSpan, data: { service: service.name } });
      }
    },
  }),
});

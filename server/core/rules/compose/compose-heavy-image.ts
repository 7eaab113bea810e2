// compose-heavy-image: compilers and headers in the image of a service that compiles nothing.
import { composeRule } from '../../engine/rule.ts';
import { namesHeavyTool } from '../../insight/heavy-base.ts';
import { commandText } from '../../insight/service-process.ts';
import { lighterImage } from '../../repairs/lighter-image.ts';
import { imagePlaces, pinServiceFixes } from '../../repairs/pin-service.ts';
import { heavyImage, heavyImageWhy } from '../../repairs/tag-texts.ts';

export default composeRule({
  id: 'compose-heavy-image',
  title: 'A heavier variant of an image than a service needs',
  ...heavyImage,
  needs: ['registry'],
  docs: {
    why: heavyImageWhy,
    remedy: 'Run the slim variant. The repair adds `slim` to the tag.',
    limits:
      'What the program calls is not known; where the command of the service names a compiler or one of the other tools, nothing is said.',
    references: ['https://hub.docker.com/_/buildpack-deps'],
  },
  examples: {
    bad: [
      {
        code: 'services:\n  job:\n    image: «python:3.14»\n    command: python /srv/job.py\n',
        fixed: 'services:\n  job:\n    image: python:3.14-slim\n    command: python /srv/job.py\n',
      },
      {
        note: 'A digest has to change with the tag.',
        code: 'services:\n  job:\n    image: «node:24@sha256:1111111111111111111111111111111111111111111111111111111111111111»\n',
        fixed:
          'services:\n  job:\n    image: node:24@sha256:1111111111111111111111111111111111111111111111111111111111111111\n',
      },
    ],
    good: [
      { code: 'services:\n  job:\n    image: python:3.14-slim\n' },
      {
        note: 'It is needed here.',
        code: 'services:\n  job:\n    image: node:24\n    command: sh -c "git pull && npm start"\n',
      },
    ],
  },
  check: ({ model, facts, report }) =>
    imagePlaces(model, image => {
      const { service, reference, at } = image;
      if (namesHeavyTool(commandText(model, service))) return;
      const lighter = lighterImage(reference, model.images.get(reference.text), facts);
      if (lighter === undefined) return;
      const { data, lookUp } = lighter;
      report('heavy', { at, data, lookUp, fixes: pinServiceFixes(image, lighter.fixesFor) });
    }),
});

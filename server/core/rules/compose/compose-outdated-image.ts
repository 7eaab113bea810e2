// compose-outdated-image: a service pinned to a patch level that others have followed.
import { composeRule } from '../../engine/rule.ts';
import { newerTag } from '../../knowledge/newer-tags.ts';
import { isRetired } from '../../knowledge/retired-images.ts';
import { tagsAsOf } from '../../knowledge/tags.ts';
import { moveTo } from '../../repairs/pin.ts';
import { imagePlaces, pinServiceFixes } from '../../repairs/pin-service.ts';
import { outdatedImage, outdatedImageWhy } from '../../repairs/tag-texts.ts';

export default composeRule({
  id: 'compose-outdated-image',
  title: 'A service that misses the fixes of its own release',
  ...outdatedImage,
  docs: {
    why: outdatedImageWhy,
    remedy:
      'Move to the newest patch of the same release, in the same variant: data stays as it is. The repair writes the tag.',
    limits: `The tags are those of the official images on ${tagsAsOf}: what came out later is not known. A release that has ended altogether is told by [compose-end-of-life-image](compose-end-of-life-image.md).`,
    references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  },
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: «postgres:17.1-alpine»\n',
        fixed: 'services:\n  db:\n    image: postgres:17.11-alpine\n',
      },
      {
        note: 'In the default of a variable.',
        code: 'services:\n  cache:\n    image: "«redis:${TAG:-8.2.1}»"\n',
        fixed: 'services:\n  cache:\n    image: "redis:${TAG:-8.2.9}"\n',
      },
      {
        note: 'A digest has to change with the tag.',
        code: 'services:\n  db:\n    image: «postgres:17.1@sha256:1111111111111111111111111111111111111111111111111111111111111111»\n',
        fixed:
          'services:\n  db:\n    image: postgres:17.1@sha256:1111111111111111111111111111111111111111111111111111111111111111\n',
      },
    ],
    good: [
      { code: 'services:\n  db:\n    image: postgres:17-alpine\n' },
      { note: 'Newer than the table.', code: 'services:\n  db:\n    image: postgres:17.99\n' },
    ],
  },
  check: ({ model, report }) =>
    imagePlaces(model, image => {
      const { reference, name, at } = image;
      const { tag, text } = reference;
      const newer = tag === null || isRetired(name) ? undefined : newerTag(name, tag);
      if (newer === undefined) return;
      const fixes = pinServiceFixes(image, moveTo(newer));
      report('outdated', { at, data: { image: text, newer, asOf: tagsAsOf }, fixes });
    }),
});

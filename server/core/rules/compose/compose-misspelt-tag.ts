// compose-misspelt-tag: a service whose image has no such tag.
import { composeRule } from '../../engine/rule.ts';
import { misspelling } from '../../insight/misspelt-tags.ts';
import { isRetired } from '../../knowledge/retired-images.ts';
import { tagsAsOf } from '../../knowledge/tags.ts';
import { moveTo } from '../../repairs/pin.ts';
import { imagePlaces, pinServiceFixes } from '../../repairs/pin-service.ts';
import { misspeltTag } from '../../repairs/tag-texts.ts';

export default composeRule({
  id: 'compose-misspelt-tag',
  title: 'A tag that the image of a service does not have',
  ...misspeltTag,
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: «nginx:stabel-alpine»\n',
        fixed: 'services:\n  web:\n    image: nginx:stable-alpine\n',
      },
      {
        note: 'In the default of a variable.',
        code: 'services:\n  job:\n    image: "«alpine:${TAG:-324}»"\n',
        fixed: 'services:\n  job:\n    image: "alpine:${TAG:-3.24}"\n',
      },
      {
        note: 'Nobody can tell what was meant.',
        code: 'services:\n  db:\n    image: «postgres:181»\n',
        fixed: 'services:\n  db:\n    image: postgres:181\n',
      },
    ],
    good: [
      { note: 'Old, and there.', code: 'services:\n  db:\n    image: postgres:9.6-alpine3.10\n' },
      {
        note: 'The name of what is built.',
        code: 'services:\n  app:\n    build: .\n    image: node:24-slm\n',
      },
    ],
  },
  check: ({ model, report }) =>
    imagePlaces(model, image => {
      const { reference, name, at } = image;
      const { tag, digest } = reference;
      const wrong = tag === null || digest !== null || isRetired(name) ? undefined : misspelling(name, tag);
      if (wrong === undefined) return;
      const fixes = pinServiceFixes(image, moveTo(wrong.tag));
      const known = { name, asOf: tagsAsOf };
      if (wrong.kind === 'release')
        report('release', { at, data: { ...known, newest: wrong.newest }, fixes });
      else report('word', { at, data: { ...known, word: wrong.word, near: wrong.near }, fixes });
    }),
});

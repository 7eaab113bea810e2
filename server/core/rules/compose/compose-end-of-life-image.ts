// compose-end-of-life-image: a service whose image gets no more fixes.
import { composeRule, fix } from '../../engine/rule.ts';
import { type EndOfLife, endOfLife, endOfLifeAsOf } from '../../knowledge/end-of-life.ts';
import { isRetired, retirementOf } from '../../knowledge/retired-images.ts';
import { imagePlaces, pinServiceFixes } from '../../repairs/pin-service.ts';
import { supportedFixes } from '../../repairs/pin-supported.ts';
import { replace } from '../../text/edit.ts';

const since = ({ ended }: EndOfLife): string => (ended === null ? '' : ` since ${ended}`);

export default composeRule({
  id: 'compose-end-of-life-image',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service image that gets no more fixes',
  messages: {
    ended: {
      text: '{image}: {release} has had no security fixes{since} (as of {asOf}). What is found in it stays open. Move to a supported release.',
    },
    replaced: {
      text: '{image} {why}. What is found in it stays open. Move to {successor}, which took its place.',
    },
    retired: {
      text: '{image} {why}. What is found in it stays open. Move to an image that somebody keeps.',
    },
  },
  docs: {
    why: 'When the support of a release ends, its image is no longer rebuilt and its packages get no fixes: every flaw found from then on stays in the service. A database becomes harder to move with each release that it is left behind.',
    remedy:
      'Move to a supported release. The repair offers the next one that is supported, and the newest, in the same variant. Databases keep their data in the form of their release: read how to upgrade it first, and make a backup.',
    limits: `The dates are those of endoflife.date on ${endOfLifeAsOf}, and judged by that day. Paid support is not counted. Images outside the table are left alone; those of a build are judged in its Dockerfile.`,
    references: ['https://endoflife.date'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Another release may need its data changed first. Tags are known of official images.',
  },
  examples: {
    bad: [
      {
        note: 'The system below the image has ended; its version stays.',
        code: 'services:\n  job:\n    image: «python:3.14-slim-buster»\n',
        fixed: 'services:\n  job:\n    image: python:3.14-slim-trixie\n',
      },
      {
        note: 'A tag in a variable.',
        code: 'services:\n  cache:\n    image: "«alpine:${TAG:-3.15}»"\n',
        fixed: 'services:\n  cache:\n    image: "alpine:${TAG:-3.21}"\n',
      },
      {
        note: 'An image under a new name.',
        code: 'services:\n  web:\n    image: «openjdk:17»\n',
        fixed: 'services:\n  web:\n    image: eclipse-temurin:17-jdk\n',
      },
      {
        note: 'Nobody took it over.',
        code: 'services:\n  ci:\n    image: «jenkins:2.60»\n',
        fixed: 'services:\n  ci:\n    image: jenkins:2.60\n',
      },
    ],
    good: [
      { code: 'services:\n  db:\n    image: postgres:18.6-alpine\n' },
      {
        note: 'Nothing is known of other images.',
        code: 'services:\n  app:\n    image: registry.example.com/python:2.7\n',
      },
      {
        note: 'The name of what is built.',
        code: 'services:\n  app:\n    build: .\n    image: python:2.7\n',
      },
    ],
  },
  check: ({ model, report }) =>
    imagePlaces(model, image => {
      const { reference, name, at, isLiteral } = image;
      const { tag, text } = reference;
      const retirement = retirementOf(name, tag);
      if (retirement) {
        const { why, successors } = retirement;
        const [successor] = successors;
        if (successor === undefined) return report('retired', { at, data: { image: text, why } });
        const fixes =
          isLiteral && reference.digest === null
            ? successors.map(other => fix(`Move to ${other}`, 'suggestion', [replace(reference.span, other)]))
            : [];
        return report('replaced', { at, data: { image: text, why, successor }, fixes });
      }
      const end = tag === null || isRetired(name) ? undefined : endOfLife(name, tag);
      if (end === undefined) return;
      const data = { image: text, release: end.release, since: since(end), asOf: endOfLifeAsOf };
      report('ended', { at, data, fixes: pinServiceFixes(image, supportedFixes) });
    }),
});

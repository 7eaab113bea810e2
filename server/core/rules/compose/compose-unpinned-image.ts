// compose-unpinned-image: a service whose image may be another one tomorrow.
import { composeRule } from '../../engine/rule.ts';
import { imageOf } from '../../model/compose/image.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { pinOffer, pulledByService } from '../../repairs/image-pins.ts';
import { loosenessOf, pinFixes } from '../../repairs/pin.ts';
import { spanText } from '../../text/span.ts';

const channels = /^(?:stable|edge|nightly|dev|test|latest)$/i;
const previews = /^(?:beta|canary|lts)$/i;

/** Not every tag without a version says that it moves. */
function kindOf(tag: string): 'moving' | 'preview' | 'variant' {
  if (channels.test(tag)) return 'moving';
  return previews.test(tag) ? 'preview' : 'variant';
}

export default composeRule({
  id: 'compose-unpinned-image',
  category: 'reproducibility',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service image without a fixed version',
  needs: ['registry'],
  messages: {
    untagged: {
      text: '{image} has no tag and so means `latest`: the next pull may bring another release. Name the version.',
      equivalents: ['compose-lint:CL-0004', 'dclint:service-image-require-explicit-tag'],
    },
    latest: {
      text: '{image} is whatever was published last: the next pull may bring another release. Name the version.',
      equivalents: ['compose-lint:CL-0004', 'dclint:service-image-require-explicit-tag'],
    },
    moving: {
      text: '{image} names no version: the next pull may bring another release. Name the version beside it.',
      severity: 'info',
      equivalents: ['compose-lint:CL-0004', 'dclint:service-image-require-explicit-tag'],
    },
    preview: {
      text: '{image} names no version: the next pull may bring another release. Name the version beside it.',
      severity: 'info',
      equivalents: ['compose-lint:CL-0019', 'dclint:service-image-require-explicit-tag'],
    },
    variant: {
      text: '{image} names no version: the next pull may bring another release. Name the version beside it.',
      severity: 'info',
      equivalents: ['compose-lint:CL-0019'],
    },
  },
  docs: {
    why: 'A tag such as `latest`, or none at all, moves with every release. Two hosts that start the same file on two days then run two versions, a restart becomes an upgrade, and going back is guesswork.',
    remedy:
      'Name the version: `postgres:18.1` takes no other minor release, `postgres:18` takes fixes. The repair offers the tags that the image carries today in the same variant, the most specific first.',
    limits:
      'The tags come from a table of the official images that is shipped with the product; of other images the registry is asked, when a person wants to know. A service with `build` names its result, which is not judged.',
    references: ['https://docs.docker.com/reference/compose-file/services/#image'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'How far an image may move is a choice between getting fixes and running the same again.',
  },
  examples: {
    bad: [
      {
        note: 'The variant stays, the version is added.',
        code: 'services:\n  db:\n    image: «postgres:alpine»\n',
        fixed: 'services:\n  db:\n    image: postgres:18.6-alpine\n',
      },
      {
        note: 'Names of what comes next.',
        code: 'services:\n  db:\n    image: «example/db:edge»\n  web:\n    image: «example/web:canary»\n',
        fixed: 'services:\n  db:\n    image: example/db:edge\n  web:\n    image: example/web:canary\n',
      },
      {
        note: 'The tag is the default of a variable.',
        code: 'services:\n  db:\n    image: "«redis:${REDIS_TAG:-latest}»"\n',
        fixed: 'services:\n  db:\n    image: "redis:${REDIS_TAG:-8.10.1}"\n',
      },
      {
        note: 'An image outside the table, looked up in its registry.',
        code: 'services:\n  app:\n    image: «registry.example.com:5000/team/app»\n',
        files: { 'exact registry.example.com:5000/team/app': '2.0.3' },
        fixed: 'services:\n  app:\n    image: registry.example.com:5000/team/app:2.0.3\n',
      },
      {
        note: 'Nobody has asked the registry yet.',
        code: 'services:\n  app:\n    image: «registry.example.com/team/app:latest»\n',
        fixed: 'services:\n  app:\n    image: registry.example.com/team/app:latest\n',
      },
    ],
    good: [
      { code: 'services:\n  db:\n    image: postgres:18.6-alpine\n' },
      { note: 'The variable decides.', code: 'services:\n  app:\n    image: example/app:${APP_VERSION}\n' },
      {
        note: 'The name of what is built.',
        code: 'services:\n  app:\n    build: .\n    image: example/app\n',
      },
    ],
  },
  check: ({ model, facts, report }) => ({
    service(service) {
      const image = imageOf(model, service);
      if (!image?.reference.known || service.get('build')) return;
      const reference = image.reference.value;
      const looseness = loosenessOf(reference);
      if (!looseness) return;
      const isLiteral = spanText(model.text, reference.span) === reference.text;
      const fixes =
        isLiteral || reference.tagSpan ? pinFixes(reference, isLiteral ? null : reference.tagSpan) : [];
      const { node } = image.entry;
      const at = node?.kind === 'scalar' ? contentSpan(node, model.text) : reference.span;
      const pulled = pulledByService(model, service);
      const asked = pulled ? pinOffer(model.text, pulled, 'exact', facts) : { fixes: [] };
      report(looseness === 'moving' ? kindOf(reference.tag ?? '') : looseness, {
        at,
        data: { image: reference.text },
        ...asked,
        fixes: [...asked.fixes, ...fixes],
      });
    },
  }),
});

// compose-image-without-digest: a version that its publisher may fill with something else.
import { composeRule } from '../../engine/rule.ts';
import { pinOffer, pulledByService } from '../../repairs/image-pins.ts';
import { loosenessOf } from '../../repairs/pin.ts';

export default composeRule({
  id: 'compose-image-without-digest',
  category: 'reproducibility',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A service image without a digest',
  needs: ['registry'],
  messages: {
    missing: {
      text: 'The tag of {image} can be moved to another image by whoever may push it: two machines may run two. Add the digest: `{image}@sha256:...`.',
      equivalents: ['compose-lint:CL-0019'],
    },
  },
  docs: {
    why: 'A tag is a name, and its owner may give it to another image: to a rebuilt one as a rule, to a malicious one after a break-in. A digest is the image itself; whatever is pulled by it is what was tested.',
    remedy:
      'Write the digest behind the tag: the action "Pin to digest" asks the registry for it, `bulkhead pin --digest` does so for all files. Let `bulkhead pin --update`, or a bot such as Renovate or Dependabot, renew it.',
    limits: 'An image that names no version is for `compose-unpinned-image`.',
    references: ['https://docs.docker.com/dhi/core-concepts/digests/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which digest a tag has, only its registry knows, and nothing here asks it unbidden.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: «postgres:18.6»\n',
        files: {
          'digest postgres:18.6': 'sha256:3962158596daaef3682838cc8eb0e719ad1ce520f88e34596ce8d5de1b6330a1',
        },
        fixed:
          'services:\n  db:\n    image: postgres:18.6@sha256:3962158596daaef3682838cc8eb0e719ad1ce520f88e34596ce8d5de1b6330a1\n',
      },
      {
        note: 'Nobody has asked the registry yet.',
        code: 'services:\n  db:\n    image: «registry.example.com/db:18.6»\n',
        fixed: 'services:\n  db:\n    image: registry.example.com/db:18.6\n',
      },
    ],
    good: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6@sha256:3962158596daaef3682838cc8eb0e719ad1ce520f88e34596ce8d5de1b6330a1\n',
      },
      { note: 'No version at all.', code: 'services:\n  db:\n    image: postgres\n' },
      {
        note: 'The name of what is built.',
        code: 'services:\n  app:\n    build: .\n    image: example/app:1\n',
      },
    ],
  },
  check: ({ model, facts, report }) => ({
    service(service) {
      const pulled = pulledByService(model, service);
      if (pulled === null || loosenessOf(pulled.reference)) return;
      const { tag, digest, name, text } = pulled.reference;
      if (digest !== null || tag === null || name === '') return;
      report('missing', {
        at: pulled.at,
        data: { image: text },
        ...pinOffer(model.text, pulled, 'digest', facts),
      });
    },
  }),
});

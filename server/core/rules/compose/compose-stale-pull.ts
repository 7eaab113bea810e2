// compose-stale-pull: an image that a machine pulls once, or never.

import { composeRule, fix } from '../../engine/rule.ts';
import { addKey } from '../../model/compose/edit.ts';
import { imageOf } from '../../model/compose/image.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { resolvedString } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';
import { loosenessOf } from '../../repairs/pin.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { replace } from '../../text/edit.ts';

export default composeRule({
  id: 'compose-stale-pull',
  category: 'reproducibility',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'An image that is pulled once',
  messages: {
    missing: {
      text: '{image} is pulled once: whatever this machine got on the day it was set up stays, fixes and all, while another one gets today’s. Name a version, or say `pull_policy: always`.',
    },
    never: {
      text: '{service} is never pulled: it starts only where somebody has put {image} by hand, whatever that is. Say `pull_policy: missing`.',
      severity: 'info',
    },
  },
  docs: {
    why: 'By default Compose pulls an image that the machine does not have, and never again. For a tag that names a version that is right. For `latest` it means that every machine runs what was latest when it first pulled.',
    remedy:
      'Name the version; a new one is then a change of the file. Where the moving tag is meant, `pull_policy: always` (or `daily`, `weekly`) pulls it anew.',
    references: ['https://docs.docker.com/reference/compose-file/services/#pull_policy'],
  },
  fix: { availability: 'always', safety: 'unsafe', why: 'The next start may bring another release.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: «example/web:latest»\n  own:\n    image: example/own:1\n    pull_policy: «never»\n',
        fixed:
          'services:\n  web:\n    image: example/web:latest\n    pull_policy: always\n  own:\n    image: example/own:1\n    pull_policy: missing\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: example/web:1\n  daily:\n    image: example/daily\n    pull_policy: daily\n  own:\n    build: .\n    pull_policy: never\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        if (service.get('build')) return;
        const image = imageOf(model, service);
        const node = image?.entry.node;
        if (!image?.reference.known || node?.kind !== 'scalar') return;
        const { value: reference } = image.reference;
        const policy = service.get('pull_policy');
        if (!policy) {
          if (loosenessOf(reference) === undefined || seen.has(node.span.start)) return;
          const edits = addKey(model, service, ['pull_policy'], 'always', 'image');
          if (!edits) return;
          seen.add(node.span.start);
          const fixes = [fix('Pull it at every start', 'unsafe', edits)];
          return report('missing', {
            at: contentSpan(node, model.text),
            data: { image: reference.text },
            fixes,
          });
        }
        const stated = resolvedString(model, policy.node);
        if (!stated?.known || stated.value !== 'never' || policy.node?.kind !== 'scalar') return;
        const at = contentSpan(policy.node, model.text);
        if (seen.has(at.start)) return;
        seen.add(at.start);
        const title = sharedTitle('Pull it where it is missing', service, policy.sharedBy);
        report('never', {
          at,
          data: { service: service.name, image: reference.text },
          fixes: [fix(title, 'unsafe', [replace(at, 'missing')])],
        });
      },
    };
  },
});

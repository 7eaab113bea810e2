// compose-logging-off: a service whose output is thrown away.

import { composeRule, fix } from '../../engine/rule.ts';
import { meantBy } from '../../model/compose/effective.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { filledText } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { replace } from '../../text/edit.ts';

export default composeRule({
  id: 'compose-logging-off',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service without logs',
  messages: {
    off: {
      text: 'The logs of {service} are thrown away: what went wrong, and who broke in, nobody can tell afterwards. Take the driver `local`, which keeps them within bounds.',
      equivalents: ['compose-lint:CL-0014'],
    },
  },
  docs: {
    why: 'With the driver `none` nothing of what a service writes is kept: `docker logs` shows nothing, and no collector ever sees it. It is mostly there to save space, or to keep a terminal quiet.',
    remedy:
      'Take `local`: it compresses, and keeps five files of 20 MB each. Where only the terminal is too loud, say `attach: false`. Where logs go to a collector, name its driver.',
    references: [
      'https://docs.docker.com/engine/logging/configure/',
      'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
    ],
  },
  fix: { availability: 'always', safety: 'unsafe', why: 'Logs take space, up to 100 MB.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    logging:\n      driver: «none»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.30\n    logging:\n      driver: local\n',
      },
      {
        note: 'Two services take it: the repair says so.',
        code: 'x-quiet: &quiet\n  logging: {driver: "«none»"}\nservices:\n  a:\n    <<: *quiet\n    image: example/a:1\n  b:\n    <<: *quiet\n    image: example/b:1\n',
        fixed:
          'x-quiet: &quiet\n  logging: {driver: "local"}\nservices:\n  a:\n    <<: *quiet\n    image: example/a:1\n  b:\n    <<: *quiet\n    image: example/b:1\n',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.30\n    logging:\n      driver: json-file\n' },
      {
        note: 'The terminal alone is spared.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    attach: false\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const driver = service.get('logging', 'driver');
        const node = meantBy(driver?.node ?? null);
        if (driver === undefined || node?.kind !== 'scalar') return;
        if (filledText(model, node)?.text.trim() !== 'none') return;
        if (seen.has(node.span.start)) return;
        seen.add(node.span.start);
        const at = contentSpan(node, model.text);
        report('off', {
          at,
          data: { service: [service.name, ...driver.sharedBy].join(', ') },
          fixes: [
            fix(sharedTitle('Keep the logs, within bounds', service, driver.sharedBy), 'unsafe', [
              replace(at, 'local'),
            ]),
          ],
        });
      },
    };
  },
});

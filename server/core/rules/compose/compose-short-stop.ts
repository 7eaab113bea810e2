// compose-short-stop: a store that is killed while it still writes.

import { composeRule, fix } from '../../engine/rule.ts';
import { namedImage } from '../../insight/service-image.ts';
import { addKey } from '../../model/compose/edit.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { resolvedString } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { replace } from '../../text/edit.ts';

/** Docker's own patience, in seconds; less is hardly enough for anything. */
const usual = 10;
const advised = '1m';

const factors: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6 };

/** A duration of Compose in seconds; undefined for what is none. */
function secondsOf(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|us|m|s))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|m|s)/g)];
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (factors[unit] ?? 0), 0);
}

export default composeRule({
  id: 'compose-short-stop',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'Too little time to stop',
  messages: {
    default: {
      text: '{store} has 10 seconds to write down what it holds before it is killed: under load that is not enough, and it has to repair itself at the next start. Say `stop_grace_period: 1m`.',
    },
    short: {
      text: '{service} is killed {value} after it was told to stop: what it had in hand is lost. Give it at least ten seconds.',
    },
  },
  docs: {
    why: 'On `docker compose stop` and at every update a service is told to stop, and killed ten seconds later. A database that still writes its memory to disk then begins the next start with a recovery; a queue loses what it had not stored.',
    remedy: '`stop_grace_period: 1m` is patience, not a wait: a service that is done earlier ends earlier.',
    limits: 'Databases, queues and search engines are known by their images.',
    references: ['https://docs.docker.com/reference/compose-file/services/#stop_grace_period'],
  },
  fix: { availability: 'always', safety: 'unsafe', why: 'A service that hangs takes longer to stop.' },
  examples: {
    bad: [
      {
        code: 'services:\n  «db»:\n    image: postgres:18.6\n',
        fixed: 'services:\n  db:\n    image: postgres:18.6\n    stop_grace_period: 1m\n',
      },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    stop_grace_period: «0s»\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    stop_grace_period: 10s\n',
      },
    ],
    good: [
      { code: 'services:\n  db:\n    image: postgres:18.6\n    stop_grace_period: 1m30s\n' },
      { code: 'services:\n  app:\n    image: example/app:1\n' },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const stated = service.get('stop_grace_period');
        if (stated) {
          const text = resolvedString(model, stated.node);
          const seconds = text?.known ? secondsOf(text.value) : undefined;
          if (seconds === undefined || seconds >= usual || stated.node?.kind !== 'scalar') return;
          const at = contentSpan(stated.node, model.text);
          if (seen.has(at.start)) return;
          seen.add(at.start);
          const title = sharedTitle('Give it ten seconds', service, stated.sharedBy);
          const data = { service: service.name, value: text?.known ? text.value : '' };
          return report('short', { at, data, fixes: [fix(title, 'unsafe', [replace(at, `${usual}s`)])] });
        }
        const store = namedImage(model, service)?.store;
        if (store?.kind !== 'database' && store?.kind !== 'queue' && store?.kind !== 'search') return;
        const edits = addKey(model, service, ['stop_grace_period'], advised);
        report('default', {
          at: service.nameSpan,
          data: { store: store.name },
          fixes: edits ? [fix('Give it a minute', 'unsafe', edits)] : [],
        });
      },
    };
  },
});

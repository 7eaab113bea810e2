// compose-unrotated-log: a service whose log grows until the disk is full.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { addKey, type NewValue } from '../../model/compose/edit.ts';
import type { ComposeModel, Entry, Service } from '../../model/compose/model.ts';
import { resolvedString } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';

/** The driver that Docker takes where none is named, and that keeps everything. */
const endless = 'json-file';
const bounds: NewValue = { map: { 'max-size': '10m', 'max-file': '3' } };

/** The driver by what is written; undefined where a variable decides. */
function driverOf(model: ComposeModel, entry: Entry | undefined): string | undefined {
  const driver = resolvedString(model, entry?.node);
  return driver === null ? endless : driver.known ? driver.value : undefined;
}

function fixesOf(model: ComposeModel, service: Service): Fix[] {
  const edits = service.get('logging')
    ? service.get('logging', 'options')
      ? addKey(model, service, ['logging', 'options', 'max-size'], '10m')
      : addKey(model, service, ['logging', 'options'], bounds)
    : addKey(model, service, ['logging'], { map: { driver: endless, options: bounds } });
  return edits ? [fix('Keep three files of 10 MB', 'unsafe', edits)] : [];
}

export default composeRule({
  id: 'compose-unrotated-log',
  category: 'reliability',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A log without an end',
  messages: {
    default: {
      text: 'The log of {service} is kept whole in one file, until the disk of the machine is full and everything on it stops. Set `max-size` under `logging.options`, or take the driver `local`.',
    },
    endless: {
      text: 'json-file keeps the log of {service} whole, until the disk of the machine is full and everything on it stops. Set `max-size` and `max-file`.',
    },
  },
  docs: {
    why: 'Docker keeps what a service writes in a JSON file that is never cut, as long as nobody says otherwise. A service that logs each request, or a failing one that logs each try, fills the disk; then databases stop writing, and nobody can log in.',
    remedy:
      'Say `max-size` and `max-file`, or take the driver `local`, which rotates by itself. An extension that all services merge (`x-logging: &logging`) says it once.',
    limits: 'Defaults of the daemon (`log-opts` in daemon.json) are not seen.',
    references: [
      'https://docs.docker.com/engine/logging/drivers/json-file/',
      'https://docs.docker.com/engine/logging/configure/#configure-the-default-logging-driver',
    ],
  },
  fix: { availability: 'sometimes', safety: 'unsafe', why: 'Older lines of the log are deleted.' },
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.30\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    logging:\n      driver: json-file\n      options:\n        max-size: 10m\n        max-file: "3"\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    «logging»:\n      driver: json-file\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    logging:\n      driver: json-file\n      options:\n        max-size: 10m\n        max-file: "3"\n',
      },
      {
        note: 'A number of files alone ends nothing.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    «logging»:\n      options: {max-file: "3"}\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    logging:\n      options: {max-file: "3", max-size: 10m}\n',
      },
      {
        note: 'Taken from elsewhere: it is to be changed there.',
        code: 'x-logging: &logging {driver: json-file}\nservices:\n  web:\n    image: nginx:1.30\n    «logging»: *logging\n',
        fixed:
          'x-logging: &logging {driver: json-file}\nservices:\n  web:\n    image: nginx:1.30\n    logging: *logging\n',
      },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.30\n    logging: {driver: local}\n' },
      { code: 'services:\n  web:\n    image: nginx:1.30\n    logging: {options: {max-size: 10m}}\n' },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const logging = service.get('logging');
        if (driverOf(model, service.get('logging', 'driver')) !== endless) return;
        if (service.get('logging', 'options', 'max-size')) return;
        const at = logging?.keySpan ?? service.nameSpan;
        if (seen.has(at.start)) return;
        seen.add(at.start);
        const name = [service.name, ...(logging?.sharedBy ?? [])].join(', ');
        report(logging ? 'endless' : 'default', {
          at,
          data: { service: name },
          fixes: fixesOf(model, service),
        });
      },
    };
  },
});

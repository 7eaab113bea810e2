// compose-new-privileges: a service in which a process can gain more rights than it started with.
import { composeRule, fix } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { addItem } from '../../model/compose/edit.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { Service } from '../../model/compose/model.ts';
import { nearestKey } from '../../model/compose/nearest.ts';
import { replace } from '../../text/edit.ts';

/** The engine reads the value as Go does, and takes the last one. */
const option = /^no-new-privileges(?:[:=](.*))?$/i;
const off = /^(?:0|f|false)$/i;

/** Undefined for another option. */
const settingOf = (text: string): string | undefined =>
  option.test(text) ? (option.exec(text)?.[1] ?? 'true') : undefined;

export default composeRule({
  id: 'compose-new-privileges',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service that can gain privileges',
  messages: {
    unset: {
      text: 'In {service} a process can gain rights through setuid programs such as `su` or `mount`. Add `security_opt` with `no-new-privileges:true`.',
      equivalents: [
        'kics:security_opt_not_set',
        'kics:no_new_privileges_not_set',
        'compose-lint:CL-0003',
        'semgrep:no-new-privileges',
      ],
    },
    missing: {
      text: 'In {service} a process can gain rights through setuid programs such as `su` or `mount`. Add `no-new-privileges:true` to security_opt.',
      equivalents: ['kics:no_new_privileges_not_set', 'compose-lint:CL-0003', 'semgrep:no-new-privileges'],
    },
    off: {
      text: 'In {service} gaining rights through setuid programs is allowed in so many words. Set `no-new-privileges:true`.',
      severity: 'warning',
      equivalents: ['kics:no_new_privileges_not_set', 'compose-lint:CL-0003', 'semgrep:no-new-privileges'],
    },
  },
  docs: {
    why: 'Images bring setuid programs along. An attacker who runs as an account without rights looks for one with a flaw, and is root in the container. With `no-new-privileges` the kernel gives no process more rights than its parent has.',
    remedy:
      'Add `no-new-privileges:true` under `security_opt`. Entrypoints that go from root to another account (gosu, su-exec, setpriv) still work: they give rights up.',
    limits:
      'Services that rely on `sudo`, `su` or `ping` with the setuid bit stop working: give the one capability instead.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#security_opt',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-4-prevent-in-container-privilege-escalation',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A service that uses sudo inside stops working.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.30\n    ports:\n      - "127.0.0.1:8080:80"\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - "127.0.0.1:8080:80"\n    security_opt:\n      - no-new-privileges:true\n',
      },
      {
        note: 'Beside the options that are there.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    «security_opt»:\n      - label:type:web_t\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    security_opt:\n      - label:type:web_t\n      - no-new-privileges:true\n',
      },
      {
        note: 'Allowed in so many words, and by two services in one place.',
        code: 'x-open: &open\n  security_opt: ["no-new-privileges", "«no-new-privileges:false»"]\nservices:\n  web:\n    <<: *open\n    image: nginx:1.30\n  api:\n    <<: *open\n    image: nginx:1.30\n',
        fixed:
          'x-open: &open\n  security_opt: ["no-new-privileges", "no-new-privileges:true"]\nservices:\n  web:\n    <<: *open\n    image: nginx:1.30\n  api:\n    <<: *open\n    image: nginx:1.30\n',
      },
      {
        note: 'The list is shared: there is no repair for one of those that use it.',
        code: 'x-o: &o [label:type:web_t]\nservices:\n  web:\n    image: nginx:1.30\n    «security_opt»: *o\n',
        fixed: 'x-o: &o [label:type:web_t]\nservices:\n  web:\n    image: nginx:1.30\n    security_opt: *o\n',
      },
    ],
    good: [
      {
        note: 'The last of several counts, and is read as the engine reads it.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    security_opt: ["no-new-privileges:false", "no-new-privileges=1"]\n',
      },
      { code: 'services:\n  web:\n    image: nginx:1.30\n    security_opt: ["no-new-privileges:true"]\n' },
      {
        note: 'Through an anchor.',
        code: 'x-safe: &safe\n  security_opt: ["no-new-privileges"]\nservices:\n  web:\n    <<: *safe\n    image: nginx:1.30\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<null>();
    const service = (service: Service): void => {
      const options = itemsOf(model, service, 'security_opt');
      const counts = options.findLast(({ text }) => /^(?:[01]|t|f|true|false)$/i.test(settingOf(text) ?? ''));
      if (counts !== undefined) {
        if (off.test(settingOf(counts.text) ?? '')) places.add(service, counts.span, null);
        return;
      }
      const at = nearestKey(service, ['security_opt']);
      const data = { service: service.name };
      const edits = addItem(model, service, ['security_opt'], 'no-new-privileges:true');
      const fixes = edits ? [fix('Add no-new-privileges', 'unsafe', edits)] : [];
      report(options.length === 0 ? 'unset' : 'missing', { at, lacking: true, data, fixes });
    };
    return {
      service,
      end() {
        for (const { at, names } of places.all()) {
          const fixes = [fix('Set it to true', 'unsafe', [replace(at, 'no-new-privileges:true')])];
          report('off', { at, data: { service: names }, fixes });
        }
      },
    };
  },
});

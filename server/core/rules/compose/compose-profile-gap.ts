// compose-profile-gap: a service that depends on one which its profiles leave out.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { profilesOf } from '../../insight/profiles.ts';
import { addItem } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { type Reference, referencesOf } from '../../model/compose/references.ts';
import { glance, PlacesTold } from '../../model/looking.ts';
import { rememberFor } from '../../model/remembered.ts';

const waits = new Set(['depends_on', 'links', 'volumes_from', 'network_mode', 'ipc', 'pid']);

/** `required: false`: the service starts without it. */
function isOptional(service: Service, { key, name }: Reference): boolean {
  const required = key === 'depends_on' ? service.get('depends_on', name, 'required')?.node : null;
  return required?.kind === 'scalar' && required.text === 'false';
}

/** The other service in the profiles that lack it; not where it is to be in none at all. */
function joinFixes(model: ComposeModel, other: Service, missing: readonly string[]): Fix[] {
  const [profile, ...others] = missing;
  if (profile === undefined || others.length > 0) return [];
  const edits = addItem(model, other, ['profiles'], profile);
  return edits ? [fix(`Add ${other.name} to the profile ${profile}`, 'suggestion', edits)] : [];
}

const hasProfiles = rememberFor(({ services }: ComposeModel): boolean =>
  services.some(service => service.get('profiles')),
);

export default composeRule({
  id: 'compose-profile-gap',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A dependency that a profile leaves out',
  messages: {
    always: {
      text: '{service} always starts and needs {other}, which starts with the profile {profiles} alone: without it `up` fails. Take the profiles of {other} away, or say `required: false`.',
    },
    missing: {
      text: '{service} needs {other}, which the profile {missing} does not start: with that profile alone `up` fails. Add the profile to {other}.',
    },
  },
  docs: {
    why: 'A profile starts its own services and those without any. What one of them depends on, it does not start along: Compose stops with "depends on undefined service" or "is required by … but is disabled".',
    remedy:
      'Give a service the profiles of all that need it, or none. Where it can do without the other one, say `required: false` at the dependency.',
    limits: 'Starting a service by its name starts what it depends on, whatever the profiles.',
    references: ['https://docs.docker.com/compose/how-tos/profiles/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which services a profile is to start, only its author knows.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    depends_on: [«db»]\n  db:\n    image: postgres:18.6\n    profiles: [storage]\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    depends_on: [db]\n  db:\n    image: postgres:18.6\n    profiles: [storage]\n',
      },
      {
        code: 'services:\n  admin:\n    image: example/admin:1\n    profiles: [debug, ops]\n    depends_on:\n      «db»:\n        condition: service_started\n  db:\n    image: postgres:18.6\n    profiles: [debug]\n',
        fixed:
          'services:\n  admin:\n    image: example/admin:1\n    profiles: [debug, ops]\n    depends_on:\n      db:\n        condition: service_started\n  db:\n    image: postgres:18.6\n    profiles: [debug, ops]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  admin:\n    image: example/admin:1\n    profiles: [debug]\n    depends_on: [db, cache]\n  db:\n    image: postgres:18.6\n    profiles: [debug, ops]\n  cache:\n    image: redis:8.8\n  web:\n    image: nginx:1.30\n    depends_on:\n      admin:\n        condition: service_started\n        required: false\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const own = profilesOf(model, service);
        for (const reference of referencesOf(model, service)) {
          const { section, key, name, span: at } = reference;
          if (section !== 'services' || !waits.has(key) || !glance(model, hasProfiles)) continue;
          const other = model.services.find(each => each.name === name);
          const others = other ? profilesOf(model, other) : [];
          if (!other || others.length === 0 || seen.has(at.start) || isOptional(service, reference)) continue;
          const missing = own.filter(profile => !others.includes(profile));
          if (own.length > 0 && missing.length === 0) continue;
          seen.add(at.start);
          const data = { service: service.name, other: name };
          if (own.length === 0) {
            report('always', { at, data: { ...data, profiles: others.join(', ') } });
          } else {
            const fixes = joinFixes(model, other, missing);
            report('missing', { at, data: { ...data, missing: missing.join(', ') }, fixes });
          }
        }
      },
    };
  },
});

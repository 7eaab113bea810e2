// compose-undefined-name: a service that uses something the file does not have.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { addTopLevel } from '../../model/compose/edit.ts';
import { meantBy } from '../../model/compose/effective.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { cleanPath } from '../../model/compose/project/paths.ts';
import { isName, type Reference, referencesOf, standsAlone } from '../../model/compose/references.ts';
import { glance, PlacesTold, withinFrame } from '../../model/looking.ts';
import type { YamlNode, YamlScalar } from '../../model/yaml/node.ts';
import { replace } from '../../text/edit.ts';
import { nearestName } from '../../text/nearest.ts';

/** The network that Compose makes for everybody. */
const always = new Set(['default']);

function namesOf(model: ComposeModel, section: Reference['section']): ReadonlySet<string> {
  if (section === 'services') return new Set(withinFrame(() => model.services).map(({ name }) => name));
  const names = model.section(section).map(({ name }) => name);
  return new Set(section === 'networks' ? [...names, ...always] : names);
}

/** Paths of an entry of `include`, or of several. */
function* pathsIn(written: YamlNode | null): Generator<YamlScalar> {
  const node = meantBy(written);
  if (node?.kind === 'scalar') yield node;
  if (node?.kind === 'sequence') for (const item of node.items) yield* pathsIn(item);
  if (node?.kind === 'map') yield* pathsIn(node.pairs.find(({ key }) => key.text === 'path')?.value ?? null);
}

/** Below this folder: what lies elsewhere, or is called otherwise by a variable, is not looked up. */
const isBelow = (path: string): boolean => path !== '' && !/^(?:[/~]|\.\.|git@)|[$:\\]/.test(path);

function fixesOf(model: ComposeModel, { section, name, span }: Reference, near: string | undefined): Fix[] {
  const rename = near === undefined ? [] : [fix(`Write ${near}`, 'suggestion', [replace(span, near)])];
  if ((section !== 'networks' && section !== 'volumes') || !isName(name)) return rename;
  const edits = addTopLevel(model, section, name, null);
  return edits ? [...rename, fix(`Declare ${name} under ${section}`, 'suggestion', edits)] : rename;
}

export default composeRule({
  id: 'compose-undefined-name',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A name that nothing in the file has',
  needs: ['compose'],
  messages: {
    file: {
      text: '{file} is not there: Compose refuses this file, and what it would bring is not checked. Correct the path, or add the file.',
      equivalents: ['compose-lint:coverage-gap'],
    },
    service: {
      text: '{key} of {service} names the service {name}, which is not there: Compose refuses the file. Correct the name, or add the service.{hint}',
    },
    declaration: {
      text: '{service} uses {name}, which is not declared under {section}: Compose refuses the file. Correct the name, or declare it.{hint}',
    },
  },
  docs: {
    why: 'Networks, volumes, secrets and configs that a service uses have to be declared at the top of the file, and the services it waits for have to exist, as the files that it takes others from. One name that is not there, and Compose starts nothing at all.',
    remedy:
      'Correct the name: the repair offers the one that is spelt most alike. Or declare it: a network or volume without further settings needs no more than its name.',
    limits:
      'Nothing is said of a file that others complete: one with `include`, or with a service that has neither `image` nor `build`, as a file that overrides another one has. Names with variables are left out.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#depends_on',
      'https://docs.docker.com/reference/compose-file/networks/',
      'https://docs.docker.com/reference/compose-file/volumes/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Whether the name is wrong or the declaration is missing, only its author knows.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    depends_on: [«databse»]\n    networks:\n      - «front»\n    volumes:\n      - «dta»:/data\n  database:\n    image: postgres:18.6\nvolumes:\n  data:\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    depends_on: [database]\n    networks:\n      - front\n    volumes:\n      - data:/data\n  database:\n    image: postgres:18.6\nvolumes:\n  data:\nnetworks:\n  front:\n',
        variants: {
          'Write database':
            'services:\n  web:\n    image: nginx:1.30\n    depends_on: [database]\n    networks:\n      - front\n    volumes:\n      - dta:/data\n  database:\n    image: postgres:18.6\nvolumes:\n  data:\n',
        },
      },
      {
        note: 'Files that are not there.',
        code: 'include:\n  - part.yaml\n  - «parts/other.yaml»\n  - path: ["«./third.yaml»", ../fourth.yaml, "${FIFTH}.yaml", "oci://example.com/sixth"]\nservices:\n  web:\n    extends: {file: «base.yaml», service: web}\n',
        files: { 'part.yaml': 'services: {}\n' },
        fixed:
          'include:\n  - part.yaml\n  - parts/other.yaml\n  - path: ["./third.yaml", ../fourth.yaml, "${FIFTH}.yaml", "oci://example.com/sixth"]\nservices:\n  web:\n    extends: {file: base.yaml, service: web}\n',
      },
      {
        note: 'A path without the `./` that makes it one.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    volumes: ["«data/web»:/data", ./site:/site]\n',
        fixed: 'services:\n  web:\n    image: nginx:1.30\n    volumes: ["./data/web:/data", ./site:/site]\n',
      },
      {
        note: 'The nearest name is there already.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    depends_on: {cache: {condition: service_started}, «cach»: {condition: service_started}}\n  cache:\n    image: valkey/valkey:9.0\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    depends_on: {cache: {condition: service_started}, cach: {condition: service_started}}\n  cache:\n    image: valkey/valkey:9.0\n',
      },
      {
        note: 'Everywhere that a name may stand.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    network_mode: service:«vpn»\n    links: ["«cache»:redis"]\n    volumes_from: ["«store»:ro"]\n    secrets: [«key», {source: «token»}]\n    configs: [«site»]\n    build: {context: ., secrets: [«npm»]}\n  job:\n    extends: «base»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    network_mode: service:vpn\n    links: ["cache:redis"]\n    volumes_from: ["store:ro"]\n    secrets: [key, {source: token}]\n    configs: [site]\n    build: {context: ., secrets: [npm]}\n  job:\n    extends: base\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    networks: [default, front]\n    volumes: ["data:/data", "./site:/site", "/cache", "${DIR}:/dir"]\n    depends_on:\n      db:\n        condition: service_started\n    volumes_from: ["container:old"]\n  db:\n    image: postgres:18.6\nnetworks:\n  front:\nvolumes:\n  data:\n',
      },
      {
        note: 'Another file has the rest.',
        code: 'services:\n  web:\n    networks: [front]\n    depends_on: [db]\n',
      },
      {
        code: 'include: [db.yaml]\nservices:\n  web:\n    image: nginx:1.30\n    depends_on: [db]\n',
        files: { 'db.yaml': 'services:\n  db:\n    image: postgres:18.6\n' },
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const seen = new PlacesTold();
    const names = new Map<Reference['section'], ReadonlySet<string>>();
    const lookUp = (node: YamlNode | null): void => {
      for (const named of pathsIn(node)) {
        const path = cleanPath(named.text);
        if (seen.has(named.span.start) || !isBelow(path) || facts.get('compose', path) !== null) continue;
        seen.add(named.span.start);
        report('file', { at: contentSpan(named, model.text), data: { file: named.text } });
      }
    };
    return {
      file() {
        lookUp(model.root?.pairs.find(({ key }) => key.text === 'include')?.value ?? null);
      },
      service(service) {
        const base = service.get('extends', 'file');
        if (base?.elsewhere === false) lookUp(base.node);
        const references = referencesOf(model, service);
        for (const reference of references) {
          const { section, name, span: at, key } = reference;
          const known = names.get(section) ?? namesOf(model, section);
          names.set(section, known);
          if (known.has(name) || seen.has(at.start) || !glance(model, standsAlone)) continue;
          seen.add(at.start);
          const used = references.filter(other => other.key === key).map(other => other.name);
          const near = isName(name)
            ? nearestName(
                name,
                [...known].filter(other => other !== service.name && isName(other) && !used.includes(other)),
              )
            : `./${name}`;
          const hint = near === undefined ? '' : ` Did you mean ${near}?`;
          const fixes = fixesOf(model, reference, near);
          const data = { service: service.name, name, hint };
          if (section === 'services') report('service', { at, data: { ...data, key }, fixes });
          else report('declaration', { at, data: { ...data, section }, fixes });
        }
      },
    };
  },
});

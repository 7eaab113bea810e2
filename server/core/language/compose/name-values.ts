// Completion of names: services, networks, volumes and the like where they are used, and where they are declared.
import type { ComposeModel, Entry } from '../../model/compose/model.ts';
import { parseCompose } from '../../model/compose/parse.ts';
import { referencesOf, type Section, sections } from '../../model/compose/references.ts';
import { resolvedString } from '../../model/compose/value.ts';
import type { Completion } from '../completion.ts';
import { type Context, partOfWord, serviceAt, tablePath } from './context.ts';

type Named = 'services' | Section;

/** Where a name stands: alone, in front of a colon, or behind `service:`. */
type Form = 'whole' | 'before-colon' | 'prefixed';

const uses: Readonly<Record<string, readonly [section: Named, form: Form]>> = {
  'services.*.depends_on.[]': ['services', 'whole'],
  'services.*.links.[]': ['services', 'before-colon'],
  'services.*.volumes_from.[]': ['services', 'before-colon'],
  'services.*.extends': ['services', 'whole'],
  'services.*.extends.service': ['services', 'whole'],
  'services.*.network_mode': ['services', 'prefixed'],
  'services.*.pid': ['services', 'prefixed'],
  'services.*.ipc': ['services', 'prefixed'],
  'services.*.build.additional_contexts.*': ['services', 'prefixed'],
  'services.*.networks.[]': ['networks', 'whole'],
  'services.*.volumes.[]': ['volumes', 'before-colon'],
  'services.*.volumes.[].source': ['volumes', 'whole'],
  'services.*.secrets.[]': ['secrets', 'whole'],
  'services.*.secrets.[].source': ['secrets', 'whole'],
  'services.*.build.secrets.[]': ['secrets', 'whole'],
  'services.*.build.secrets.[].source': ['secrets', 'whole'],
  'services.*.configs.[]': ['configs', 'whole'],
  'services.*.configs.[].source': ['configs', 'whole'],
  'services.*.models.[]': ['models', 'whole'],
};

const keyUses: Readonly<Record<string, Named>> = {
  'services.*.depends_on': 'services',
  'services.*.networks': 'networks',
  'services.*.models': 'models',
};

interface Name {
  readonly name: string;
  readonly detail: string | undefined;
}

function detailOf(model: ComposeModel, { node }: Entry): string | undefined {
  if (node?.kind !== 'map') return undefined;
  const image = resolvedString(model, node.pairs.find(({ key }) => key.text === 'image')?.value);
  return image?.known ? image.value : undefined;
}

/** The services of the file that the one at the place takes another one from; null where it is taken from this file. */
function extendedFile(context: Context): ComposeModel | null | undefined {
  const file = resolvedString(context.model, serviceAt(context)?.get('extends', 'file')?.node);
  if (file === null) return null;
  const text = file.known ? context.around.text(file.value) : undefined;
  return typeof text === 'string' ? parseCompose(text) : undefined;
}

/** The names that a service can use; every network but `default` has to be declared. */
function declared(context: Context, section: Named): Name[] {
  const { model } = context;
  if (tablePath(context.path) === 'services.*.extends.service') {
    const other = extendedFile(context);
    if (other !== null) return (other?.services ?? []).map(({ name }) => ({ name, detail: undefined }));
  }
  const own = section === 'services' ? serviceAt(context)?.name : undefined;
  const names = model
    .section(section)
    .filter(({ name }) => name !== own)
    .map(entry => ({ name: entry.name, detail: detailOf(model, entry) }));
  const hasDefault = section !== 'networks' || names.some(({ name }) => name === 'default');
  return hasDefault ? names : [...names, { name: 'default', detail: undefined }];
}

const servicePrefix = 'service:';

/** The names that fit a value. */
export function nameValues(context: Context): Completion[] {
  const use = uses[tablePath(context.path)];
  if (use === undefined) return [];
  const [section, form] = use;
  const { typed, siblings } = context.place;
  const isPrefixed = typed.startsWith(servicePrefix);
  if (form === 'prefixed' && typed !== '' && !isPrefixed && !servicePrefix.startsWith(typed)) return [];
  // A path of the host, or what stands behind the name.
  if (form === 'before-colon' && /^[./~\\]|:/.test(typed)) return [];
  const taken = new Set(siblings.map(text => text.split(':')[0] ?? ''));
  return declared(context, section)
    .filter(({ name }) => section === 'volumes' || !taken.has(name))
    .map(({ name, detail }) => {
      const text = form === 'prefixed' ? servicePrefix + name : name;
      const isMount = section === 'volumes' && form === 'before-colon';
      const where = form === 'before-colon' ? partOfWord(context, 0, /:/) : context.place.word;
      const hasColon = context.model.text[where.end] === ':';
      return {
        label: text,
        kind: 'name' as const,
        span: where,
        text: isMount && !hasColon ? `${text}:` : text,
        ...(detail && { detail }),
      };
    });
}

/** The names that a map of the path uses as keys, such as that of `depends_on`. */
export function nameKeys(context: Context): Completion[] {
  const { model, path, place, style } = context;
  const section = keyUses[tablePath(path)];
  if (section === undefined) return undeclared(context);
  const indent = ' '.repeat(place.column + style.step);
  const behind = (name: string): string => {
    if (place.colon || place.quote !== null) return '';
    if (section !== 'services' || place.flow) return place.flow ? ': {}' : ':';
    const checked = model.services.find(service => service.name === name)?.get('healthcheck') !== undefined;
    return `:${style.eol}${indent}condition: service_${checked ? 'healthy' : 'started'}`;
  };
  return declared(context, section)
    .filter(({ name }) => !place.siblings.includes(name))
    .map(({ name, detail }) => ({
      label: name,
      kind: 'name' as const,
      span: place.word,
      text: name + behind(name),
      ...(detail && { detail }),
    }));
}

/** In a section, the names that services use and that it does not declare yet. */
function undeclared({ model, path, place }: Context): Completion[] {
  const [section] = path;
  if (path.length !== 1 || !sections.some(name => name === section)) return [];
  const used = model.services.flatMap(service => referencesOf(model, service));
  const missing = used.filter(use => use.section === section && !place.siblings.includes(use.name));
  return [...new Set(missing.map(({ name }) => name))]
    .filter(name => section !== 'networks' || name !== 'default')
    .map(name => ({
      label: name,
      kind: 'name' as const,
      span: place.word,
      text: place.colon || place.quote !== null ? name : place.flow ? `${name}: {}` : `${name}:`,
      detail: 'used, not declared',
    }));
}

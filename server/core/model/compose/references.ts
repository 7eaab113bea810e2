// The names that a service uses of other things in the file: services, networks, volumes, secrets, configs, models.
import { type Span, span } from '../../text/span.ts';
import { rememberFor, rememberPart } from '../remembered.ts';
import { meantBy } from './effective.ts';
import { itemsOf } from './items.ts';
import type { ComposeModel, Service } from './model.ts';
import { wordAt } from './short-form.ts';
import { filledText } from './value.ts';
import { mountsOf } from './volumes.ts';

export const sections = ['networks', 'volumes', 'secrets', 'configs', 'models'] as const;
export type Section = (typeof sections)[number];

export interface Reference {
  readonly section: 'services' | Section;
  readonly name: string;
  /** The name itself. */
  readonly span: Span;
  /** The key of the service by which it is used: `build.secrets`. */
  readonly key: string;
}

/** What Compose takes as a name; what is left once variables are filled in may still hold some. */
export const isName = (text: string): boolean => /^[\w.-]+$/.test(text);

type Found = Omit<Reference, 'section' | 'key'>;

/** The names of a list of texts up to a colon, or the keys of a map. */
function* listed(model: ComposeModel, service: Service, path: readonly string[]): Generator<Found> {
  const node = service.get(...path)?.node;
  if (node?.kind === 'map') {
    for (const { name, nameSpan } of service.pairs(...path)) yield { name, span: nameSpan };
    return;
  }
  for (const { value } of itemsOf(model, service, ...path)) {
    const colon = value.text.indexOf(':');
    const { text, span: where } = wordAt(value, span(0, colon < 0 ? value.text.length : colon));
    yield { name: text, span: where };
  }
}

/** Secrets and configs: a name, or a map with the name as its source. */
function* sources(model: ComposeModel, service: Service, path: readonly string[]): Generator<Found> {
  const node = service.get(...path)?.node;
  if (node?.kind !== 'sequence') return;
  for (const written of node.items) {
    const item = meantBy(written);
    const named =
      item.kind === 'map'
        ? meantBy(item.pairs.find(({ key }) => key.text === 'source')?.value ?? null)
        : item;
    const value = filledText(model, named);
    if (value === null) continue;
    const { text, span: where } = wordAt(value, span(0, value.text.length));
    yield { name: text, span: where };
  }
}

const servicePrefix = 'service:';

/** A text such as `service:db`. */
function* prefixed(model: ComposeModel, service: Service, path: readonly string[]): Generator<Found> {
  const value = filledText(model, service.get(...path)?.node);
  if (value === null || !value.text.startsWith(servicePrefix)) return;
  const { text, span: where } = wordAt(value, span(servicePrefix.length, value.text.length));
  yield { name: text, span: where };
}

/** Build contexts that are the images of services: `name: service:base`. */
function* contexts(service: Service): Generator<Found> {
  for (const { value, valueSpan } of service.pairs('build', 'additional_contexts')) {
    if (value === null || valueSpan === null || !value.startsWith(servicePrefix)) continue;
    yield {
      name: value.slice(servicePrefix.length),
      span: span(valueSpan.start + servicePrefix.length, valueSpan.end),
    };
  }
}

function* extended(model: ComposeModel, service: Service): Generator<Found> {
  const node = service.get('extends')?.node;
  if (node?.kind === 'map' && service.get('extends', 'file') !== undefined) return;
  const value = filledText(model, node?.kind === 'map' ? service.get('extends', 'service')?.node : node);
  if (value === null) return;
  const { text, span: where } = wordAt(value, span(0, value.text.length));
  yield { name: text, span: where };
}

function* volumes(model: ComposeModel, service: Service): Generator<Found> {
  for (const { type, source, map } of mountsOf(model, service)) {
    if (type !== 'volume' || source === null || (map && !isName(source.text))) continue;
    yield { name: source.text, span: source.span };
  }
}

/** By key, what a service names there. */
function* found(model: ComposeModel, service: Service): Generator<Reference> {
  const all = (section: Reference['section'], key: string, names: Iterable<Found>): Reference[] =>
    [...names].map(name => ({ section, key, ...name }));
  for (const { name: key } of service.entries) {
    switch (key) {
      case 'depends_on':
      case 'links':
        yield* all('services', key, listed(model, service, [key]));
        break;
      case 'volumes_from':
        yield* all('services', key, listed(model, service, [key])).filter(({ name }) => name !== 'container');
        break;
      case 'network_mode':
      case 'ipc':
      case 'pid':
        yield* all('services', key, prefixed(model, service, [key]));
        break;
      case 'extends':
        yield* all('services', key, extended(model, service));
        break;
      case 'build':
        yield* all('services', 'build.additional_contexts', contexts(service));
        yield* all('secrets', 'build.secrets', sources(model, service, ['build', 'secrets']));
        break;
      case 'networks':
      case 'models':
        yield* all(key, key, listed(model, service, [key]));
        break;
      case 'secrets':
      case 'configs':
        yield* all(key, key, sources(model, service, [key]));
        break;
      case 'volumes':
        yield* all(key, key, volumes(model, service));
        break;
      default:
        break;
    }
  }
}

/** A path without the `./` that makes it one: to Compose it is the name of a volume. */
const isBarePath = (text: string): boolean => /^\w[\w.-]*(?:\/[\w.-]*)+$/.test(text);

/** Those whose name the file alone tells, in the order of the service's keys. */
export const referencesOf = rememberPart((model: ComposeModel, service: Service): readonly Reference[] =>
  [...found(model, service)].filter(
    ({ section, name }) => isName(name) || (section === 'volumes' && isBarePath(name)),
  ),
);

/** What alone makes a service that can be started. */
const makings = ['image', 'build', 'extends', 'provider'];

/**
 * False where other files bring what is missing here: the file includes some, or has a service that none but another
 * file makes whole, as those have that override one.
 */
export const standsAlone = rememberFor(
  ({ root, services }: ComposeModel): boolean =>
    root !== null &&
    !root.pairs.some(({ key }) => key.text === 'include') &&
    services.every(({ entries }) => entries.some(({ name }) => makings.includes(name))),
);

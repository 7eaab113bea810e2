// Reads a Compose file: its services and sections with what they effectively hold.
import { emptySpan, type Span, span } from '../../text/span.ts';
import type { SyntaxProblem } from '../problem.ts';
import { parseYaml } from '../yaml/adapter.ts';
import type { YamlDocument, YamlMap, YamlNode, YamlPair } from '../yaml/node.ts';
import { styleOf } from '../yaml/style.ts';
import { type EffectiveReader, effectiveReader, meantBy } from './effective.ts';
import type { ComposeModel, Entry, Pair, Service } from './model.ts';
import { pairsOf } from './pairs.ts';
import { collectTakers, nodeOfPair, type Owner, othersThan, type Taker, type Takers } from './sharing.ts';

/** What the parts of one model have in common; the costly part is worked out when it is first asked for. */
interface Reading {
  readonly text: string;
  readonly root: YamlMap | null;
  readonly effective: EffectiveReader;
  takers(): Takers;
}

const noPairs: ReadonlyMap<string, { readonly pair: YamlPair }> = new Map();

function pairsIn({ effective }: Reading, node: YamlNode | null): typeof noPairs {
  const meant = meantBy(node);
  return meant?.kind === 'map' ? effective(meant) : noPairs;
}

const sharersOf = (reading: Reading, taker: Taker, node: YamlNode): readonly string[] =>
  othersThan(taker, reading.takers().get(node) ?? []);

/** An entry; who shares it is worked out when it is asked for. */
function entryOf(reading: Reading, pair: YamlPair, taker: Taker): Entry {
  return {
    name: pair.key.text,
    keySpan: pair.key.span,
    node: meantBy(pair.value),
    get sharedBy() {
      return sharersOf(reading, taker, nodeOfPair(pair));
    },
  };
}

function memoised<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function serviceOf(reading: Reading, { key, value, span: where }: YamlPair): Service {
  const name = key.text;
  const entries = memoised(() => {
    const pairs = [...pairsIn(reading, value)];
    return new Map(
      pairs.map(([part, { pair }]) => [part, entryOf(reading, pair, { owner: name, key: part })]),
    );
  });

  const list = memoised(() => [...entries().values()]);

  const get = (...[first = '', ...others]: readonly string[]): Entry | undefined => {
    let entry = entries().get(first);
    for (const part of others) {
      if (entry === undefined) return undefined;
      const pair = pairsIn(reading, entry.node).get(part)?.pair;
      entry = pair && entryOf(reading, pair, { owner: name, key: first });
    }
    return entry;
  };
  const pairs = (...path: readonly string[]): readonly Pair[] => {
    const taker = { owner: name, key: path[0] ?? '' };
    const node = get(...path)?.node ?? null;
    return pairsOf(node, reading.text, reading.effective, shared => sharersOf(reading, taker, shared));
  };
  return {
    name,
    nameSpan: key.span,
    span: where,
    map: value?.kind === 'map' ? value : null,
    get entries() {
      return list();
    },
    get,
    pairs,
  };
}

/** Services and the entries of the other sections; extensions (`x-`) are there to be taken from. */
function* ownersIn(reading: Reading): Generator<Owner> {
  for (const [section, { pair }] of pairsIn(reading, reading.root)) {
    if (section.startsWith('x-')) continue;
    for (const [name, { pair: entry }] of pairsIn(reading, pair.value)) {
      yield { name: section === 'services' ? name : `${section}.${name}`, node: entry.value };
    }
  }
}

function sectionOf(reading: Reading, section: string): readonly Entry[] {
  const node = pairsIn(reading, reading.root).get(section)?.pair.value ?? null;
  return [...pairsIn(reading, node)].map(([name, { pair }]) => {
    const owner = section === 'services' ? name : `${section}.${name}`;
    return entryOf(reading, pair, { owner, key: '' });
  });
}

const firstLine = (text: string, { start, end }: Span): Span =>
  span(start, start + (/^[^\r\n]*/.exec(text.slice(start, end))?.[0].length ?? 0));

/** Where the text is YAML, but not the outline of a Compose file. */
function outlineProblems(text: string, { root, problems }: YamlDocument, reading: Reading): SyntaxProblem[] {
  if (root === null && problems.length === 0) {
    return [{ message: 'The file says nothing: write a map with "services" in it.', span: emptySpan(0) }];
  }
  if (root !== null && reading.root === null) {
    return [{ message: 'A Compose file is a map with "services" in it.', span: firstLine(text, root.span) }];
  }
  const services = meantBy(pairsIn(reading, root).get('services')?.pair.value ?? null);
  if (services === null || services.kind === 'map' || isEmpty(services)) return [];
  return [{ message: 'The services are a map by name.', span: firstLine(text, services.span) }];
}

const isEmpty = (node: YamlNode): boolean => node.kind === 'scalar' && node.value === null;

/** Reads any text. Nothing but the YAML is read at once: the rest is worked out when it is asked for. */
export function parseCompose(text: string): ComposeModel {
  const document = parseYaml(text);
  const root = document.root?.kind === 'map' ? document.root : null;
  const effective = effectiveReader();
  const takers = memoised(() => collectTakers(ownersIn(reading), effective));
  const reading: Reading = { text, root, effective, takers };
  const services = memoised(() => {
    const node = pairsIn(reading, root).get('services')?.pair.value ?? null;
    return [...pairsIn(reading, node).values()].map(({ pair }) => serviceOf(reading, pair));
  });
  const style = memoised(() => styleOf(root, text));
  const sections = new Map<string, readonly Entry[]>();
  return {
    language: 'compose',
    text,
    root,
    get services() {
      return services();
    },
    comments: document.comments,
    get style() {
      return style();
    },
    problems: [...document.problems, ...outlineProblems(text, document, reading)],
    section(name) {
      const known = sections.get(name) ?? sectionOf(reading, name);
      sections.set(name, known);
      return known;
    },
  };
}

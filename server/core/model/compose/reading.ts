// A reading: the services and sections of a YAML tree, with what they effectively hold.
import type { Span } from '../../text/span.ts';
import type { YamlMap, YamlNode, YamlPair } from '../yaml/node.ts';
import { type EffectiveReader, effectiveReader, meantBy } from './effective.ts';
import type { Entry, Pair, Service } from './model.ts';
import { pairsOf } from './pairs.ts';
import { collectTakers, nodeOfPair, type Owner, othersThan, type Taker, type Takers } from './sharing.ts';
import { isElsewhere } from './space.ts';

/** What the parts of one model have in common; the costly part is worked out when it is first asked for. */
export interface Reading {
  readonly text: string;
  readonly root: YamlMap | null;
  readonly effective: EffectiveReader;
  takers(): Takers;
}

export const readingOf = (text: string, root: YamlMap | null): Reading => {
  const effective = effectiveReader();
  const takers = memoised(() => collectTakers(ownersIn(reading), effective));
  const reading: Reading = { text, root, effective, takers };
  return reading;
};

const noPairs: ReadonlyMap<string, { readonly pair: YamlPair }> = new Map();

export function pairsIn({ effective }: Reading, node: YamlNode | null): typeof noPairs {
  const meant = meantBy(node);
  return meant?.kind === 'map' ? effective(meant) : noPairs;
}

const sharersOf = (reading: Reading, taker: Taker, node: YamlNode): readonly string[] =>
  othersThan(taker, reading.takers().get(node) ?? []);

/** Who shares it is worked out when it is asked for. */
class ReadEntry implements Entry {
  readonly name: string;
  readonly keySpan: Span;
  readonly node: YamlNode | null;
  readonly elsewhere: boolean;
  readonly #sharers: () => readonly string[];

  constructor({ key, value }: YamlPair, sharers: () => readonly string[]) {
    this.name = key.text;
    this.keySpan = key.span;
    this.node = meantBy(value);
    this.elsewhere = isElsewhere(key.span);
    this.#sharers = sharers;
  }

  get sharedBy(): readonly string[] {
    return this.#sharers();
  }
}

export const entryOf = (reading: Reading, pair: YamlPair, taker: Taker): Entry =>
  new ReadEntry(pair, () => sharersOf(reading, taker, nodeOfPair(pair)));

export function memoised<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

type Find = Pick<Service, 'get' | 'pairs'>;

/** Other services are made from it: nothing in it is private to it. */
class ReadService implements Service {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly elsewhere: boolean;
  readonly map: YamlMap | null;
  readonly get: Service['get'];
  readonly pairs: Service['pairs'];
  protected readonly list: () => readonly Entry[];

  constructor({ key, value, span }: YamlPair, { get, pairs }: Find, list: () => readonly Entry[]) {
    this.name = key.text;
    this.nameSpan = key.span;
    this.span = span;
    this.elsewhere = isElsewhere(key.span);
    this.map = value?.kind === 'map' ? value : null;
    this.get = get;
    this.pairs = pairs;
    this.list = list;
  }

  get entries(): readonly Entry[] {
    return this.list();
  }
}

export function serviceOf(reading: Reading, service: YamlPair): Service {
  const { key, value } = service;
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
  const read = new Map<string, readonly Pair[]>();
  const pairs = (...path: readonly string[]): readonly Pair[] => {
    const key = path.join('\n');
    const known = read.get(key);
    if (known !== undefined) return known;
    const taker = { owner: name, key: path[0] ?? '' };
    const node = get(...path)?.node ?? null;
    const found = pairsOf(node, reading.text, reading.effective, shared => sharersOf(reading, taker, shared));
    read.set(key, found);
    return found;
  };
  return new ReadService(service, { get, pairs }, list);
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

export function sectionOf(reading: Reading, section: string): readonly Entry[] {
  const node = pairsIn(reading, reading.root).get(section)?.pair.value ?? null;
  return [...pairsIn(reading, node)].map(([name, { pair }]) => {
    const owner = section === 'services' ? name : `${section}.${name}`;
    return entryOf(reading, pair, { owner, key: '' });
  });
}

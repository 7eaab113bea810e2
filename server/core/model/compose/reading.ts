// A reading: the services and sections of a YAML tree, with what they effectively hold.
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

/** An entry; who shares it is worked out when it is asked for. */
export function entryOf(reading: Reading, pair: YamlPair, taker: Taker): Entry {
  return {
    name: pair.key.text,
    keySpan: pair.key.span,
    node: meantBy(pair.value),
    elsewhere: isElsewhere(pair.key.span),
    get sharedBy() {
      return sharersOf(reading, taker, nodeOfPair(pair));
    },
  };
}

export function memoised<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export function serviceOf(reading: Reading, { key, value, span: where }: YamlPair): Service {
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
  return {
    name,
    nameSpan: key.span,
    span: where,
    elsewhere: isElsewhere(key.span),
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

export function sectionOf(reading: Reading, section: string): readonly Entry[] {
  const node = pairsIn(reading, reading.root).get(section)?.pair.value ?? null;
  return [...pairsIn(reading, node)].map(([name, { pair }]) => {
    const owner = section === 'services' ? name : `${section}.${name}`;
    return entryOf(reading, pair, { owner, key: '' });
  });
}

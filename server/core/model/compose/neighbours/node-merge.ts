// Merging of YAML as it is written: what Compose makes of two maps, with every key and value still at its own place.
import type { YamlMap, YamlNode, YamlPair, YamlScalar, YamlSequence } from '../../yaml/node.ts';
import { type EffectiveReader, effectiveReader, isReset, meantBy } from '../effective.ts';
import { toJson } from '../project/json.ts';
import { mergeKindAt } from '../project/merge.ts';
import { readValue } from '../project/read.ts';
import { uniqueKeyAt } from '../project/unique.ts';
import { type Path, Refusal } from '../project/value.ts';
import { isElsewhere } from '../space.ts';

/** Of two collections that become one: the one of this text, if any is, else the later. */
const nearer = <N extends YamlNode>(base: N, over: N): N =>
  isElsewhere(over.span) && !isElsewhere(base.span) ? base : over;

const unmarked = { anchor: null, tag: null } as const;

export const mapOfPairs = (pairs: Iterable<YamlPair>, like: YamlNode): YamlMap => ({
  kind: 'map',
  span: like.span,
  ...unmarked,
  flow: false,
  pairs: [...pairs],
});

const sequenceOf = (items: readonly YamlNode[], like: YamlNode): YamlSequence => ({
  kind: 'sequence',
  span: like.span,
  ...unmarked,
  flow: false,
  items,
  itemSpans: items.map(item => item.span),
});

const isEmpty = (node: YamlNode | null): boolean =>
  node === null || (node.kind === 'scalar' && node.value === null);

/** A text that stands where another one is: the way back leads to its place as a whole. */
export const textAt = (text: string, like: YamlScalar): YamlScalar => ({
  ...like,
  ...unmarked,
  text,
  value: text,
  style: 'double',
  mapped: {
    text,
    segments: [
      { from: 0, at: like.span.start, length: text.length, fileLength: like.span.end - like.span.start },
    ],
  },
});

/** What tells an item of a list from others; half-typed ones are like no other. */
function keyOf(node: YamlNode, path: Path): string {
  try {
    const value = readValue({ path: '', text: '' }, node);
    return uniqueKeyAt(path)?.(value, path) ?? JSON.stringify(toJson(value));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `at ${node.span.start}`;
  }
}

/** Merges beyond these are no project of people: the later map stands then. */
const maxMerges = 50_000;

export class NodeMerger {
  readonly #effective: EffectiveReader = effectiveReader(true);
  #merges = 0;

  /** The pairs of a map, merges followed, own keys first. */
  pairsOf(map: YamlMap): Map<string, YamlPair> {
    return new Map([...this.#effective(map)].map(([name, { pair }]) => [name, pair]));
  }

  /** A map of names in the form of a list. */
  #itemsOf(node: YamlNode): readonly YamlNode[] {
    if (node.kind === 'sequence') return node.items;
    if (node.kind !== 'map') return [node];
    return [...this.pairsOf(node).values()].map(({ key, value }) => {
      const meant = meantBy(value);
      if (meant?.kind !== 'scalar' || meant.value === null) return key;
      const where = { start: key.span.start, end: Math.max(key.span.end, meant.span.end) };
      return textAt(`${key.text}=${meant.text}`, { ...key, span: where });
    });
  }

  /** A list of names in the form of a map. */
  #namesOf(node: YamlNode): YamlMap {
    if (node.kind === 'map') return node;
    const items = this.#itemsOf(node).map(item => meantBy(item));
    return mapOfPairs(
      items.flatMap(item => (item.kind === 'scalar' ? [{ key: item, value: null, span: item.span }] : [])),
      node,
    );
  }

  #buildOf(node: YamlNode): YamlMap {
    if (node.kind !== 'scalar') return this.#namesOf(node);
    return mapOfPairs([{ key: textAt('context', node), value: node, span: node.span }], node);
  }

  /** Lists one behind the other; of what is about the same thing the later, at the place of the first. */
  #joined(base: YamlNode, over: YamlNode, path: Path): YamlSequence {
    const found = new Map<string, YamlNode>();
    for (const node of [...this.#itemsOf(base), ...this.#itemsOf(over)]) found.set(keyOf(node, path), node);
    return sequenceOf([...found.values()], nearer(base, over));
  }

  #optionOf(node: YamlNode, name: string): string | undefined {
    const value = node.kind === 'map' ? meantBy(this.pairsOf(node).get(name)?.value ?? null) : null;
    return value?.kind === 'scalar' ? value.text : undefined;
  }

  #logging(base: YamlNode, over: YamlNode, path: Path): YamlNode {
    const [before, after] = [this.#optionOf(base, 'driver'), this.#optionOf(over, 'driver')];
    const isOther = before !== undefined && after !== undefined && before !== after;
    return base.kind === 'map' && over.kind === 'map' && !isOther ? this.merged(base, over, path) : over;
  }

  #mergedNode(base: YamlNode, over: YamlNode, path: Path): YamlNode {
    const bothMaps = base.kind === 'map' && over.kind === 'map';
    switch (mergeKindAt(path)) {
      case 'replaced':
        return over;
      case 'dependencies':
      case 'names':
        return this.merged(this.#namesOf(base), this.#namesOf(over), path);
      case 'build':
        return this.merged(this.#buildOf(base), this.#buildOf(over), path);
      case 'lists':
        return this.#joined(base, over, path);
      case 'pairs':
        return bothMaps ? this.merged(base, over, path) : this.#joined(base, over, path);
      case 'logging':
        return this.#logging(base, over, path);
      default:
        if (bothMaps) return this.merged(base, over, path);
        return base.kind === 'sequence' && over.kind === 'sequence' ? this.#joined(base, over, path) : over;
    }
  }

  #mergedPair(base: YamlPair, over: YamlPair, path: Path): YamlPair {
    const [before, after] = [meantBy(base.value), meantBy(over.value)];
    if (after?.tag === '!override') return over;
    if (after === null || isEmpty(after)) return mergeKindAt(path) === 'replaced' ? over : base;
    if (before === null || isEmpty(before)) return over;
    const value = this.#mergedNode(before, after, path);
    if (value === after) return over;
    const pair = isElsewhere(over.key.span) && !isElsewhere(base.key.span) ? base : over;
    return { ...pair, value };
  }

  /** What a later map makes of an earlier one; `!reset` and `!override` count. */
  merged(base: YamlMap, over: YamlMap, path: Path): YamlMap {
    this.#merges++;
    if (this.#merges > maxMerges) return over;
    const pairs = this.pairsOf(base);
    for (const [name, pair] of this.pairsOf(over)) {
      const before = pairs.get(name);
      if (isReset(pair.value)) pairs.delete(name);
      else pairs.set(name, before === undefined ? pair : this.#mergedPair(before, pair, [...path, name]));
    }
    return mapOfPairs(pairs.values(), nearer(base, over));
  }
}

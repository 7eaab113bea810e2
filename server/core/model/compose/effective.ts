// Effective maps: the pairs a map has once its merges (`<<`) are followed.
import type { YamlMap, YamlNode, YamlPair } from '../yaml/node.ts';

export interface EffectivePair {
  readonly pair: YamlPair;
  /** It came by `<<`. */
  readonly merged: boolean;
}

/** By key: a map's own pairs first, then the merged ones it does not have itself. */
export type EffectiveMap = ReadonlyMap<string, EffectivePair>;

export type EffectiveReader = (map: YamlMap) => EffectiveMap;

/** What a node means: an alias is what it stands for, where that is known. */
export function meantBy(node: YamlNode): YamlNode;
export function meantBy(node: YamlNode | null): YamlNode | null;
export function meantBy(node: YamlNode | null): YamlNode | null {
  return node?.kind === 'alias' ? (node.target ?? node) : node;
}

/** `!reset`: what files before this one have there is taken out, and nothing comes in its place. */
export const isReset = (node: YamlNode | null): boolean => meantBy(node)?.tag === '!reset';

/** Chains of merges and merged pairs beyond these are no file of people: what is left out keeps reading short. */
const maxDepth = 100;
const maxMergedPairs = 200_000;

const isMerge = ({ key }: YamlPair): boolean => key.text === '<<' && key.style === 'plain';

/** The maps that a value of `<<` names, in order of precedence. */
function mergedMaps(value: YamlNode | null): YamlMap[] {
  const meant = meantBy(value);
  if (meant?.kind === 'map') return [meant];
  if (meant?.kind !== 'sequence') return [];
  return meant.items.map(item => meantBy(item)).filter(item => item.kind === 'map');
}

/** A reader that works out each map once. A value that is reset is not there, unless somebody asks for what stands there. */
export function effectiveReader(keepsReset = false): EffectiveReader {
  const known = new WeakMap<YamlMap, EffectiveMap>();
  let mergedPairs = 0;

  const read = (map: YamlMap, depth: number): EffectiveMap => {
    const before = known.get(map);
    if (before !== undefined) return before;
    const pairs = new Map<string, EffectivePair>();
    const add = (name: string, pair: YamlPair, merged: boolean): void => {
      if (!pairs.has(name) && (keepsReset || !isReset(pair.value))) pairs.set(name, { pair, merged });
    };
    for (const pair of map.pairs) if (!isMerge(pair)) add(pair.key.text, pair, false);
    const bases = map.pairs.filter(isMerge).flatMap(({ value }) => mergedMaps(value));
    for (const base of depth < maxDepth ? bases : []) {
      for (const [name, { pair }] of read(base, depth + 1)) {
        if (mergedPairs >= maxMergedPairs) break;
        mergedPairs++;
        add(name, pair, true);
      }
    }
    known.set(map, pairs);
    return pairs;
  };
  return map => read(map, 0);
}

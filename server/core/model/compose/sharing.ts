// Sharing: who takes the same node through an anchor, so that an edit for one service does not surprise the others.
import type { YamlNode, YamlPair } from '../yaml/node.ts';
import { type EffectiveReader, meantBy } from './effective.ts';

/** A service, or an entry of another section, and the key of it by which a node is reached; '' for it as a whole. */
export interface Taker {
  readonly owner: string;
  readonly key: string;
}

export interface Owner {
  readonly name: string;
  readonly node: YamlNode | null;
}

/** By node, those that several may reach: inside an anchor, or behind an alias or a merge. */
export type Takers = ReadonlyMap<YamlNode, readonly Taker[]>;

/** The node that stands for a pair: its value, or its key where it has none. */
export const nodeOfPair = ({ key, value }: YamlPair): YamlNode => meantBy(value ?? key);

/** Visits beyond this are no file of people. */
const maxVisits = 1_000_000;

export function collectTakers(owners: Iterable<Owner>, effective: EffectiveReader): Takers {
  const takers = new Map<YamlNode, Taker[]>();
  let visits = 0;

  const record = (node: YamlNode, taker: Taker): void => {
    const known = takers.get(node);
    if (known === undefined) takers.set(node, [taker]);
    else known.push(taker);
  };
  const visit = (taker: Taker, root: YamlNode, rootIsShared: boolean): void => {
    const seen = new Set<YamlNode>();
    const open = [{ written: root, within: rootIsShared }];
    for (let step = open.pop(); step !== undefined && visits < maxVisits; step = open.pop()) {
      const node = meantBy(step.written);
      if (seen.has(node)) continue;
      seen.add(node);
      visits++;
      const shared = step.within || node !== step.written || node.anchor !== null;
      if (shared) record(node, taker);
      if (node.kind === 'sequence')
        for (const item of node.items) open.push({ written: item, within: shared });
      if (node.kind !== 'map') continue;
      for (const { pair, merged } of effective(node).values()) {
        open.push({ written: pair.value ?? pair.key, within: shared || merged });
      }
    }
  };

  for (const { name, node } of owners) {
    const meant = meantBy(node);
    if (meant === null) continue;
    const shared = node !== meant || meant.anchor !== null;
    if (shared) record(meant, { owner: name, key: '' });
    if (meant.kind !== 'map') continue;
    for (const [key, { pair, merged }] of effective(meant)) {
      visit({ owner: name, key }, pair.value ?? pair.key, shared || merged);
    }
  }
  return takers;
}

/** The others among the takers: by owner, or, for another key of the same owner, by both. */
export function othersThan(taker: Taker, takers: readonly Taker[]): string[] {
  const names = takers
    .filter(({ owner, key }) => owner !== taker.owner || (taker.key !== '' && key !== taker.key))
    .map(({ owner, key }) => (owner === taker.owner ? `${owner}.${key}` : owner));
  return [...new Set(names)];
}

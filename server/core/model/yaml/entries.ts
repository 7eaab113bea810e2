// Entries: the pairs of maps and the items of lists, found by their place, and what goes when some of them go.
import { contains, type Span } from '../../text/span.ts';
import type { YamlMap, YamlNode, YamlPair, YamlSequence } from './node.ts';

export type Holder = YamlMap | YamlSequence;

/** What holds an entry and its index there, from the root down. */
export type EntryPath = readonly { readonly holder: Holder; readonly index: number }[];

export const entriesOf = (holder: Holder): readonly Span[] =>
  holder.kind === 'map' ? holder.pairs.map(pair => pair.span) : holder.itemSpans;

/** Key and value of a pair, or the item. */
export function nodesOfEntry(holder: Holder, index: number): YamlNode[] {
  const pair = holder.kind === 'map' ? holder.pairs[index] : undefined;
  const nodes = holder.kind === 'map' ? [pair?.key, pair?.value] : [holder.items[index]];
  return nodes.filter(node => node !== null && node !== undefined);
}

const same = (a: Span | undefined, b: Span): boolean => a?.start === b.start && a.end === b.end;

/** The outermost entry whose own span, key or item is the wanted one. */
export function findEntry(root: YamlNode, wanted: Span): EntryPath | null {
  const path: EntryPath[number][] = [];
  let node: YamlNode | null = root;
  while (node?.kind === 'map' || node?.kind === 'sequence') {
    const holder: Holder = node;
    const entries = entriesOf(holder);
    const index = entries.findIndex(entry => contains(entry, wanted));
    if (index < 0) return null;
    path.push({ holder, index });
    const pair: YamlPair | undefined = holder.kind === 'map' ? holder.pairs[index] : undefined;
    node = (holder.kind === 'map' ? pair?.value : holder.items[index]) ?? null;
    if (same(entries[index], wanted) || same((pair?.key ?? node)?.span, wanted)) return path;
  }
  return null;
}

/** Entries that go, by what holds them and their index there. */
export type Doomed = ReadonlyMap<Holder, ReadonlyMap<number, EntryPath>>;

/** The given entries, but those that would leave their holder empty: there it goes itself. Null where nothing is left. */
export function gatherDoomed(paths: readonly EntryPath[]): Doomed | null {
  const doomed = new Map<Holder, Map<number, EntryPath>>();
  for (const path of paths) {
    const last = path.at(-1);
    if (last === undefined) return null;
    const entries = doomed.get(last.holder) ?? new Map<number, EntryPath>();
    doomed.set(last.holder, entries.set(last.index, path));
  }
  const next = [...doomed].flatMap(([holder, entries]) => {
    const [first = []] = entries.values();
    return entries.size < entriesOf(holder).length ? [...entries.values()] : [first.slice(0, -1)];
  });
  const lifted = next.some(path => !paths.includes(path));
  return lifted ? gatherDoomed(next) : doomed;
}

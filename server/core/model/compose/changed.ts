// Which services mean something else after an edit: one of an anchor is one of all services that take it.
import type { YamlNode } from '../yaml/node.ts';
import { effectiveReader } from './effective.ts';
import type { ComposeModel, Service } from './model.ts';

type Numbers = Map<string, number>;

/** The same meaning is the same number, in whatever model; however often an alias repeats it, it is read once. */
function meaningsIn(numbers: Numbers): (node: YamlNode | null) => number {
  const effective = effectiveReader();
  const known = new WeakMap<YamlNode, number>();
  const numberOf = (words: string): number => {
    const number = numbers.get(words) ?? numbers.size;
    numbers.set(words, number);
    return number;
  };
  const read = (node: YamlNode | null): number => {
    if (node === null) return numberOf('nothing');
    // A node that holds itself means nothing further there.
    const before = known.get(node);
    if (before !== undefined) return before;
    known.set(node, numberOf('itself'));
    const number = node.kind === 'alias' ? read(node.target) : numberOf(wordsOf(node));
    known.set(node, number);
    return number;
  };
  const wordsOf = (node: Exclude<YamlNode, { kind: 'alias' }>): string => {
    if (node.kind === 'scalar') return JSON.stringify([node.tag, node.text]);
    if (node.kind === 'sequence') return `[${node.items.map(read).join()}]`;
    const pairs = [...effective(node)].map(([key, { pair }]) => `${JSON.stringify(key)}:${read(pair.value)}`);
    return `{${pairs.sort().join()}}`;
  };
  return read;
}

function meaningsOf({ services }: ComposeModel, numbers: Numbers): ReadonlyMap<string, string> {
  const meaningOf = meaningsIn(numbers);
  const words = ({ entries }: Service): string =>
    entries
      .map(({ name, node }) => `${JSON.stringify(name)}:${meaningOf(node)}`)
      .sort()
      .join();
  return new Map(services.map(service => [service.name, words(service)]));
}

/** Those that are in both, in the order of the file. */
export function changedServices(before: ComposeModel, after: ComposeModel): string[] {
  const numbers: Numbers = new Map();
  const [old, now] = [meaningsOf(before, numbers), meaningsOf(after, numbers)];
  return [...now].filter(([name, words]) => old.has(name) && old.get(name) !== words).map(([name]) => name);
}

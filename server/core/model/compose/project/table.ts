// Tables by path: `services.*.ports` gives what holds there; `*` stands for any one key or item.
import type { Path } from './value.ts';

interface Node<T> {
  readonly below: Map<string, Node<T>>;
  found: T | undefined;
}

const node = <T>(): Node<T> => ({ below: new Map(), found: undefined });

export interface PathTable<T> {
  at(path: Path): T | undefined;
  /** False where no row lies below a path: no need to go there. */
  leadsOn(path: Path): boolean;
}

export function pathTable<T>(rows: Readonly<Record<string, T>>): PathTable<T> {
  const root = node<T>();
  for (const [pattern, value] of Object.entries(rows)) {
    let at = root;
    for (const part of pattern.split('.')) {
      const next = at.below.get(part) ?? node<T>();
      at.below.set(part, next);
      at = next;
    }
    at.found = value;
  }
  const nodesAt = (path: Path): Node<T>[] =>
    path.reduce<Node<T>[]>(
      (nodes, part) =>
        nodes.flatMap(({ below }) => [below.get(part), below.get('*')].filter(next => next !== undefined)),
      [root],
    );
  return {
    at: path => nodesAt(path).find(({ found }) => found !== undefined)?.found,
    leadsOn: path => nodesAt(path).some(({ below }) => below.size > 0),
  };
}

/** The same rows under several prefixes. */
export const under = <T>(prefixes: readonly string[], rows: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(
    prefixes.flatMap(prefix =>
      Object.entries(rows).map(([key, value]) => [key === '' ? prefix : `${prefix}.${key}`, value]),
    ),
  );

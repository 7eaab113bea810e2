// Two images side by side: what grew, what shrank, and which files did it.
import type { Account } from './account.ts';
import type { Node } from './file-tree.ts';
import { Largest } from './largest.ts';

export interface Change {
  readonly path: string;
  /** Bytes; null where there is no such file. */
  readonly before: number | null;
  readonly after: number | null;
}

export interface Comparison {
  /** Files in the end of which size or presence differ, those with the largest difference first. */
  readonly changes: readonly Change[];
  readonly changed: number;
}

const mostListed = 20;

function sizesIn(root: Node): Map<string, number> {
  const sizes = new Map<string, number>();
  const open: { path: string; node: Node }[] = [{ path: '', node: root }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, node } = next;
    if (node.blob !== null) sizes.set(path, node.isHardLink ? 0 : node.blob.size);
    for (const [name, child] of node.children ?? []) open.push({ path: `${path}/${name}`, node: child });
  }
  return sizes;
}

export function compare(before: Pick<Account, 'tree'>, after: Pick<Account, 'tree'>): Comparison {
  const [old, young] = [sizesIn(before.tree.root), sizesIn(after.tree.root)];
  const largest = new Largest<Change>(mostListed);
  let changed = 0;
  for (const path of new Set([...old.keys(), ...young.keys()])) {
    const [was, is] = [old.get(path), young.get(path)];
    if (was === is) continue;
    changed++;
    largest.add({ path, before: was ?? null, after: is ?? null }, Math.abs((is ?? 0) - (was ?? 0)));
  }
  return { changes: largest.items, changed };
}

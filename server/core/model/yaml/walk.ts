// Walking a tree: every node as it is written, keys included; aliases are not followed.
import type { YamlNode } from './node.ts';

export function* nodesBelow(node: YamlNode): Generator<YamlNode> {
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    const below = next.kind === 'sequence' ? next.items : next.kind === 'map' ? next.pairs : [];
    for (let index = below.length - 1; index >= 0; index--) {
      const each = below[index];
      if (each === undefined) continue;
      if ('kind' in each) {
        open.push(each);
      } else {
        if (each.value) open.push(each.value);
        open.push(each.key);
      }
    }
  }
}

// Walking a tree: every node as it is written, keys included; aliases are not followed.
import type { YamlNode } from './node.ts';

export function* nodesBelow(node: YamlNode): Generator<YamlNode> {
  yield node;
  if (node.kind === 'sequence') for (const item of node.items) yield* nodesBelow(item);
  if (node.kind !== 'map') return;
  for (const { key, value } of node.pairs) {
    yield key;
    if (value !== null) yield* nodesBelow(value);
  }
}

// YAML as JSON would hold it.
import type { YamlNode } from '../model/yaml/node.ts';
import type { Json } from './json.ts';

export function toPlain(node: YamlNode | null): unknown {
  switch (node?.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(toPlain);
    case 'map': {
      const pairs = node.pairs.map(({ key, value }) => [key.text, toPlain(value)] as const);
      return Object.fromEntries(pairs) satisfies Json;
    }
    // What stands for something else may stand for a great deal; nobody writes such files so.
    default:
      return null;
  }
}

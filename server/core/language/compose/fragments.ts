// Fragments: parts of a file that are written once, below `x-` for the most part, and used elsewhere by their anchor.
import type { ComposeModel } from '../../model/compose/model.ts';
import type { YamlNode } from '../../model/yaml/node.ts';
import type { YamlPath } from '../yaml/place.ts';

/** The path of each node that is used through an alias, to a path where it is used. */
function usesOf(root: YamlNode): Map<YamlNode, YamlPath> {
  const uses = new Map<YamlNode, YamlPath>();
  const visit = (node: YamlNode, path: YamlPath): void => {
    if (node.kind === 'alias' && node.target !== null && !uses.has(node.target)) {
      // What is merged stands among the keys of the map; the merge may name it in a list.
      const merge = path.lastIndexOf('<<');
      uses.set(node.target, merge >= 0 && merge >= path.length - 2 ? path.slice(0, merge) : path);
    }
    if (node.kind === 'sequence') for (const item of node.items) visit(item, [...path, null]);
    if (node.kind !== 'map') return;
    for (const { key, value } of node.pairs) if (value !== null) visit(value, [...path, key.text]);
  };
  visit(root, []);
  return uses;
}

/** The node that a key or a first item leads to. */
function nodeBelow(node: YamlNode | null | undefined, step: string | null): YamlNode | null | undefined {
  if (node?.kind === 'sequence') return step === null ? node.items[0] : undefined;
  if (node?.kind !== 'map') return undefined;
  return node.pairs.find(({ key }) => key.text === step)?.value;
}

/** Where what stands at a path below `x-` is used; the path itself where that is nowhere, or it stands elsewhere. */
export function usedPath({ root }: ComposeModel, path: YamlPath): YamlPath {
  if (root === null || !path[0]?.startsWith('x-')) return path;
  const uses = usesOf(root);
  let node: YamlNode | null | undefined = root;
  for (const [index, step] of path.entries()) {
    node = nodeBelow(node, step);
    const use = node ? uses.get(node) : undefined;
    if (use !== undefined && !use[0]?.startsWith('x-')) return [...use, ...path.slice(index + 1)];
  }
  return path;
}

// Anchors: where they stand in a Compose file, and the aliases that stand for what they mark.
import type { ComposeModel } from '../../model/compose/model.ts';
import { rememberFor } from '../../model/remembered.ts';
import type { YamlAlias, YamlNode } from '../../model/yaml/node.ts';
import { nodesBelow } from '../../model/yaml/walk.ts';
import { type Span, span } from '../../text/span.ts';

export interface Anchor {
  readonly name: string;
  /** The name, without `&`. */
  readonly span: Span;
  readonly node: YamlNode;
}

/** The anchor of a node stands between the nearest thing before it and the node. */
function anchorOf(text: string, name: string, node: YamlNode, from: number): Anchor | null {
  const at = text.slice(from, node.span.start + name.length + 1).indexOf(`&${name}`);
  if (at < 0) return null;
  const start = from + at + 1;
  return { name, span: span(start, start + name.length), node };
}

function* anchorsBelow(text: string, node: YamlNode, from: number): Generator<Anchor> {
  const own = node.anchor === null ? null : anchorOf(text, node.anchor, node, from);
  if (own) yield own;
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      yield* anchorsBelow(text, item, node.itemSpans[index]?.start ?? item.span.start);
    }
  }
  if (node.kind !== 'map') return;
  for (const { key, value, span: where } of node.pairs) {
    yield* anchorsBelow(text, key, where.start);
    if (value !== null) yield* anchorsBelow(text, value, key.span.end);
  }
}

/** In the order of the file. */
export const anchorsOf = rememberFor(({ root, text }: ComposeModel): readonly Anchor[] =>
  root === null || !text.includes('&') ? [] : [...anchorsBelow(text, root, 0)],
);

export const aliasesOf = ({ root, text }: ComposeModel): YamlAlias[] =>
  root === null || !text.includes('*')
    ? []
    : [...nodesBelow(root)].filter((node): node is YamlAlias => node.kind === 'alias');

/** The name of an alias, without `*`. */
export const aliasName = ({ span: { start, end } }: YamlAlias): Span => span(start + 1, end);

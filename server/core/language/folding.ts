// Folding: what of a document can be closed to its first line.
import type { ComposeModel } from '../model/compose/model.ts';
import type { DockerfileModel } from '../model/dockerfile/model.ts';
import type { YamlNode } from '../model/yaml/node.ts';
import { hull, type Span, span } from '../text/span.ts';

export interface Fold {
  readonly span: Span;
  readonly kind: 'comment' | 'code';
}

/** Comment lines that directly follow each other. */
function commentFolds(text: string, comments: readonly { readonly span: Span }[]): Fold[] {
  const folds: Fold[] = [];
  let first: Span | null = null;
  let last: Span | null = null;
  const close = (): void => {
    if (first !== null && last !== null && first !== last)
      folds.push({ span: hull(first, last), kind: 'comment' });
  };
  for (const { span: where } of comments) {
    const lineStart = text.lastIndexOf('\n', where.start - 1) + 1;
    const isWhole = text.slice(lineStart, where.start).trim() === '';
    if (!isWhole) continue;
    const follows = last !== null && /^\r?\n[ \t]*$/.test(text.slice(last.end, where.start));
    if (!follows) {
      close();
      first = where;
    }
    last = where;
  }
  close();
  return folds;
}

/** Keys and items with what they hold, block texts among it. */
function* yamlFolds(node: YamlNode): Generator<Fold> {
  if (node.kind === 'map') {
    for (const { value, span: where } of node.pairs) {
      if (value === null) continue;
      yield { span: where, kind: 'code' };
      yield* yamlFolds(value);
    }
  }
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      yield { span: node.itemSpans[index] ?? item.span, kind: 'code' };
      yield* yamlFolds(item);
    }
  }
}

export const composeFolds = ({ root, text, comments }: ComposeModel): Fold[] => [
  ...(root === null ? [] : yamlFolds(root)),
  ...commentFolds(text, comments),
];

/** Stages, instructions of several lines, heredocs. */
export function dockerfileFolds({ text, instructions, stages, comments }: DockerfileModel): Fold[] {
  const stageFolds = stages.map(({ from, instructions: own }) => ({
    span: span(from.span.start, own.at(-1)?.span.end ?? from.span.end),
    kind: 'code' as const,
  }));
  return [
    ...stageFolds,
    ...instructions.map(({ span: where }) => ({ span: where, kind: 'code' as const })),
    ...commentFolds(text, comments),
  ];
}

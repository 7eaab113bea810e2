// Other orders of the entries of a map or list: each moves with its lines and the comments right above it.
import { type Edit, replace } from '../../text/edit.ts';
import { type Span, span } from '../../text/span.ts';
import { entriesOf, type Holder, nodesOfEntry } from './entries.ts';
import { beginsLine, entryEnd } from './lines.ts';
import type { YamlNode } from './node.ts';
import { columnOf } from './style.ts';
import { nodesBelow } from './walk.ts';

const commentLine = /^[ \t]*#/;

/** The start of the comment lines that stand right above a line, those of its own column. */
function withComments(text: string, lineStart: number, column: number, from: number): number {
  let start = lineStart;
  while (start > from) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    const line = text.slice(above, start);
    if (above < from || !commentLine.test(line) || line.indexOf('#') !== column) break;
    start = above;
  }
  return start;
}

/** The lines of each entry of a block; null where two share a line, or do not line up. */
function blocksOf(text: string, entries: readonly Span[]): Span[] | null {
  const blocks: Span[] = [];
  const column = columnOf(text, entries[0]?.start ?? 0);
  for (const entry of entries) {
    if (!beginsLine(text, entry.start) || columnOf(text, entry.start) !== column) return null;
    const lineStart = entry.start - column;
    // What stands above the first entry may be about all of them.
    const start =
      blocks.length === 0 ? lineStart : withComments(text, lineStart, column, blocks.at(-1)?.end ?? 0);
    blocks.push(span(start, entryEnd(text, entry, column)));
  }
  const overlap = blocks.some((block, index) => index > 0 && block.start < (blocks[index - 1]?.end ?? 0));
  // A text that keeps its empty lines would take others along.
  const keeps = blocks.some(({ start, end }) => /[|>][0-9]?\+/.test(text.slice(start, end)));
  return overlap || keeps ? null : blocks;
}

/** True where an alias would come to stand in front of what it stands for. */
function isTorn(holder: Holder, order: readonly number[]): boolean {
  const definedIn = new Map<YamlNode, number>();
  const places = new Map(order.map((index, place) => [index, place]));
  const nodes = entriesOf(holder).map((_, index) =>
    nodesOfEntry(holder, index).flatMap(node => [...nodesBelow(node)]),
  );
  for (const [index, below] of nodes.entries()) {
    for (const node of below) if (node.anchor !== null) definedIn.set(node, index);
  }
  if (definedIn.size === 0) return false;
  return nodes.some((below, index) =>
    below.some(node => {
      const source = node.kind === 'alias' && node.target ? definedIn.get(node.target) : undefined;
      return source !== undefined && (places.get(source) ?? 0) > (places.get(index) ?? 0);
    }),
  );
}

/**
 * Puts the entries of a map or list in another order: `order` has for each place the index of what belongs there. What
 * stands between two entries stays. Null where that cannot be done without changing what the text says.
 */
export function reorderEntries(text: string, holder: Holder, order: readonly number[]): Edit[] | null {
  const entries = entriesOf(holder);
  const isCommented = holder.flow && text.slice(holder.span.start, holder.span.end).includes('#');
  const blocks = holder.flow ? entries : blocksOf(text, entries);
  if (blocks === null || isCommented || isTorn(holder, order)) return null;
  return order.flatMap((index, place) => {
    const [there, wanted] = [blocks[place], blocks[index]];
    if (index === place || !there || !wanted) return [];
    return [replace(there, text.slice(wanted.start, wanted.end))];
  });
}

// Removals from maps and lists of a YAML text: an entry goes with its lines, and with it what it leaves empty.
import { type Edit, remove } from '../../text/edit.ts';
import { contains, type Span, span } from '../../text/span.ts';
import { type EntryPath, entriesOf, findEntry, gatherDoomed, type Holder, nodesOfEntry } from './entries.ts';
import { beginsLine, entryEnd, nextLine, restOfEntryLine } from './lines.ts';
import type { YamlNode } from './node.ts';
import { columnOf } from './style.ts';
import { nodesBelow } from './walk.ts';

/** Neighbours that go together: the first and the last of each run of indexes. */
function runsOf(indexes: Iterable<number>): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

/** Where the last line above one ends that is not blank. */
function endAbove(text: string, start: number): number {
  let first = start;
  for (;;) {
    const end = first - (text.endsWith('\r\n', first) ? 2 : 1);
    first = end > 0 ? text.lastIndexOf('\n', end - 1) + 1 : 0;
    if (first === 0 || text.slice(first, end).trim() !== '') return end;
  }
}

/** Whole lines; the last line of a text without a final line end takes the one before it along. */
function removeLines(text: string, start: number, end: number): Edit {
  const behind = nextLine(text, end);
  const endsText = behind === text.length && !text.endsWith('\n');
  return remove(span(endsText && start > 0 ? endAbove(text, start) : start, behind));
}

/** Removes neighbours from a block; null where comments of the next entry would go too. */
function removeFromBlock(text: string, first: Span, last: Span, next: Span | undefined): Edit | null {
  const column = columnOf(text, first.start);
  if (beginsLine(text, first.start)) {
    return removeLines(text, first.start - column, entryEnd(text, last, column));
  }
  if (next === undefined || text.slice(nextLine(text, last.end), next.start).includes('#')) return null;
  return remove(span(first.start, next.start));
}

const commaBehind = /^\s*,/;

/** Removes neighbours from a flow collection, with their lines where they have them to themselves. */
function removeFromFlow(text: string, entries: readonly Span[], run: readonly [number, number]): Edit[] {
  const [before, first, last, next] = [run[0] - 1, run[0], run[1], run[1] + 1].map(index => entries[index]);
  if (first === undefined || last === undefined) return [];
  const rest = beginsLine(text, first.start) ? restOfEntryLine(text, last.end) : null;
  if (rest === null) {
    return [remove(next ? span(first.start, next.start) : span(before?.end ?? first.start, last.end))];
  }
  const lines = removeLines(text, first.start - columnOf(text, first.start), last.end);
  const comma = commaBehind.exec(text.slice(before?.end, first.start));
  if (next !== undefined || before === undefined || comma === null || rest.comma) return [lines];
  const commaEnd = before.end + comma[0].length;
  return [remove(span(commaEnd - 1, commaEnd)), lines];
}

function removeFrom(text: string, holder: Holder, indexes: Iterable<number>): (Edit | null)[] {
  const entries = entriesOf(holder);
  return runsOf(indexes).flatMap(run => {
    if (holder.flow) return removeFromFlow(text, entries, run);
    const [first, last] = [entries[run[0]], entries[run[1]]];
    return first && last ? removeFromBlock(text, first, last, entries[run[1] + 1]) : null;
  });
}

/** True where an alias outside the spans stands for something inside them. */
function isNeeded(root: YamlNode, spans: readonly Span[], removed: readonly YamlNode[]): boolean {
  const inside = (node: YamlNode): boolean => spans.some(where => contains(where, node.span));
  const hasAnchor = (node: YamlNode): boolean => [...nodesBelow(node)].some(({ anchor }) => anchor !== null);
  if (!removed.some(hasAnchor)) return false;
  for (const node of nodesBelow(root)) {
    if (node.kind === 'alias' && node.target !== null && inside(node.target) && !inside(node)) return true;
  }
  return false;
}

/**
 * Removes the entries whose own span, key or item is among the wanted ones. Null where one is not there, one holds
 * another or the anchor of an alias elsewhere, or `mayGo` refuses what goes along.
 */
export function removeEntries(
  text: string,
  root: YamlNode,
  wanted: readonly Span[],
  mayGo: (path: EntryPath) => boolean,
): Edit[] | null {
  const paths = wanted.map(where => findEntry(root, where)).filter(path => path !== null);
  const doomed = paths.length === wanted.length ? gatherDoomed(paths) : null;
  if (doomed === null) return null;
  const groups = [...doomed].map(([holder, entries]) => ({ holder, indexes: [...entries.keys()], entries }));
  const spans = groups.flatMap(({ holder, entries }) =>
    entriesOf(holder).filter((_, index) => entries.has(index)),
  );
  const nested = spans.some(outer => spans.some(inner => inner !== outer && contains(outer, inner)));
  const allowed = groups.every(({ entries }) => [...entries.values()].every(mayGo));
  const removed = groups.flatMap(({ holder, indexes }) =>
    indexes.flatMap(index => nodesOfEntry(holder, index)),
  );
  if (nested || !allowed || isNeeded(root, spans, removed)) return null;

  const edits = groups.flatMap(({ holder, indexes }) => removeFrom(text, holder, indexes));
  const possible = edits.filter(edit => edit !== null);
  return possible.length === edits.length ? possible : null;
}

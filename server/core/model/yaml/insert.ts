// Insertions into maps and lists of a YAML text, block or flow, in the style of the document. Null: cannot be done.
import { type Edit, insert } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { beginsLine, entryEnd, lineEnd, restOfEntryLine } from './lines.ts';
import type { YamlMap, YamlNode, YamlPair, YamlSequence } from './node.ts';
import { type Quote, quoted } from './quote.ts';
import { columnOf, type YamlStyle } from './style.ts';
import { blockItem, blockPair, blockValue, flowPair, flowValue, type NewValue } from './write.ts';

/** The text that insertions go into. */
export interface Target {
  readonly text: string;
  readonly style: YamlStyle;
}

/** The column of a block's entries; null where a tab stands before them, which has none. */
function blockColumn({ text }: Target, entryStart: number): number | null {
  const column = columnOf(text, entryStart);
  return text.slice(entryStart - column, entryStart).includes('\t') ? null : column;
}

/** Puts lines behind an entry of a block and the comments that belong to it. */
function insertBelow({ text, style }: Target, entry: Span, column: number, lines: readonly string[]): Edit {
  return insert(entryEnd(text, entry, column), lines.map(line => style.eol + line).join(''));
}

/** The quotes of a scalar that a new one beside it should have too. */
const quotesOf = (node: YamlNode | undefined): Quote | null =>
  node?.kind !== 'scalar' ? null : node.style === 'double' ? '"' : node.style === 'single' ? "'" : null;

/** Puts an entry behind another of a flow collection, on a line of its own where the other has one. */
function insertInFlow(
  { text, style }: Target,
  collection: YamlMap | YamlSequence,
  before: Span | undefined,
  written: string,
): Edit[] | null {
  const { start, end } = collection.span;
  if (text[end - 1] !== (collection.kind === 'map' ? '}' : ']')) return null;
  if (before === undefined) {
    const spaced = text[start + 1] === ' ' ? ' ' : '';
    return [insert(start + 1, spaced + written)];
  }
  const lineStop = lineEnd(text, before.end);
  const rest = beginsLine(text, before.start) ? restOfEntryLine(text, before.end) : null;
  if (rest === null) return [insert(before.end, `, ${written}`)];
  const line = style.eol + ' '.repeat(columnOf(text, before.start)) + written;
  if (rest.comma) return [insert(lineStop, `${line},`)];
  if (before.end === lineStop) return [insert(lineStop, `,${line}`)];
  return [insert(before.end, ','), insert(lineStop, line)];
}

/** Adds a pair to a map, behind the pair with the key `after`, else at the end. */
export function insertPair(
  target: Target,
  map: YamlMap,
  key: string,
  value: NewValue,
  after?: string,
): Edit[] | null {
  const [first] = map.pairs;
  const before = map.pairs.find(pair => pair.key.text === after) ?? map.pairs.at(-1);
  if (map.flow) {
    const json = quotesOf(first?.key);
    const style = { quote: json ?? target.style.quote, quoteAll: json !== null };
    return insertInFlow(target, map, before?.span, flowPair(key, value, style));
  }
  const column = first === undefined ? null : blockColumn(target, first.span.start);
  if (before === undefined || column === null) return null;
  return [insertBelow(target, before.span, column, blockPair(key, value, column, target.style))];
}

/** Adds an item to the end of a list, quoted as the last one is. */
export function insertItem(target: Target, list: YamlSequence, item: NewValue): Edit[] | null {
  const quote = quotesOf(list.items.at(-1));
  const before = list.itemSpans.at(-1);
  if (list.flow) {
    const style = { quote: quote ?? target.style.quote, quoteAll: quote !== null };
    return insertInFlow(target, list, before, flowValue(item, style));
  }
  const [first] = list.itemSpans;
  const column = first === undefined ? null : blockColumn(target, first.start);
  if (before === undefined || column === null) return null;
  const lines =
    quote !== null && typeof item === 'string'
      ? [`${' '.repeat(column)}- ${quoted(item, quote)}`]
      : blockItem(item, column, target.style);
  return [insertBelow(target, before, column, lines)];
}

/** Gives a value to a pair of a block map that has none. */
export function fillPair(target: Target, pair: YamlPair, value: NewValue): Edit[] | null {
  const column = blockColumn(target, pair.span.start);
  if (pair.value !== null || column === null || target.text[pair.span.end - 1] !== ':') return null;
  const { head, lines } = blockValue(value, column, target.style);
  const edits = head === '' ? [] : [insert(pair.span.end, head)];
  return lines.length === 0 ? edits : [...edits, insertBelow(target, pair.span, column, lines)];
}

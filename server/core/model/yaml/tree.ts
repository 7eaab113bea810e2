// The tree: nodes with spans out of the concrete syntax, every anchor resolved once, and what is no YAML noted.
import { emptySpan, type Span, span } from '../../text/span.ts';
import type { YamlAlias, YamlMap, YamlNode, YamlPair, YamlScalar, YamlSequence } from './node.ts';
import { checkEnd, note, noteUnexpected, type ProblemList, tokenSpan } from './problems.ts';
import { marksOf, type Props, readProps } from './props.ts';
import { blockScalar, emptyScalar, flowScalar } from './scalar-node.ts';
import type {
  BlockCollectionToken,
  DocumentToken,
  FlowCollectionToken,
  FlowScalarToken,
  ItemToken,
  SyntaxToken,
} from './syntax.ts';

/** By name, what the aliases below stand for; null while it is being read. */
export type Anchors = Map<string, Exclude<YamlNode, YamlAlias> | null>;

interface Reading {
  readonly text: string;
  readonly problems: ProblemList;
  readonly anchors: Anchors;
}

const misaligned = 'This does not line up with the entries above it.';

function readAlias(reading: Reading, token: FlowScalarToken, props: Props): YamlAlias {
  const where = span(token.offset, token.offset + token.source.length);
  const name = token.source.slice(1);
  const target = reading.anchors.get(name);
  if (props.anchor !== null || props.tag !== null) {
    note(reading.problems, where, 'An alias can have neither an anchor nor a tag.');
  } else if (target === undefined) {
    note(reading.problems, where, `No anchor "&${name}" stands above this alias.`);
  } else if (target === null) {
    note(reading.problems, where, `This alias stands inside its own anchor "&${name}".`);
  }
  checkEnd(reading.problems, token.end);
  return { kind: 'alias', span: where, anchor: null, tag: null, name, target: target ?? null };
}

/** A value behind its anchor and tag; null where there is nothing at all. */
function readNode(reading: Reading, token: SyntaxToken | null | undefined, props: Props): YamlNode | null {
  if (token?.type === 'alias') return readAlias(reading, token, props);
  const { anchor, tag } = marksOf(props);
  if (anchor === null) {
    return readValue(reading, token, props) ?? (tag === null ? null : emptyScalar(props, propsEnd(props)));
  }
  reading.anchors.set(anchor, null);
  const node = readValue(reading, token, props) ?? emptyScalar(props, propsEnd(props));
  if (reading.anchors.get(anchor) === null) reading.anchors.set(anchor, node);
  return node;
}

const propsEnd = ({ anchor, tag }: Props): number =>
  Math.max(...[anchor, tag].map(prop => (prop === null ? 0 : prop.offset + prop.source.length)));

function readValue(
  reading: Reading,
  token: SyntaxToken | null | undefined,
  props: Props,
): Exclude<YamlNode, YamlAlias> | null {
  if (token === null || token === undefined) return null;
  switch (token.type) {
    case 'scalar':
      if (token.source !== '') return flowScalar(reading.text, token, props, reading.problems);
      checkEnd(reading.problems, token.end);
      return null;
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      return flowScalar(reading.text, token, props, reading.problems);
    case 'block-scalar':
      return blockScalar(reading.text, token, props, reading.problems);
    case 'block-map':
      return readBlockMap(reading, token, props);
    case 'block-seq':
      return readBlockSequence(reading, token, props);
    case 'flow-collection':
      return token.start.source === '{'
        ? readFlowMap(reading, token, props)
        : readFlowSequence(reading, token, props);
    default:
      noteUnexpected(reading.problems, token);
      return null;
  }
}

/** The key of a pair. Compose knows only scalars; anything else is refused and read as its own source. */
function readKey(reading: Reading, { key, sep }: ItemToken, props: Props): YamlScalar {
  const node = readNode(reading, key, props);
  if (node === null) return emptyScalar(props, sep?.[0]?.offset ?? props.end);
  if (node.kind === 'scalar') return node;
  const meant = node.kind === 'alias' ? node.target : null;
  if (meant?.kind === 'scalar') return { ...meant, span: node.span, anchor: null };
  if (node.kind !== 'alias') note(reading.problems, node.span, 'A key must be plain text.');
  const text = reading.text.slice(node.span.start, node.span.end);
  return { ...emptyScalar(props, node.span.start), span: node.span, value: text, text };
}

/** What a pair of a flow or block map stands in. */
interface Place {
  readonly flow: boolean;
  readonly indent: number;
}

function readPair(reading: Reading, item: ItemToken, keyProps: Props, place: Place): YamlPair {
  const { problems } = reading;
  const key = readKey(reading, item, keyProps);
  const props = readProps(
    item.sep ?? [],
    {
      indicator: 'map-value-ind',
      flow: place.flow,
      onNewLine: !place.flow && (!item.key || item.key.type === 'block-scalar'),
      indent: place.indent,
      offset: key.span.end,
      next: item.value,
    },
    problems,
  );
  const value = readNode(reading, item.value, props);
  const implicit = keyProps.indicator === null;
  if (props.indicator === null) {
    if (value !== null) note(problems, value.span, 'A comma or a colon is missing in front of this.');
    else if (implicit && !place.flow) note(problems, key.span, 'This key has no colon.');
  } else if (implicit && !place.flow && !props.hasNewline && item.value?.type === 'block-map') {
    note(problems, value?.span ?? key.span, 'A map cannot begin on the line of its key.');
  }
  const keyStart = keyProps.indicator?.offset ?? keyProps.start ?? key.span.start;
  const colonEnd = props.indicator === null ? key.span.end : props.indicator.offset + 1;
  return { key, value, span: span(keyStart, value?.span.end ?? colonEnd) };
}

/** True for a map, or an alias that may stand for one. */
const meansMap = (node: YamlNode): boolean =>
  node.kind === 'map' || (node.kind === 'alias' && (node.target === null || node.target.kind === 'map'));

/** What `<<` takes: a map, or a list of maps. */
function isMergeable(node: YamlNode): boolean {
  const meant = node.kind === 'alias' ? node.target : node;
  return meansMap(node) || (meant?.kind === 'sequence' && meant.items.every(meansMap));
}

/** Notes keys that stand twice in one map, and `<<` with what is no map; Compose refuses a second `<<` too. */
export function checkKeys(problems: ProblemList, pairs: readonly YamlPair[]): void {
  const names = new Set<string>();
  for (const { key, value } of pairs) {
    const isMerge = key.text === '<<' && key.style === 'plain';
    if (isMerge && value !== null && !isMergeable(value)) {
      note(problems, value.span, 'Only maps can be merged.');
    }
    if (!names.has(key.text)) names.add(key.text);
    else if (isMerge) note(problems, key.span, 'Only one "<<" may stand in a map: list the aliases.');
    else note(problems, key.span, `The key "${key.text}" stands in this map already.`);
  }
}

const nonBlankLine = /\S[^\r\n]*/g;

/**
 * A word without a colon, still being typed, swallows the keys below it into one key of many lines: gives each line
 * as a key of its own, the last one with the value.
 */
function splitKey(item: ItemToken, key: FlowScalarToken): ItemToken[] {
  const items: ItemToken[] = [...key.source.matchAll(nonBlankLine)].map(line => ({
    start: [],
    key: { ...key, offset: key.offset + line.index, source: line[0].trimEnd(), end: [] },
  }));
  const last = items.pop();
  return [...items, { ...item, ...last }];
}

function readBlockMap(reading: Reading, token: BlockCollectionToken, mapProps: Props): YamlMap {
  const { problems } = reading;
  const pairs: YamlPair[] = [];
  for (const item of token.items) {
    const offset = pairs.at(-1)?.span.end ?? token.offset;
    const next = item.key ?? item.sep?.[0];
    const props = readProps(
      item.start,
      { indicator: 'explicit-key-ind', flow: false, onNewLine: true, indent: token.indent, offset, next },
      problems,
    );
    if (props.indicator === null && props.start === null && item.sep === undefined) continue;
    const place = { flow: false, indent: token.indent };
    if (props.indicator === null && item.key?.type === 'scalar' && item.key.source.includes('\n')) {
      for (const line of splitKey(item, item.key)) {
        pairs.push(readPair(reading, line, { ...props, anchor: null, tag: null, start: null }, place));
      }
      continue;
    }
    checkKeyPlace(problems, item, props, token.indent);
    pairs.push(readPair(reading, item, props, place));
  }
  checkKeys(problems, pairs);
  const where = span(pairs[0]?.span.start ?? token.offset, pairs.at(-1)?.span.end ?? token.offset);
  return { kind: 'map', span: where, ...marksOf(mapProps), flow: false, pairs };
}

function checkKeyPlace(problems: ProblemList, { key }: ItemToken, props: Props, indent: number): void {
  if (props.indicator !== null) {
    if (props.indicator.indent !== indent) note(problems, tokenSpan(props.indicator), misaligned);
    return;
  }
  if (!key) return;
  if ('indent' in key && key.indent !== indent) note(problems, tokenSpan(key), misaligned);
  const lines = 'source' in key && key.source?.includes('\n') === true;
  if (lines || props.newlineAfterProp) note(problems, tokenSpan(key), 'A key must stand on one line.');
}

function readBlockSequence(
  reading: Reading,
  token: BlockCollectionToken,
  sequenceProps: Props,
): YamlSequence {
  const { problems } = reading;
  const items: YamlNode[] = [];
  const itemSpans: Span[] = [];
  for (const { start, value } of token.items) {
    const offset = itemSpans.at(-1)?.end ?? token.offset;
    const props = readProps(
      start,
      { indicator: 'seq-item-ind', flow: false, onNewLine: true, indent: token.indent, offset, next: value },
      problems,
    );
    if (props.indicator === null && props.start === null && value === undefined) continue;
    const dashEnd = props.indicator === null ? props.end : props.indicator.offset + 1;
    const item = readNode(reading, value, props) ?? emptyScalar(props, dashEnd);
    if (props.indicator === null) {
      note(
        problems,
        item.span,
        value?.type === 'block-seq' ? misaligned : 'A "-" is missing in front of this.',
      );
    }
    items.push(item);
    itemSpans.push(span(props.indicator?.offset ?? props.start ?? item.span.start, item.span.end));
  }
  const where = span(token.offset, itemSpans.at(-1)?.end ?? token.offset);
  return { kind: 'sequence', span: where, ...marksOf(sequenceProps), flow: false, items, itemSpans };
}

/** The items of a flow collection with what stands before each; empty ones between commas are noted and left out. */
function flowItems(reading: Reading, token: FlowCollectionToken): { item: ItemToken; props: Props }[] {
  const { problems } = reading;
  const found: { item: ItemToken; props: Props }[] = [];
  let offset = token.offset + 1;
  for (const [index, item] of token.items.entries()) {
    const next = item.key ?? item.sep?.[0] ?? item.value;
    const props = readProps(
      item.start,
      { indicator: 'explicit-key-ind', flow: true, onNewLine: false, indent: token.indent, offset, next },
      problems,
    );
    offset = props.end;
    const empty = props.indicator === null && props.start === null && !item.sep && !item.value;
    const unexpectedComma = props.comma !== null && index === 0;
    if (unexpectedComma || (empty && index < token.items.length - 1)) {
      noteUnexpected(problems, props.comma ?? token.start);
    } else if (!empty && index > 0 && props.comma === null) {
      note(problems, emptySpan(props.start ?? props.end), 'A comma is missing here.');
    }
    if (!empty) found.push({ item, props });
  }
  return found;
}

/** The end of a flow collection: behind its bracket, or where its last entry ends. */
function flowEnd(reading: Reading, token: FlowCollectionToken, lastEnd: number): number {
  const closing = token.start.source === '{' ? '}' : ']';
  const [bracket, ...rest] = token.end;
  if (bracket?.source !== closing) {
    note(reading.problems, tokenSpan(token.start), `This "${token.start.source}" is never closed.`);
    checkEnd(reading.problems, token.end);
    return lastEnd;
  }
  checkEnd(reading.problems, rest);
  return bracket.offset + 1;
}

function readFlowMap(reading: Reading, token: FlowCollectionToken, mapProps: Props): YamlMap {
  const place = { flow: true, indent: token.indent };
  const pairs = flowItems(reading, token).map(({ item, props }) => readPair(reading, item, props, place));
  checkKeys(reading.problems, pairs);
  const end = flowEnd(reading, token, pairs.at(-1)?.span.end ?? token.offset + 1);
  return { kind: 'map', span: span(token.offset, end), ...marksOf(mapProps), flow: true, pairs };
}

function readFlowSequence(reading: Reading, token: FlowCollectionToken, sequenceProps: Props): YamlSequence {
  const items: YamlNode[] = [];
  const itemSpans: Span[] = [];
  for (const { item, props } of flowItems(reading, token)) {
    const node = readFlowItem(reading, item, props, token.indent);
    items.push(node);
    itemSpans.push(span(props.start ?? node.span.start, node.span.end));
  }
  const end = flowEnd(reading, token, itemSpans.at(-1)?.end ?? token.offset + 1);
  const where = span(token.offset, end);
  return { kind: 'sequence', span: where, ...marksOf(sequenceProps), flow: true, items, itemSpans };
}

/** An item of a flow sequence; `[a: b]` holds a map of one pair. */
function readFlowItem(reading: Reading, item: ItemToken, props: Props, indent: number): YamlNode {
  if (props.indicator === null && item.sep === undefined) {
    return readNode(reading, item.value, props) ?? emptyScalar(props, props.end);
  }
  const pair = readPair(reading, item, props, { flow: true, indent });
  return { kind: 'map', span: pair.span, anchor: null, tag: null, flow: true, pairs: [pair] };
}

/** The root of a document; problems are added to the given list, its anchors to those of what stands above it. */
export function readTree(
  text: string,
  document: DocumentToken,
  problems: ProblemList,
  anchors: Anchors = new Map(),
): YamlNode | null {
  const reading: Reading = { text, problems, anchors };
  const props = readProps(
    document.start,
    {
      indicator: 'doc-start',
      flow: false,
      onNewLine: true,
      indent: 0,
      offset: document.offset,
      next: document.value,
    },
    problems,
  );
  const root = readNode(reading, document.value, props);
  checkEnd(problems, document.end, true);
  return root;
}

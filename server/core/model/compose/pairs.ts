// Pairs: `NAME=value` of a list or `NAME: value` of a map, each part with its place.
import { fileOffset, fileSpan } from '../../text/mapped-text.ts';
import { emptySpan, type Span, span } from '../../text/span.ts';
import type { YamlNode, YamlPair, YamlScalar } from '../yaml/node.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { type EffectiveReader, meantBy } from './effective.ts';
import type { Pair } from './model.ts';

/** Who else takes the node of a pair or list item: asked for by few, so only then worked out. */
export type SharersOf = (node: YamlNode) => readonly string[];

/** Where the text of a scalar stands: within its quotes. */
export function contentSpan(scalar: YamlScalar, file: string): Span {
  if (scalar.style === 'plain') return scalar.span;
  const mapped = scalarText(scalar, file);
  return fileSpan(mapped, span(0, mapped.text.length));
}

/** The place of a part of a value in the file; null where quoting takes it apart. */
export function partOf({ text }: { readonly text: string }, where: Span, part: string): Span | null {
  const at = text.indexOf(part, where.start);
  return at < 0 || at + part.length > where.end ? null : span(at, at + part.length);
}

/** Who shares it is worked out when it is asked for. */
class ReadPair implements Pair {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string | null;
  readonly valueSpan: Span | null;
  readonly span: Span;
  readonly form: Pair['form'];
  readonly #sharers: () => readonly string[];

  constructor(
    { name, nameSpan, value, valueSpan, span, form }: Omit<Pair, 'sharedBy'>,
    sharers: () => readonly string[],
  ) {
    this.name = name;
    this.nameSpan = nameSpan;
    this.value = value;
    this.valueSpan = valueSpan;
    this.span = span;
    this.form = form;
    this.#sharers = sharers;
  }

  get sharedBy(): readonly string[] {
    return this.#sharers();
  }
}

function mapPair({ key, value, span: where }: YamlPair, file: string, sharersOf: SharersOf): Pair {
  const meant = meantBy(value);
  const scalar = meant?.kind === 'scalar' && meant.value !== null ? meant : null;
  const parts = {
    name: key.text,
    nameSpan: contentSpan(key, file),
    value: scalar?.text ?? null,
    valueSpan: scalar && contentSpan(scalar, file),
    span: where,
    form: 'map',
  } as const;
  return new ReadPair(parts, () => sharersOf(meantBy(value ?? key)));
}

function listPair(item: YamlScalar, where: Span, file: string, sharersOf: SharersOf): Pair {
  const mapped = scalarText(item, file);
  const { text } = mapped;
  const equals = text.indexOf('=');
  const nameEnd = equals < 0 ? text.length : equals;
  const end = fileOffset(mapped, text.length);
  const valueSpan =
    equals + 1 < text.length ? fileSpan(mapped, span(equals + 1, text.length)) : emptySpan(end);
  const parts = {
    name: text.slice(0, nameEnd),
    nameSpan: fileSpan(mapped, span(0, nameEnd)),
    value: equals < 0 ? null : text.slice(equals + 1),
    valueSpan: equals < 0 ? null : valueSpan,
    span: where,
    form: 'list',
  } as const;
  return new ReadPair(parts, () => sharersOf(item));
}

/** The pairs of a node in either form; what is no pair is left out. */
export function pairsOf(
  node: YamlNode | null,
  file: string,
  effective: EffectiveReader,
  sharersOf: SharersOf,
): Pair[] {
  if (node?.kind === 'map') {
    return [...effective(node).values()].map(({ pair }) => mapPair(pair, file, sharersOf));
  }
  if (node?.kind !== 'sequence') return [];
  return node.items.flatMap(item => {
    const meant = meantBy(item);
    return meant.kind === 'scalar' ? [listPair(meant, item.span, file, sharersOf)] : [];
  });
}

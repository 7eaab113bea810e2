// Flags of an instruction (`--name=value`), and the options of RUN --mount.
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { type Span, span, spanText } from '../../text/span.ts';
import { unquotedParts } from './command.ts';
import { lazyObjects } from './lazy.ts';
import { mappedParts } from './mapped.ts';
import type { Flag, Mount } from './model.ts';

/** A flag without its quotes and escapes: what stands at `[start, end)` of the source. */
interface FlagText {
  readonly source: MappedText;
  readonly start: number;
  readonly end: number;
}

function flagText(line: MappedText, where: Span, escapeChar: string): FlagText {
  const raw = spanText(line.text, where);
  if (!/["'\\`]/.test(raw)) return { source: line, start: where.start, end: where.end };
  const parts = unquotedParts(raw, escapeChar).map(({ start, end }) =>
    span(where.start + start, where.start + end),
  );
  const source = mappedParts(line, parts);
  return { source, start: 0, end: source.text.length };
}

/** Where the equals sign of a part of a text stands; at its end where there is none. */
function equalsIn(text: string, from: number, to: number): number {
  const equals = text.indexOf('=', from);
  return equals < 0 || equals > to ? to : equals;
}

interface FlagOrigin {
  readonly line: MappedText;
  readonly where: Span;
  readonly text: FlagText;
  /** Places in the source of the text. */
  readonly nameAt: Span;
}

export function flagAt(line: MappedText, where: Span, escapeChar: string): Flag {
  const text = flagText(line, where, escapeChar);
  const nameStart = text.start + '--'.length;
  return makeFlag({
    line,
    where,
    text,
    nameAt: span(nameStart, equalsIn(text.source.text, nameStart, text.end)),
  });
}

const makeFlag: (origin: FlagOrigin) => Flag = lazyObjects<FlagOrigin, Flag>({
  name: ({ text, nameAt }) => spanText(text.source.text, nameAt).toLowerCase(),
  nameSpan: ({ text, nameAt }) => fileSpan(text.source, nameAt),
  value: ({ text, nameAt }) =>
    nameAt.end < text.end ? text.source.text.slice(nameAt.end + 1, text.end) : null,
  valueSpan: ({ text, nameAt }) =>
    nameAt.end < text.end ? fileSpan(text.source, span(nameAt.end + 1, text.end)) : null,
  span: ({ line, where }) => fileSpan(line, where),
  raw: ({ line, where }) => spanText(line.text, where),
});

/** The mount that a flag describes: options separated by commas, each of which may stand in double quotes. */
export function mountAt(line: MappedText, where: Span, flag: Flag, escapeChar: string): Mount {
  const { source, start, end } = flagText(line, where, escapeChar);
  const options = new Map<string, { readonly value: string; readonly span: Span }>();
  for (let at = equalsIn(source.text, start, end) + 1; at < end; ) {
    const option = span(at, optionEnd(source.text, at, end));
    const text = withoutQuotes(spanText(source.text, option));
    const nameEnd = equalsIn(text, 0, text.length);
    const name = text.slice(0, nameEnd).toLowerCase();
    options.set(name, { value: text.slice(nameEnd + 1), span: fileSpan(source, option) });
    at = option.end + 1;
  }
  return { flag, type: options.get('type')?.value.toLowerCase() ?? 'bind', options };
}

/** Where an option of a comma-separated list ends; a comma inside of quotes belongs to it. */
function optionEnd(text: string, from: number, to: number): number {
  let quoted = false;
  let at = from;
  for (; at < to && (quoted || text[at] !== ','); at++) {
    if (text[at] === '"' && (quoted || at === from)) quoted = !quoted;
  }
  return at;
}

/** In quotes, two of them stand for one. */
const withoutQuotes = (option: string): string =>
  option.startsWith('"') ? option.slice(1).replace(/"$/, '').replaceAll('""', '"') : option;

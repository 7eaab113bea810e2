// Loose lists: texts that were meant as a JSON list and are none, read as far as that is certain.
import { type Edit, insert, remove, replace } from '../../text/edit.ts';
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { type Span, span, spanText } from '../../text/span.ts';
import { skipSpaces } from './characters.ts';

export interface LooseItem {
  readonly value: string;
  /** With its quotes. */
  readonly span: Span;
  /** What it stands in; empty for a bare word. */
  readonly quote: string;
}

export interface LooseList {
  readonly items: readonly LooseItem[];
  /** The comma behind each item; null where there is none. */
  readonly commas: readonly (Span | null)[];
  readonly isClosed: boolean;
}

const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '”': '”',
  '„': '“',
  '‘': '’',
  '’': '’',
  '`': '`',
};

const bareWord = /^[^\s,[\]"'“”„‘’`]+/;

/**
 * The list that a text most likely stands for; null where it may be something else: a shell's test `[ -f x ]`, a list
 * with more text behind it, lists within lists.
 */
function readLooseList(text: string): LooseList | null {
  if (text[0] !== '[') return null;
  const items: LooseItem[] = [];
  const commas: (Span | null)[] = [];
  let at = skipSpaces(text, 1, text.length);
  while (at < text.length && text[at] !== ']') {
    const item = itemAt(text, at);
    if (item === null) return null;
    items.push(item);
    at = skipSpaces(text, item.span.end, text.length);
    const comma = text[at] === ',' ? span(at, at + 1) : null;
    commas.push(comma);
    if (comma !== null) at = skipSpaces(text, comma.end, text.length);
  }
  const isClosed = at < text.length;
  const list = { items, commas, isClosed };
  return at + 1 >= text.length && isCertain(text, list) ? list : null;
}

function itemAt(text: string, at: number): LooseItem | null {
  const quote = text.charAt(at);
  const end = Object.hasOwn(closing, quote) ? closing[quote] : undefined;
  if (end === undefined) {
    const value = bareWord.exec(text.slice(at))?.[0];
    return value === undefined ? null : { value, span: span(at, at + value.length), quote: '' };
  }
  let to = at + 1;
  while (to < text.length && text[to] !== end) to += quote === '"' && text[to] === '\\' ? 2 : 1;
  if (to >= text.length) return null;
  const where = span(at, to + 1);
  return { value: decodedItem(spanText(text, where), quote), span: where, quote };
}

/** Backslashes that are no escape of JSON stand for themselves, as in Windows paths. */
function decodedItem(written: string, quote: string): string {
  if (quote !== '"') return written.slice(1, -1);
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value === 'string') return value;
  } catch {
    // Read below.
  }
  return written.slice(1, -1).replaceAll('\\"', '"');
}

/** A blank behind the bracket, and no comma anywhere, is how a shell's test begins. */
function isCertain(text: string, { items, commas, isClosed }: LooseList): boolean {
  if (items.length === 0) return false;
  if (!isClosed && !items.some(({ quote }) => quote === '"' || quote === "'")) return false;
  return text[1] !== ' ' || commas.some(comma => comma !== null);
}

/** The edits that make JSON of a list that stands in a mapped text. */
export function listMeant(source: MappedText): Edit[] {
  const list = readLooseList(source.text);
  if (list === null) return [];
  const { items, commas, isClosed } = list;
  const edits = items.flatMap(({ value, span: where }, index): Edit[] => {
    const json = JSON.stringify(value);
    const isLast = index === items.length - 1;
    const comma = commas[index] ?? null;
    const added = comma === null && !isLast ? ',' : isLast && !isClosed ? ']' : '';
    const at = fileSpan(source, where);
    const written =
      spanText(source.text, where) === json
        ? added === ''
          ? []
          : [insert(at.end, added)]
        : [replace(at, json + added)];
    return comma !== null && isLast ? [...written, remove(fileSpan(source, comma))] : written;
  });
  return edits;
}

/** Strings as a JSON list in the form that Dockerfiles have it. */
export const jsonList = (strings: readonly string[]): string =>
  `[${strings.map(string => JSON.stringify(string)).join(', ')}]`;

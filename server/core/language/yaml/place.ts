// Places: what a person is typing at an offset of a YAML text, and below which keys.
import { type Span, span } from '../../text/span.ts';
import { flowPlace } from './flow-place.ts';
import { holderOf, type RoughEntry, type RoughLine, type RoughValue, roughTree } from './rough-tree.ts';

/** From the root down: keys, and null for an item of a list. */
export type YamlPath = readonly (string | null)[];

export interface Place {
  /**
   * `line`: a word alone on its line, which may become a key, or the value of what is above it.
   * `key`: a key in brackets, or one that has its colon. `value`: behind a colon. `item`: behind a dash or in a list in
   * brackets; it may become the first key of a map. `text`: within a text of several lines.
   */
  readonly role: 'line' | 'key' | 'value' | 'item' | 'text';
  /** Of a line or a key what holds it, else of the value or item itself. */
  readonly path: YamlPath;
  /** What is replaced: within its quotes, up to the end of the value. */
  readonly word: Span;
  /** The word up to the offset. */
  readonly typed: string;
  readonly quote: '"' | "'" | null;
  /** In brackets. */
  readonly flow: boolean;
  /** A colon stands behind the word. */
  readonly colon: boolean;
  /** Of the word in its line: keys below it are deeper. */
  readonly column: number;
  /** The keys or items beside it. */
  readonly siblings: readonly string[];
  /** Deeper lines stand below it already. */
  readonly holds: boolean;
  /** What the lines around it are; null where it is the first. */
  readonly among: 'keys' | 'items' | null;
}

function pathOf(entry: RoughEntry): (string | null)[] {
  const path: (string | null)[] = [];
  for (let at = entry; at.parent !== null; at = at.parent) path.unshift(at.kind === 'item' ? null : at.name);
  return path;
}

const contentOf = (text: string, value: RoughValue): { span: Span; quote: Place['quote'] } => {
  const { start, end } = value.span;
  const quote = value.kind === 'quoted' ? (text[start] as '"' | "'") : null;
  if (quote === null) return { span: value.span, quote };
  const closed = end > start + 1 && text[end - 1] === quote;
  return { span: span(start + 1, closed ? end - 1 : end), quote };
};

const scalarOf = (text: string, { value }: RoughEntry): string => {
  if (value === null || value.kind === 'flow' || value.kind === 'block') return '';
  const { start, end } = contentOf(text, value).span;
  return text.slice(start, end);
};

/** The keys and items that something holds, but for one of them. */
function around(
  text: string,
  { entries }: RoughEntry,
  but: RoughEntry | null,
): Pick<Place, 'siblings' | 'among'> {
  const others = entries.filter(entry => entry !== but);
  const items = others.some(({ kind }) => kind === 'item');
  return {
    siblings: others.map(entry => (entry.kind === 'key' ? entry.name : scalarOf(text, entry))),
    among: others.length === 0 ? null : items ? 'items' : 'keys',
  };
}

const within = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

class Finder {
  readonly #text: string;
  readonly #offset: number;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  #place(
    role: Place['role'],
    path: YamlPath,
    word: Span,
    rest: Partial<Pick<Place, 'quote' | 'flow' | 'colon' | 'column' | 'siblings' | 'among' | 'holds'>>,
  ): Place {
    const typed = this.#text.slice(word.start, this.#offset);
    const given = {
      quote: null,
      flow: false,
      colon: false,
      column: 0,
      siblings: [],
      among: null,
      holds: false,
      ...rest,
    };
    return { role, path, word, typed, ...given };
  }

  /** A word below what is above it; null where its column fits nothing there. */
  #onLine(line: RoughLine, column: number, word: Span, quote: Place['quote']): Place | null {
    const holder = holderOf(line.above, column);
    if (holder.value !== null) return null;
    // What is deeper and stands below belongs to the word, once it has its colon.
    const below = holder.entries.find(({ span: { start } }) => start > this.#offset);
    const holds = below !== undefined && below.column > column;
    const others = holds
      ? { ...holder, entries: holder.entries.filter(entry => entry.column <= column) }
      : holder;
    const [first] = others.entries;
    if (first !== undefined && first.column !== column) return null;
    const { siblings, among } = around(this.#text, others, null);
    return this.#place('line', pathOf(holder), word, { quote, column, siblings, among, holds });
  }

  #key(key: RoughEntry): Place {
    const { parent, column } = key;
    const quote = /^["']/.exec(this.#text.slice(key.span.start, key.span.end))?.[0] as Place['quote'];
    const word = quote ? span(key.span.start + 1, key.span.end - 1) : key.span;
    const holder = parent ?? key;
    const rest = { quote: quote ?? null, colon: true, column, ...around(this.#text, holder, key) };
    return this.#place('key', pathOf(holder), word, rest);
  }

  /** Behind the colon or dash of an entry. */
  #behind(entry: RoughEntry, column: number): Place | null {
    const { value } = entry;
    const role = entry.kind === 'item' ? 'item' : 'value';
    const path = pathOf(entry);
    if (value?.kind === 'flow') return this.#inFlow(path, value, column);
    if (value?.kind === 'block') return this.#inText(path, value);
    const { span: word, quote } = value
      ? contentOf(this.#text, value)
      : { span: span(this.#offset, this.#offset), quote: null };
    if (!within(word, this.#offset)) return null;
    const items = role === 'item' && entry.parent ? around(this.#text, entry.parent, entry) : null;
    const keys = around(this.#text, entry, null);
    const siblings = keys.among === null ? (items?.siblings ?? []) : keys.siblings;
    return this.#place(role, path, word, { quote, column, siblings, among: keys.among });
  }

  #inText(path: YamlPath, { span: where }: RoughValue): Place | null {
    const header = this.#text.indexOf('\n', where.start);
    if (header < 0 || header >= this.#offset) return null;
    return this.#place('text', path, span(header + 1, where.end), {});
  }

  #inFlow(path: YamlPath, { span: where }: RoughValue, column: number): Place | null {
    const isBehind = this.#offset === where.end && /[}\]]/.test(this.#text[where.end - 1] ?? '');
    if (isBehind && this.#offset > where.start + 1) return null;
    const found = flowPlace(this.#text, where, this.#offset);
    if (found === null) return null;
    const { role, word, quote, colon, siblings } = found;
    return this.#place(role, [...path, ...found.path], word, { quote, colon, siblings, column, flow: true });
  }

  /** A value that goes on over this line, or that began on it. */
  #inside(line: RoughLine, value: RoughValue): Place | null {
    const entry = line.entries.at(-1) ?? line.above;
    if (value.kind === 'flow') return this.#inFlow(pathOf(entry), value, entry.column);
    if (value.kind === 'block') return this.#inText(pathOf(entry), value);
    const { span: word, quote } = contentOf(this.#text, value);
    if (!within(word, this.#offset)) return null;
    return this.#place('text', pathOf(entry), word, { quote });
  }

  on(line: RoughLine): Place | null {
    const { goesOn, word, entries } = line;
    if (goesOn !== null) return this.#inside(line, goesOn);
    const column = this.#offset - line.start;
    const inIndent = this.#text.slice(line.start, this.#offset).trim() === '';
    const isBlank = inIndent && this.#text.slice(this.#offset, line.end).trim() === '';
    if (isBlank) return this.#onLine(line, column, span(this.#offset, this.#offset), null);

    const at = entries.findLast(entry => entry.span.start <= this.#offset);
    if (at?.kind === 'key' && this.#offset <= at.span.end) return this.#key(at);
    if (entries.length === 0) return word && this.#bare(line, word);
    if (at === undefined || at !== entries.at(-1) || !this.#mayBegin(at)) return null;
    const wordColumn = (at.value?.span.start ?? this.#offset) - line.start;
    return this.#behind(at, at.kind === 'item' ? wordColumn : at.column);
  }

  /** A word that is not yet a key, nor behind anything. */
  #bare(line: RoughLine, word: RoughValue): Place | null {
    const { span: where, quote } = contentOf(this.#text, word);
    if (word.kind === 'flow') {
      const holder = holderOf(line.above, line.indent);
      return this.#inFlow(pathOf(holder), word, holder.column);
    }
    const isScalar = word.kind === 'plain' || word.kind === 'quoted';
    return isScalar && within(where, this.#offset) ? this.#onLine(line, line.indent, where, quote) : null;
  }

  /** Behind an entry without a value one may begin: after a blank, an anchor or a tag, and before a comment. */
  #mayBegin({ kind, span: { end }, value }: RoughEntry): boolean {
    if (value !== null) return true;
    const colon = kind === 'item' ? end : this.#text.indexOf(':', end) + 1;
    return /^[ \t]+(?:[&!]\S*[ \t]+)*$/.test(this.#text.slice(colon, this.#offset));
  }
}

/** Null in a comment and where nothing may be written. */
export function placeAt(text: string, offset: number): Place | null {
  const { lines } = roughTree(text);
  const line = lines.findLast(({ start }) => start <= offset);
  return line ? new Finder(text, offset).on(line) : null;
}

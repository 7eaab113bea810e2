// The rough tree: keys and list items of a YAML text by their indentation alone, so that a half-typed file has one too.
import { type Span, span } from '../../text/span.ts';

/** What holds entries: a key, an item of a list, or the document. */
export interface RoughEntry {
  readonly kind: 'document' | 'key' | 'item';
  /** The key without quotes; empty for the others. */
  readonly name: string;
  /** The key with its quotes, or the dash. */
  readonly span: Span;
  /** Of the key or the dash; -1 for the document. */
  readonly column: number;
  readonly parent: RoughEntry | null;
  readonly entries: RoughEntry[];
  /** A scalar or a collection in brackets that begins on the line of the key or dash. */
  value: RoughValue | null;
}

export interface RoughValue {
  readonly kind: 'plain' | 'quoted' | 'flow' | 'block';
  /** Over several lines where it goes on; without a comment behind it. */
  readonly span: Span;
}

/** A line with what begins on it. */
export interface RoughLine {
  readonly start: number;
  /** Before the line end. */
  readonly end: number;
  /** Blanks before its content. */
  readonly indent: number;
  /** Items and a key that stand on it, the outer ones first; empty where it goes on with a value from above. */
  readonly entries: readonly RoughEntry[];
  /** The entry that is open at its start, the document at first; where a value goes through it, what that belongs to. */
  readonly above: RoughEntry;
  /** A word without a colon, directly below what is above or behind the last of its dashes. */
  readonly word: RoughValue | null;
  /** A value that began on a line above goes through it. */
  readonly goesOn: RoughValue | null;
}

export interface RoughTree {
  readonly document: RoughEntry;
  readonly lines: readonly RoughLine[];
}

const keyPattern =
  /(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\n]|'')*)'|((?![-?](?:\s|$))[^\s"'#&*!|>%@`{}[\],](?:(?!\s#|:(?:\s|$))[^\n\r])*))[ \t]*:(?=\s|$)/y;
const propertyPattern = /(?:[&!][^\s,[\]{}]*[ \t]+|[&!][^\s,[\]{}]*(?=\s|$))*/y;
const plainPattern = /(?:(?!\s#)[^\n\r])*/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const isBlankAt = (text: string, at: number): boolean => {
  const char = text[at];
  return char === undefined || char === ' ' || char === '\t' || char === '\n' || char === '\r';
};

/** Offset behind the blanks of a line. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function lineEndAt(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline < 0 ? text.length : newline;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

function nextLineAt(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length + 1 : newline + 1;
}

const indentAt = (text: string, start: number): number => {
  let at = start;
  while (text[at] === ' ') at++;
  return at - start;
};

/** True where a line holds nothing but blanks. */
const isBlankLine = (text: string, start: number): boolean =>
  skipBlanks(text, start) >= lineEndAt(text, start);

/** The end of the lines below an offset that are deeper than a column; blank ones count where a deeper one follows. */
function deeperLinesEnd(text: string, offset: number, column: number): number {
  let end = lineEndAt(text, offset);
  for (let start = nextLineAt(text, offset); start <= text.length; start = nextLineAt(text, start)) {
    if (isBlankLine(text, start)) continue;
    if (indentAt(text, start) <= column) break;
    end = lineEndAt(text, start);
  }
  return end;
}

/** The end of a quoted text: behind its quote, or where the line ends that it is left open on. */
function quotedEnd(text: string, start: number, limit: number): number {
  const quote = text[start];
  for (let at = start + 1; at < limit; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote && quote === "'" && text[at + 1] === "'") at++;
    else if (text[at] === quote) return at + 1;
  }
  return Math.min(lineEndAt(text, start), limit);
}

/** The end of what brackets hold: behind the last of them, or the end of its lines. */
function flowEnd(text: string, start: number, limit: number): number {
  let depth = 0;
  for (let at = start; at < limit; at++) {
    const char = text[at];
    if (char === '"' || char === "'") at = quotedEnd(text, at, limit) - 1;
    else if (char === '#' && isBlankAt(text, at - 1)) at = lineEndAt(text, at) - 1;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
  return limit;
}

/** The value that begins on a line at an offset, for an entry at a column; null where there is none. */
function valueAt(text: string, from: number, column: number): RoughValue | null {
  const start = skipBlanks(text, from);
  const at = start + (matchAt(propertyPattern, text, start)?.[0].length ?? 0);
  const end = lineEndAt(text, at);
  const char = text[at];
  if (at >= end || (char === '#' && isBlankAt(text, at - 1))) return null;
  if (char === '|' || char === '>')
    return { kind: 'block', span: span(at, deeperLinesEnd(text, at, column)) };
  if (char === '"' || char === "'") {
    return { kind: 'quoted', span: span(at, quotedEnd(text, at, deeperLinesEnd(text, at, column))) };
  }
  if (char === '{' || char === '[') {
    return { kind: 'flow', span: span(at, flowEnd(text, at, closingLineEnd(text, at, column))) };
  }
  const plain = matchAt(plainPattern, text, at)?.[0].trimEnd() ?? '';
  return { kind: 'plain', span: span(at, at + plain.length) };
}

/** As far as brackets may reach: people write the last one below the key. */
function closingLineEnd(text: string, offset: number, column: number): number {
  const end = deeperLinesEnd(text, offset, column);
  let next = nextLineAt(text, end);
  while (next < text.length && isBlankLine(text, next)) next = nextLineAt(text, next);
  const at = next + indentAt(text, next);
  return text[at] === '}' || text[at] === ']' ? at + 1 : end;
}

/** What holds a word in a column below an entry: the entry, or one that it stands in. */
export function holderOf(above: RoughEntry, column: number): RoughEntry {
  let holder = above;
  while (holder.parent !== null && holder.column >= column) holder = holder.parent;
  return holder;
}

class Reader {
  readonly document: RoughEntry = {
    kind: 'document',
    name: '',
    span: span(0, 0),
    column: -1,
    parent: null,
    entries: [],
    value: null,
  };
  readonly #text: string;
  #open: RoughEntry = this.document;

  constructor(text: string) {
    this.#text = text;
  }

  #add(kind: 'key' | 'item', name: string, where: Span, column: number): RoughEntry {
    const isOver = ({ kind: other, column: at }: RoughEntry): boolean =>
      at > column || (at === column && (kind === 'key' || other === 'item'));
    while (this.#open.parent !== null && isOver(this.#open)) this.#open = this.#open.parent;
    const parent = this.#open;
    const entry: RoughEntry = { kind, name, span: where, column, parent, entries: [], value: null };
    parent.entries.push(entry);
    this.#open = entry;
    return entry;
  }

  /** The line at an offset that no value from above goes through, with the value that begins on it. */
  line(start: number): RoughLine {
    const text = this.#text;
    const end = lineEndAt(text, start);
    const indent = indentAt(text, start);
    const above = this.#open;
    const entries: RoughEntry[] = [];
    const line = { start, end, indent, entries, above, word: null, goesOn: null };
    // A byte order mark takes no column.
    const base = start + (text[start] === '\uFEFF' ? 1 : 0);
    let at = base + indentAt(text, base);
    if (at >= end || text[at] === '#' || text[at] === '\t') return line;
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(at, at + 4)) && indent === 0) return line;

    // A plain text goes on over deeper lines; a key there says that what is above is still being typed.
    const goesOn = above.value !== null && indent > above.column ? above.value : null;
    while (goesOn === null && text[at] === '-' && isBlankAt(text, at + 1)) {
      entries.push(this.#add('item', '', span(at, at + 1), at - base));
      at = skipBlanks(text, at + 1);
    }
    const property = matchAt(propertyPattern, text, at)?.[0].length ?? 0;
    const found = matchAt(keyPattern, text, at + property);
    if (found !== null) {
      const [whole, double, single, plain = ''] = found;
      const keyEnd = found.index + whole.replace(/[ \t]*:$/, '').length;
      const key = this.#add('key', (double ?? single ?? plain).trim(), span(found.index, keyEnd), at - base);
      entries.push(key);
      key.value = valueAt(text, found.index + whole.length, key.column);
      return line;
    }
    const last = entries.at(-1);
    if (goesOn !== null) return { ...line, goesOn };
    const word = valueAt(text, at, last?.column ?? indent);
    if (last) last.value = word;
    return { ...line, word };
  }
}

/** Reads any text. */
export function roughTree(text: string): RoughTree {
  const reader = new Reader(text);
  const lines: RoughLine[] = [];
  for (let start = 0; start <= text.length; ) {
    const line = reader.line(start);
    lines.push(line);
    const value = line.entries.at(-1)?.value ?? line.word;
    start = nextLineAt(text, start);
    while (value && start <= value.span.end && start <= text.length) {
      const end = lineEndAt(text, start);
      const indent = indentAt(text, start);
      const above = line.entries.at(-1) ?? holderOf(line.above, line.indent);
      lines.push({ start, end, indent, entries: [], above, word: null, goesOn: value });
      start = nextLineAt(text, start);
    }
  }
  return { document: reader.document, lines };
}

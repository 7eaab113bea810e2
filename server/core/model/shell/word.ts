// Words: one word of a command, with its value, its variables, and its text where a shell reads that once more.
// Nothing is computed before it is asked for: most words never are.
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import { forEachChild, type HereDoc, type SyntaxNode } from './adapter.ts';
import { joinPieces } from './pieces.ts';
import { holdsExpansion, type WordNode, wordPieces } from './quotes.ts';
import type { ShellAssignment, ShellWord } from './script.ts';

/** Text for a shell. */
export interface ShellText extends MappedText {
  /** Expansions that another shell makes before this one reads the text: as written, but out of its hands. */
  readonly expanded: readonly Span[];
}

/** Spelled out: a spread with more behind it takes V8 twenty times as long, and this is made for every script. */
export const shellText = ({ text, segments }: MappedText, expanded: readonly Span[] = []): ShellText => ({
  text,
  segments,
  expanded,
});

export interface SourceWord extends ShellWord {
  /** The word without its quotes, expansions as written. */
  readonly text: ShellText;
}

/** A word of a parsed text. */
export const parsedWord = (node: WordNode, source: ShellText): SourceWord => new ParsedWord(node, source);

class ParsedWord implements SourceWord {
  readonly #node: WordNode;
  readonly #source: ShellText;
  #value: string | null | undefined;
  #text: ShellText | undefined;
  #variables: readonly string[] | undefined;

  constructor(node: WordNode, source: ShellText) {
    this.#node = node;
    this.#source = source;
  }

  get raw(): string {
    return this.#source.text.slice(this.#node.pos, this.#node.end);
  }

  get span(): Span {
    return fileSpan(this.#source, span(this.#node.pos, this.#node.end));
  }

  get value(): string | null {
    if (this.#value === undefined) this.#value = this.#read();
    return this.#value;
  }

  /** Most words show at once what they are, without their parts being made. */
  #read(): string | null {
    const { raw } = this;
    if (isExpanded(this.#source, this.#node.pos, this.#node.end)) return null;
    if (!/['"\\]/.test(raw)) return holdsExpansion(raw) ? null : raw;
    if (!/['\\]/.test(raw) && /`|\$[\w{(]/.test(raw)) return null;
    if (plainlyQuoted.test(raw)) return raw.slice(1, -1);
    return this.text.expanded.length > 0 ? null : this.text.text;
  }

  get variables(): readonly string[] {
    this.#variables ??= holdsExpansion(this.raw) ? variablesIn(this.#node) : [];
    return this.#variables;
  }

  get text(): ShellText {
    this.#text ??= unquotedText(this.#node, this.#source);
    return this.#text;
  }
}

/** One pair of quotes, and in it nothing that means more than itself. */
const plainlyQuoted = /^(?:"[^"$`\\]*"|'[^']*')$/;

/** Whether another shell expands something between two places of the text. */
export const isExpanded = (text: ShellText, start: number, end: number): boolean =>
  text.expanded.length > 0 && expandedWithin(text, span(start, end)).length > 0;

/** The parts of a span of the text that another shell expands. */
function expandedWithin({ expanded }: ShellText, { start, end }: Span): Span[] {
  let low = 0;
  let high = expanded.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((expanded[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const within: Span[] = [];
  for (let next = expanded[low]; next !== undefined && next.start < end; next = expanded[++low]) {
    within.push(span(Math.max(next.start, start), Math.min(next.end, end)));
  }
  return within;
}

function unquotedText(node: WordNode, source: ShellText): ShellText {
  const pieces = [...wordPieces(node, source.text)];
  const expanded: Span[] = [];
  let length = 0;
  for (const piece of pieces) {
    const moved = length - piece.start;
    for (const { start, end } of piece.expansion ? [piece] : expandedWithin(source, piece)) {
      expanded.push(span(start + moved, end + moved));
    }
    length += piece.text.length;
  }
  return shellText(joinPieces(source, pieces), expanded);
}

/** The names of variables in order of position. Those inside command substitutions belong to the commands there. */
function variablesIn(root: SyntaxNode): string[] {
  const names: string[] = [];
  const add = (name: string | undefined) => {
    if (name !== undefined && /^[A-Za-z_]/.test(name)) names.push(name);
  };
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Script') return;
    if (node.type === 'SimpleExpansion') add(node.text.slice(1));
    else if (node.type === 'ParameterExpansion') add(node.parameter);
    else if (node.type === 'ArithmeticWord' && node.parts === undefined) add(node.value.replace('$', ''));
    forEachChild(node, visit);
  };
  visit(root);
  return names;
}

/** The delimiter of a heredoc, with what the body expands. */
export function heredocDelimiter(node: HereDoc, source: MappedText): ShellWord | null {
  const { delimiter, body } = node;
  if (delimiter === undefined) return null;
  return {
    raw: delimiter.text,
    value: delimiter.value,
    span: fileSpan(source, span(delimiter.pos, delimiter.end)),
    variables: delimiter.quoted || !holdsExpansion(body.text) ? [] : variablesIn(body),
  };
}

/** `NAME=value` where it is an argument: of `env`, `sudo`. */
export function argumentAssignment(word: SourceWord): ShellAssignment {
  const { text, raw, value } = word;
  const at = text.text.indexOf('=');
  const given: ShellWord = {
    raw: raw.slice(raw.indexOf('=') + 1),
    value: value === null ? null : value.slice(at + 1),
    span: span(fileSpan(text, span(at, at + 1)).end, word.span.end),
    variables: word.variables,
  };
  return { name: text.text.slice(0, at), value: given.raw === '' ? null : given, span: word.span };
}

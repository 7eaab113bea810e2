// Expansion: variables, quotes and escapes in a word of an instruction, as BuildKit's shell lexer reads them.
import type { Span } from '../../text/span.ts';
import { type Known, known, type UnknownReason, unknown } from '../known.ts';
import { isSpace } from './characters.ts';
import { withoutPrefix, withoutSuffix, withReplaced } from './patterns.ts';

/** The value of a variable; undefined where it is certainly not set. */
export type Lookup = (name: string) => Known<string> | undefined;

/** A word that white space separates; its place in the source. */
export interface SplitWord extends Span {
  readonly text: string;
}

/** Longer values arise from variables that double each other, and from nothing that anybody builds. */
const longestValue = 65_536;
const deepestNesting = 50;

/** Why BuildKit refuses a word. */
export interface ExpansionFailure {
  readonly code:
    | 'unclosed-single-quote'
    | 'unclosed-double-quote'
    | 'unclosed-brace'
    | 'bad-substitution'
    | 'unknown-modifier'
    /** It is longer or deeper than anything that is read here. */
    | 'too-large';
  /** Where the quote or the variable begins in the word. */
  readonly at: number;
}

interface Reader {
  readonly source: string;
  readonly escape: string;
  /** Null leaves variables as they are written. */
  readonly lookup: Lookup | null;
  /** What becomes of quotes: they go, they stay with what they mean, or they are characters like any other. */
  readonly quotes: 'removed' | 'kept' | 'plain';
  at: number;
  depth: number;
  failure: ExpansionFailure | null;
}

interface Piece {
  readonly text: string;
  readonly unknown: UnknownReason | null;
}

/** Whether escapes stay in the text for a pattern or replacement, and are doubled where they mean themselves. */
type Escapes = 'removed' | 'kept' | 'pattern';

/** Takes a piece of the text, where it starts in the source, and whether white space in it separates nothing. */
type WordSink = (text: string, at: number, quoted: boolean) => void;

const namePattern = /^(?:\p{Nd}+|[@*#?\-$!]|[\p{L}_][\p{L}\p{Nd}_]*)/u;

const literal = (text: string): Piece => ({ text, unknown: null });
const unknownPiece = (reason: UnknownReason): Piece => ({ text: '', unknown: reason });

const readerOf = (
  source: string,
  escapeChar: string,
  lookup: Lookup | null,
  quotes: Reader['quotes'] = 'removed',
): Reader => ({
  source,
  escape: escapeChar,
  lookup,
  quotes,
  at: 0,
  depth: 0,
  failure: null,
});

/** Nothing in it means anything but itself. */
export const isPlain = (source: string): boolean => !/["'$\\`]/.test(source);

/** The value of a word: `unparsed` where BuildKit refuses it. */
export function expand(
  source: string,
  escapeChar: string,
  lookup: Lookup,
  setAt: Span | null,
): Known<string> {
  if (isPlain(source)) return known(source, setAt);
  const reader = readerOf(source, escapeChar, lookup);
  const { text, unknown: reason } = readUntil(reader, '', 'removed');
  if (reader.failure !== null) return unknown('unparsed', setAt);
  return reason === null ? known(text, setAt) : unknown(reason, setAt);
}

/** The word without quotes and escapes, its variables as written; unchanged where BuildKit refuses it. */
export function unquote(source: string, escapeChar: string): string {
  if (isPlain(source)) return source;
  const reader = readerOf(source, escapeChar, null);
  const { text } = readUntil(reader, '', 'removed');
  return reader.failure === null ? text : source;
}

/** Why BuildKit refuses a text, whatever its variables hold; null where it takes it. Quotes mean nothing in heredocs. */
export function expansionFailure(
  source: string,
  escapeChar: string,
  quotes: 'removed' | 'plain',
): ExpansionFailure | null {
  if (isPlain(source)) return null;
  const reader = readerOf(source, escapeChar, () => unknown('variable'), quotes);
  readUntil(reader, '', 'removed');
  return reader.failure;
}

/** Splits at white space outside of quotes, with `<<` and the word behind it as one; null where it is refused. */
export function splitWords(source: string, escapeChar: string, verbatim: boolean): SplitWord[] | null {
  const reader = readerOf(source, escapeChar, null, verbatim ? 'kept' : 'removed');
  const words: SplitWord[] = [];
  let text = '';
  let start = 0;
  const flush = (end: number): void => {
    if (text !== '') words.push({ text, start, end });
    text = '';
  };
  readUntil(reader, '', verbatim ? 'kept' : 'removed', 0, (added, at, quoted) => {
    for (let index = 0; index < added.length; index++) {
      if (!quoted && isSpace(added.charCodeAt(index))) flush(at + index);
      else {
        if (text === '') start = at + index;
        text += added.charAt(index);
      }
    }
  });
  flush(source.length);
  return reader.failure === null ? words : null;
}

function fail(reader: Reader, code: ExpansionFailure['code'], at = reader.at): Piece {
  reader.failure ??= { code, at };
  reader.at = reader.source.length;
  return literal('');
}

/** Reads up to a character outside of quotes and steps over it; up to the end where `stop` is empty. */
function readUntil(reader: Reader, stop: string, escapes: Escapes, opening = 0, sink?: WordSink): Piece {
  if (reader.depth >= deepestNesting) return fail(reader, 'too-large');
  reader.depth++;
  let text = '';
  let reason: UnknownReason | null = null;
  let stopped = stop === '';
  while (reader.at < reader.source.length) {
    const start = reader.at;
    const char = reader.source.charAt(start);
    if (char === stop) {
      reader.at++;
      stopped = true;
      break;
    }
    const piece = readPiece(reader, char, escapes, sink !== undefined);
    text += piece.text;
    reason ??= piece.unknown;
    if (text.length > longestValue) fail(reader, 'too-large');
    sink?.(piece.text, start, char === reader.escape || char === '"' || char === "'" || char === '<');
  }
  reader.depth--;
  return stopped ? { text, unknown: reason } : fail(reader, 'unclosed-brace', opening);
}

function readPiece(reader: Reader, char: string, escapes: Escapes, gluesHeredocs: boolean): Piece {
  if (char === '$') return readVariable(reader);
  if (char === "'" && reader.quotes !== 'plain') return readSingleQuotes(reader, escapes);
  if (char === '"' && reader.quotes !== 'plain') return readDoubleQuotes(reader, escapes);
  if (char === reader.escape) return readEscape(reader, escapes);
  const rest = reader.source.slice(reader.at);
  const text = (gluesHeredocs ? heredocStart.exec(rest)?.[0] : undefined) ?? plainRun.exec(rest)?.[0] ?? char;
  reader.at += text.length;
  return literal(text);
}

/** Characters that never mean anything but themselves. */
const plainRun = /^[^"'$\\`<}/]+/;
/** White space between `<<` and the name of a heredoc does not separate them. */
const heredocStart = /^<<[\t\r ]*/;

function readEscape(reader: Reader, escapes: Escapes): Piece {
  const escaped = reader.source.charAt(reader.at + 1);
  reader.at += 2;
  return literal(escapes === 'removed' ? escaped : reader.escape + escaped);
}

function readSingleQuotes(reader: Reader, escapes: Escapes): Piece {
  const { source, escape: escapeChar, at } = reader;
  const end = source.indexOf("'", at + 1);
  if (end < 0) return fail(reader, 'unclosed-single-quote');
  reader.at = end + 1;
  if (reader.quotes === 'kept') return literal(source.slice(at, end + 1));
  const inner = source.slice(at + 1, end);
  return literal(escapes === 'pattern' ? inner.replaceAll(escapeChar, escapeChar + escapeChar) : inner);
}

function readDoubleQuotes(reader: Reader, escapes: Escapes): Piece {
  const { source, escape: escapeChar } = reader;
  const start = reader.at++;
  let text = '';
  let reason: UnknownReason | null = null;
  while (reader.at < source.length) {
    const char = source.charAt(reader.at);
    if (char === '"') {
      reader.at++;
      return reader.quotes === 'kept' ? literal(source.slice(start, reader.at)) : { text, unknown: reason };
    }
    if (char === '$') {
      const piece = readVariable(reader);
      text += piece.text;
      reason ??= piece.unknown;
      continue;
    }
    reader.at++;
    if (char !== escapeChar) {
      text += char;
      continue;
    }
    const next = source.charAt(reader.at);
    const means = next === '"' || next === '$' || next === escapeChar;
    if (escapes !== 'removed') text += char;
    if (means) reader.at++;
    text += means ? next : next === '' ? '' : char;
  }
  return fail(reader, 'unclosed-double-quote', start);
}

function readVariable(reader: Reader): Piece {
  const start = reader.at++;
  const value =
    reader.source.charAt(reader.at) === '{' ? readBraces(reader, start) : readPlainVariable(reader);
  return reader.lookup === null ? literal(reader.source.slice(start, reader.at)) : value;
}

function readPlainVariable(reader: Reader): Piece {
  const name = readName(reader);
  return name === '' ? literal('$') : variableText(reader, name);
}

/** Letters, digits and underscores; a number; or one of the shell's special parameters. */
function readName(reader: Reader): string {
  const name = namePattern.exec(reader.source.slice(reader.at))?.[0] ?? '';
  reader.at += name.length;
  return name;
}

function variableText(reader: Reader, name: string): Piece {
  const value = reader.lookup?.(name);
  if (value === undefined) return unknownPiece('variable');
  return value.known ? literal(value.value) : unknownPiece(value.because);
}

/** A variable in braces: its name, and where it begins. */
interface Braces {
  readonly name: string;
  readonly at: number;
}

/** `${name}` and its forms with an operator. */
function readBraces(reader: Reader, at: number): Piece {
  reader.at++;
  const name = readName(reader);
  const braces: Braces = { name, at };
  const operator = reader.source.charAt(reader.at++);
  if (operator === '}' && name !== '') return variableText(reader, name);
  if (operator === '/') return readReplacement(reader, braces);
  if (operator === '#' || operator === '%') return readRemoval(reader, braces, operator);
  if (operator === '-' || operator === '+' || operator === '?')
    return withDefault(reader, braces, operator, false);
  if (operator === '') return fail(reader, 'unclosed-brace', at);
  if (operator !== ':') return fail(reader, name === '' ? 'bad-substitution' : 'unknown-modifier', at);
  if (name === '') return fail(reader, 'bad-substitution', at);
  const second = reader.source.charAt(reader.at++);
  if (second === '') return fail(reader, 'unclosed-brace', at);
  if (second === '#' || second === '%') return fail(reader, 'unknown-modifier', at);
  return withDefault(reader, braces, second, true);
}

/** `-`, `+` and `?`; behind a colon an empty value counts as not set. */
function withDefault(reader: Reader, { name, at }: Braces, operator: string, emptyIsUnset: boolean): Piece {
  if (reader.lookup !== null && !'-+?'.includes(operator)) return fail(reader, 'unknown-modifier', at);
  const word = readUntil(reader, '}', 'removed', at);
  if (reader.failure !== null || reader.lookup === null) return word;
  const value = reader.lookup(name);
  if (value !== undefined && !value.known) return unknownPiece(value.because);
  const set = value !== undefined && !(emptyIsUnset && value.value === '');
  if (operator === '-') return set ? literal(value.value) : word;
  if (operator === '+') return set ? word : literal('');
  return set ? literal(value.value) : unknownPiece('variable');
}

/** `#` and `%`, doubled for the longest match. */
function readRemoval(reader: Reader, { name, at }: Braces, operator: '#' | '%'): Piece {
  const { text, unknown: reason } = readUntil(reader, '}', 'pattern', at);
  const value = variableText(reader, name);
  if (reader.failure !== null || reader.lookup === null || value.unknown !== null) return value;
  if (reason !== null) return unknownPiece(reason);
  const longest = text.startsWith(operator);
  const pattern = longest ? text.slice(1) : text;
  const remove = operator === '#' ? withoutPrefix : withoutSuffix;
  const result = remove(value.text, pattern, longest);
  return result === null ? fail(reader, 'too-large') : literal(result);
}

/** `/pattern/replacement`, with two slashes in front for all matches. */
function readReplacement(reader: Reader, { name, at }: Braces): Piece {
  const all = reader.source.charAt(reader.at) === '/';
  if (all) reader.at++;
  const pattern = readUntil(reader, '/', 'pattern', at);
  const replacement = readUntil(reader, '}', 'kept', at);
  const value = variableText(reader, name);
  if (reader.failure !== null || reader.lookup === null || value.unknown !== null) return value;
  const reason = pattern.unknown ?? replacement.unknown;
  if (reason !== null) return unknownPiece(reason);
  const result = withReplaced(value.text, pattern.text, replacement.text, all);
  return result === null ? fail(reader, 'too-large') : literal(result);
}

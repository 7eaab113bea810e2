// Arguments: how each instruction splits what stands behind its flags, and what BuildKit's parser refuses there.
import { type Span, span, spanText } from '../../text/span.ts';
import { isBlank, isSpace, skipSpaces } from './characters.ts';
import { type JsonString, readJsonList } from './json-list.ts';
import type { Refusal } from './report.ts';

/** Places in the text behind the flags. */
export interface Arguments {
  readonly words: readonly Span[];
  /** The value of each word of a JSON list. */
  readonly strings: readonly string[] | null;
  readonly problem: Refusal | null;
}

type Split = (text: string, keyword: string, escapeChar: string) => Arguments;

const plain = (words: readonly Span[]): Arguments => ({ words, strings: null, problem: null });
const refused = (words: readonly Span[], problem: Refusal): Arguments => ({ words, strings: null, problem });
const all = (text: string): Span => span(0, text.length);

/** White space around the text is trimmed already. */
export function splitArguments(text: string, keyword: string, escapeChar: string): Arguments {
  if (text === '') return plain([]);
  return (splits[keyword] ?? splitBlanks)(text, keyword, escapeChar);
}

const splitWhole: Split = text => plain([all(text)]);

const splitBlanks: Split = text => {
  const words: Span[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !isBlank(text.charCodeAt(at))) continue;
    if (at > start) words.push(span(start, at));
    start = at + 1;
  }
  return plain(words);
};

/** A JSON list where the text is one, else what `otherwise` makes of it. */
const jsonOr =
  (otherwise: Split): Split =>
  (text, keyword, escapeChar) => {
    const list = readJsonList(text);
    if (list === null) return otherwise(text, keyword, escapeChar);
    if (list !== 'mixed') return listArguments(list);
    return refused([all(text)], { code: 'mixed-json', at: all(text) });
  };

const listArguments = (list: readonly JsonString[]): Arguments => ({
  words: list.map(string => string.span),
  strings: list.map(string => string.value),
  problem: null,
});

const splitQuoted: Split = (text, _keyword, escapeChar) => plain(quotedWords(text, escapeChar));

/** White space inside of quotes or behind an escape character does not separate. */
function quotedWords(text: string, escapeChar: string): Span[] {
  const words: Span[] = [];
  let at = skipSpaces(text, 0, text.length);
  while (at < text.length) {
    const word = span(at, quotedWordEnd(text, at, escapeChar));
    if (word.end > word.start) words.push(word);
    at = skipSpaces(text, skipDanglingEscape(text, word.end, escapeChar), text.length);
  }
  return words;
}

function quotedWordEnd(text: string, from: number, escapeChar: string): number {
  let quote = '';
  let at = from;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === escapeChar && quote !== "'") {
      if (at + 1 === text.length) break;
      at++;
    } else if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (isSpace(char.charCodeAt(0))) break;
  }
  return at;
}

/** An escape character at the very end of the text escapes nothing and belongs to no word. */
const skipDanglingEscape = (text: string, at: number, escapeChar: string): number =>
  at + 1 === text.length && text[at] === escapeChar ? at + 1 : at;

/** `name=value ...`, or the old form `name value`, told by the first word. */
const splitPairs: Split = (text, keyword, escapeChar) => {
  const words = quotedWords(text, escapeChar);
  if (words.length > 0 && isOldPair(text, escapeChar)) return splitOldPair(text, keyword);
  const bare = words.find(word => !hasEquals(text, word));
  if (bare === undefined) return plain(words);
  const word = spanText(text, bare);
  return refused(words, { code: 'missing-equals', at: bare, data: { keyword, word } });
};

const isOldPair = (text: string, escapeChar: string): boolean =>
  !hasEquals(text, span(0, quotedWordEnd(text, 0, escapeChar)));

const hasEquals = (text: string, word: Span): boolean => spanText(text, word).includes('=');

function splitOldPair(text: string, keyword: string): Arguments {
  let nameEnd = 0;
  while (nameEnd < text.length && !isBlank(text.charCodeAt(nameEnd))) nameEnd++;
  let start = nameEnd;
  while (start < text.length && isBlank(text.charCodeAt(start))) start++;
  const name = span(0, nameEnd);
  if (start === nameEnd) return refused([name], { code: 'missing-value', at: name, data: { keyword } });
  return plain([name, span(start, text.length)]);
}

/** The kind of check, then its command. */
const splitHealthcheck: Split = (text, keyword, escapeChar) => {
  let kindEnd = 0;
  while (kindEnd < text.length && !isSpace(text.charCodeAt(kindEnd))) kindEnd++;
  const start = skipSpaces(text, kindEnd, text.length);
  const kind = span(0, kindEnd);
  if (start === text.length) return plain([kind]);
  const { words, strings, problem } = jsonOr(splitWhole)(text.slice(start), keyword, escapeChar);
  const moved = (where: Span): Span => span(where.start + start, where.end + start);
  return {
    words: [kind, ...words.map(moved)],
    strings: strings && [spanText(text, kind), ...strings],
    problem: problem && { ...problem, at: moved(problem.at) },
  };
};

const splits: Readonly<Record<string, Split>> = {
  ADD: jsonOr(splitBlanks),
  ARG: splitQuoted,
  CMD: jsonOr(splitWhole),
  COPY: jsonOr(splitBlanks),
  ENTRYPOINT: jsonOr(splitWhole),
  ENV: splitPairs,
  EXPOSE: splitBlanks,
  FROM: splitBlanks,
  HEALTHCHECK: splitHealthcheck,
  LABEL: splitPairs,
  MAINTAINER: splitWhole,
  ONBUILD: splitWhole,
  RUN: jsonOr(splitWhole),
  SHELL: jsonOr(splitWhole),
  STOPSIGNAL: splitWhole,
  USER: splitWhole,
  VOLUME: jsonOr(splitBlanks),
  WORKDIR: splitWhole,
};

/** The instructions that BuildKit knows. */
export const keywords: readonly string[] = Object.keys(splits);

/** Name and value of a pair; places in the text behind the flags. */
export interface Pair {
  readonly name: Span;
  readonly value: Span | null;
}

/** The pairs that the words of ENV, LABEL and ARG make up. */
export function pairsOf(text: string, keyword: string, words: readonly Span[], escapeChar: string): Pair[] {
  const [name, value = null] = words;
  if (name !== undefined && keyword !== 'ARG' && isOldPair(text, escapeChar)) return [{ name, value }];
  return words.map(word => {
    const equals = text.indexOf('=', word.start);
    if (equals < 0 || equals >= word.end) return { name: word, value: null };
    return { name: span(word.start, equals), value: span(equals + 1, word.end) };
  });
}

// The parts of an instruction: keyword, flags and arguments, as BuildKit splits the joined lines.
import { type Span, span, spanText } from '../../text/span.ts';
import { isAsciiSpace, isBlank, skipAsciiSpaces, skipSpaces, trimEnd } from './characters.ts';

/** Places in the joined text. */
export interface Command {
  /** The keyword in upper case. */
  readonly name: string;
  readonly keyword: Span;
  /** As written, quotes included. A `--` that ends the flags is none. */
  readonly flags: readonly Span[];
  /** What is behind the flags, white space around it excluded. */
  readonly body: Span;
}

export function readCommand(text: string, escapeChar: string): Command {
  const end = trimEnd(text, 0, text.length);
  const start = skipSpaces(text, 0, end);
  let keywordEnd = start;
  while (keywordEnd < end && !isBlank(text.charCodeAt(keywordEnd))) keywordEnd++;
  let at = skipAsciiSpaces(text, keywordEnd, end);
  const flags: Span[] = [];
  while (at < end - 1 && text.startsWith('--', at)) {
    const flag = span(at, flagEnd(text, at, end, escapeChar));
    at = skipAsciiSpaces(text, flag.end, end);
    if (unquoted(spanText(text, flag), escapeChar) === '--') break;
    flags.push(flag);
  }
  return {
    name: text.slice(start, keywordEnd).toUpperCase(),
    keyword: span(start, keywordEnd),
    flags,
    body: span(skipSpaces(text, at, end), end),
  };
}

/** Where the flag that starts at `from` ends: at white space outside of quotes. */
function flagEnd(text: string, from: number, to: number, escapeChar: string): number {
  let quote = '';
  for (let at = from; at < to; at++) {
    const char = text.charAt(at);
    if (char === escapeChar) at++;
    else if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (isAsciiSpace(char.charCodeAt(0))) return at;
  }
  return to;
}

/** The parts of a flag that remain when its quotes and escapes are removed; places in `raw`. */
export function unquotedParts(raw: string, escapeChar: string): Span[] {
  const parts: Span[] = [];
  let quote = '';
  let from = 0;
  const leaveOut = (at: number): void => {
    if (from < at) parts.push(span(from, at));
    from = at + 1;
  };
  for (let at = 0; at < raw.length; at++) {
    const char = raw.charAt(at);
    const isQuote = quote === '' ? char === '"' || char === "'" : char === quote;
    if (!isQuote && char !== escapeChar) continue;
    leaveOut(at);
    if (char === escapeChar) at++;
    else quote = quote === '' ? char : '';
  }
  if (from < raw.length) parts.push(span(from, raw.length));
  return parts;
}

/** A flag as BuildKit has it: quotes and escapes removed. */
export function unquoted(raw: string, escapeChar: string): string {
  if (!/["'\\`]/.test(raw)) return raw;
  let text = '';
  for (const part of unquotedParts(raw, escapeChar)) text += spanText(raw, part);
  return text;
}

// Words: the arguments of an instruction with their values and their places in the file.
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { type Span, spanText } from '../../text/span.ts';
import type { Arguments } from './arguments.ts';
import { unquote } from './expansion.ts';
import type { Word } from './model.ts';

export function wordAt(body: MappedText, where: Span, escapeChar: string): Word {
  const raw = spanText(body.text, where);
  return { raw, value: unquote(raw, escapeChar), span: fileSpan(body, where) };
}

/** Whole arguments that a shell or a person reads keep their quotes. */
const keepsQuotes: ReadonlySet<string> = new Set([
  'RUN',
  'CMD',
  'ENTRYPOINT',
  'HEALTHCHECK',
  'SHELL',
  'MAINTAINER',
  'ONBUILD',
]);

export function wordsOf(
  body: MappedText,
  { words, strings }: Arguments,
  keyword: string,
  escapeChar: string,
): Word[] {
  if (strings === null && !keepsQuotes.has(keyword))
    return words.map(where => wordAt(body, where, escapeChar));
  return words.map((where, index) => {
    const raw = spanText(body.text, where);
    return { raw, value: strings?.[index] ?? raw, span: fileSpan(body, where) };
  });
}

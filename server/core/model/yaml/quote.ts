// Quotes: writing a text as a YAML scalar, in quotes only where YAML needs them.
import { plainValue } from './scalar-value.ts';

export type Quote = '"' | "'";

const misread = [
  /** Indicators, and marks of documents and of values. */
  /^(?:[-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`]|---|\.\.\.|<<$|=$)/,
  /:(?:\s|$)|\s#|^\s|\s$/,
  /** Characters that only an escape can hold. */
  /[\p{Cc}\u2028\u2029\uFEFF]/u,
  /** Numbers, times and dates to one reader of YAML or another; `8080:80` is a time. */
  /^[-+]?(?:\d[\d_]*(?::\d[\d_]*)*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?$/,
  /^[-+]?0[box][\da-fA-F_]+$/,
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt\s].*)?$/,
  /** Booleans of YAML 1.1. */
  /^(?:y|n|yes|no|on|off)$/i,
];

function needsQuotes(text: string, inFlow: boolean): boolean {
  if (inFlow && /[,[\]{}]/.test(text)) return true;
  return typeof plainValue(text) !== 'string' || misread.some(pattern => pattern.test(text));
}

/** Characters beyond JSON's that YAML allows in escaped form alone. */
const unprintable = /[\x7F-\x9F\u2028\u2029\uFEFF]/g;

const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replace(unprintable, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The text in the given quotes; in double ones where it needs escapes. */
export function quoted(text: string, quote: Quote): string {
  const escapes = /[\p{Cc}\u2028\u2029\uFEFF]/u.test(text);
  return quote === "'" && !escapes ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text);
}

/** The text as a scalar; `inFlow` where it stands in brackets or braces. */
export function quoteScalar(text: string, { quote }: { readonly quote: Quote }, inFlow = false): string {
  return needsQuotes(text, inFlow) ? quoted(text, quote) : text;
}

// JSON lists: the exec form of an instruction, read as strictly as BuildKit reads it, with the place of each string.
import { type Span, span } from '../../text/span.ts';
import { skipSpaces } from './characters.ts';

/** A string of the list; its place covers the quotes. */
export interface JsonString {
  readonly value: string;
  readonly span: Span;
}

/** The strings of the list; `mixed` where it holds something else; null where the text is no JSON list. */
export function readJsonList(text: string): JsonString[] | 'mixed' | null {
  const start = skipSpaces(text, 0, text.length);
  if (text[start] !== '[') return null;
  const values = parsed(text.slice(start));
  if (!Array.isArray(values)) return null;
  const strings: JsonString[] = [];
  let at = start + 1;
  for (const value of values as readonly unknown[]) {
    if (typeof value !== 'string') return 'mixed';
    const opening = text.indexOf('"', at);
    at = stringEnd(text, opening);
    strings.push({ value, span: span(opening, at) });
  }
  return strings;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The offset behind the closing quote of a string known to be well-formed. */
function stringEnd(text: string, opening: number): number {
  let at = opening + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

// Short forms: the parts of the texts that stand for ports, volumes, devices and file systems in memory.
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';

/** A word of a value, and where it stands. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** The parts between colons; those within a variable or an address in brackets separate nothing. */
export function splitAtColons(text: string): Span[] {
  const parts: Span[] = [];
  let depth = 0;
  let start = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const char = text.charAt(offset);
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === ':' && depth <= 0) {
      parts.push(span(start, offset));
      start = offset + 1;
    }
  }
  return [...parts, span(start, text.length)];
}

export const wordAt = (value: MappedText, part: Span): Word => ({
  text: value.text.slice(part.start, part.end),
  span: fileSpan(value, part),
});

/** The options of a part; none where it is not there. */
export function wordsBetweenCommas(value: MappedText, part: Span | undefined): Word[] {
  if (part === undefined) return [];
  return [...value.text.slice(part.start, part.end).matchAll(/[^\s,]+/g)].map(({ 0: text, index }) =>
    wordAt(value, span(part.start + index, part.start + index + text.length)),
  );
}

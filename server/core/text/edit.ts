// Edits: replacing spans of a text, and applying a set of them at once.
import { bySpan, type Span } from './span.ts';

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export const replace = (span: Span, text: string): Edit => ({ span, text });
export const insert = (at: number, text: string): Edit => ({ span: { start: at, end: at }, text });
export const remove = (span: Span): Edit => ({ span, text: '' });

/** Applies disjoint edits, given in any order. Two insertions at one place keep their given order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => bySpan(a.span, b.span));
  let result = '';
  let at = 0;
  for (const { span, text: replacement } of sorted) {
    if (span.start < at) throw new RangeError(`Edits overlap at offset ${span.start}.`);
    result += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return result + text.slice(at);
}

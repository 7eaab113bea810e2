// References to variables in a value: `$NAME`, `${NAME}`, `${NAME:-default}`, `$(command)`. `$$` and `\$` are a dollar.

export interface Reference {
  readonly start: number;
  readonly end: number;
  /** What it becomes where the variable has no value, with its place; null where it states nothing. */
  readonly fallback: { readonly text: string; readonly start: number } | null;
}

/** The bracket that closes the one at `open`; the end of the text where none does. */
function closing(text: string, open: number, brackets: '{}' | '()'): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === brackets[0]) depth++;
    if (text[at] === brackets[1] && --depth === 0) return at;
  }
  return text.length;
}

function braced(text: string, start: number): Reference {
  const close = closing(text, start + 1, '{}');
  const end = Math.min(close + 1, text.length);
  const [operator] = /^\w+:?-/.exec(text.slice(start + 2, close)) ?? [];
  if (operator === undefined) return { start, end, fallback: null };
  const fallback = start + 2 + operator.length;
  return { start, end, fallback: { text: text.slice(fallback, close), start: fallback } };
}

/** The reference that the dollar at `at` begins, or null. */
function referenceAt(text: string, at: number): Reference | null {
  if (text[at - 1] === '\\') return null;
  const next = text.charAt(at + 1);
  if (next === '{') return braced(text, at);
  if (next === '(') return { start: at, end: closing(text, at + 1, '()') + 1, fallback: null };
  const [name] = /^[A-Za-z_]\w{0,63}/.exec(text.slice(at + 1, at + 65)) ?? [];
  return name === undefined ? null : { start: at, end: at + 1 + name.length, fallback: null };
}

/** In order of position; those inside of another one are not listed. */
export function referencesIn(text: string): readonly Reference[] {
  const found: Reference[] = [];
  let at = text.indexOf('$');
  while (at >= 0) {
    const reference = text[at + 1] === '$' ? null : referenceAt(text, at);
    if (reference !== null) found.push(reference);
    at = text.indexOf('$', reference?.end ?? at + (text[at + 1] === '$' ? 2 : 1));
  }
  return found;
}

/** Stands for every character of a reference, so that positions hold. */
export const masked = '\0';

export function maskReferences(text: string, references: readonly Reference[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of references) {
    result += text.slice(at, start) + masked.repeat(end - start);
    at = end;
  }
  return result + text.slice(at);
}

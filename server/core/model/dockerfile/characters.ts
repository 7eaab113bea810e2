// Characters: what BuildKit takes for white space, and skipping it.

/** White space as Go's `unicode.IsSpace` has it. */
export function isSpace(code: number): boolean {
  if (code < 0x85) return code === 32 || (code >= 9 && code <= 13);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** White space around flags: BuildKit looks at single bytes there. */
export const isAsciiSpace = (code: number): boolean => code < 0x80 && isSpace(code);

/** What separates the keyword, and the words of a plain list. */
export const isBlank = (code: number): boolean => code === 32 || code === 9 || (code >= 11 && code <= 13);

/** The offset of the first character in `[from, to)` that is no white space; `to` where there is none. */
export function skipSpaces(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The same for white space of one byte. */
export function skipAsciiSpaces(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isAsciiSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The offset behind the last character in `[from, to)` that is no white space; `from` where there is none. */
export function trimEnd(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Where the content of the line `[from, to)` ends, carriage returns behind it excluded. */
export function contentEnd(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && text.charCodeAt(at - 1) === 13) at--;
  return at;
}

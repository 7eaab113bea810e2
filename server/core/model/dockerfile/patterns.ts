// Shell patterns of `${name#pattern}`, `%` and `/`: `*` and `?`, matched in linear time for each start.

/** Values of a Dockerfile are short; what takes more steps than this is hostile, and not worth the time. */
const mostSteps = 1_000_000;

const star = -1;
const anyChar = -2;
const newline = 10;

/** The character codes of a pattern, `star` and `anyChar` among them; null where BuildKit refuses an escape. */
function tokensOf(pattern: string): number[] | null {
  const tokens: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (char === '*') tokens.push(star);
    else if (char === '?') tokens.push(anyChar);
    else if (char !== '\\') tokens.push(char.charCodeAt(0));
    else if (next === '*' || next === '?' || next === '\\') {
      tokens.push(next.charCodeAt(0));
      at++;
    } else if (next !== '}' && next !== '/') return null;
  }
  return tokens;
}

/** Where a match that starts at `from` ends, or -1: the set of tokens that may come next is moved along the value. */
function matchEnd(tokens: readonly number[], value: string, from: number, longest: boolean): number {
  let found = -1;
  let active = withSkippedStars(tokens, [0]);
  for (let at = from; active.length > 0; at++) {
    if (active.at(-1) === tokens.length) {
      found = at;
      if (!longest) break;
    }
    if (at >= value.length) break;
    const code = value.charCodeAt(at);
    const next: number[] = [];
    for (const index of active) {
      const token = tokens[index];
      if (token === undefined) continue;
      if (token === code || (token < 0 && code !== newline)) next.push(token === star ? index : index + 1);
    }
    active = withSkippedStars(tokens, next);
  }
  return found;
}

/** Adds what is reachable without a character; sorted, each index once. */
function withSkippedStars(tokens: readonly number[], indexes: readonly number[]): number[] {
  const all: number[] = [];
  for (const index of indexes) {
    let next = index;
    if (next > (all.at(-1) ?? -1)) all.push(next);
    while (tokens[next] === star && next >= (all.at(-1) ?? -1)) all.push(++next);
  }
  return all;
}

/** Null where the pattern is refused or takes too long. */
export function withoutPrefix(value: string, pattern: string, longest: boolean): string | null {
  const tokens = tokensOf(pattern);
  if (tokens === null || tokens.length * value.length > mostSteps) return null;
  return value.slice(Math.max(matchEnd(tokens, value, 0, longest), 0));
}

/** Null where the pattern is refused or takes too long. */
export function withoutSuffix(value: string, pattern: string, longest: boolean): string | null {
  const tokens = tokensOf(pattern);
  if (tokens === null || tokens.length * value.length > mostSteps) return null;
  const backwards = value.split('').reverse().join('');
  return value.slice(0, value.length - Math.max(matchEnd(tokens.reverse(), backwards, 0, longest), 0));
}

/** Null where the pattern is refused or takes too long. */
export function withReplaced(
  value: string,
  pattern: string,
  replacement: string,
  all: boolean,
): string | null {
  const tokens = tokensOf(pattern);
  if (tokens === null || tokens.length * value.length ** 2 > mostSteps) return null;
  let result = '';
  let done = 0;
  for (let at = 0; at <= value.length; ) {
    const end = matchEnd(tokens, value, at, true);
    if (end < 0) {
      at++;
      continue;
    }
    result += value.slice(done, at);
    if (end > done || at === 0) result += replacement;
    done = end;
    if (!all) break;
    at = Math.max(end, at + 1);
  }
  return result + value.slice(done);
}

// What a registry says beside its answers: who it wants to see (WWW-Authenticate), and where a list goes on (Link).

export interface Challenge {
  /** In small letters: `bearer`, `basic`. */
  readonly scheme: string;
  /** Names in small letters. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A word, with what follows an equals sign: a quoted text or another word. */
const piece = /([\w!#$%&'*+.^`|~-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s",]*)))?/g;

/** The challenges of a header, in order; what cannot be read is passed over. */
export function readChallenges(header: string): Challenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [, name = '', quoted, bare] of header.slice(0, 8_192).matchAll(piece)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? bare;
    if (value === undefined) found.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else found.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return found;
}

/** What a Link header calls the next part; null where there is none. */
export function nextLink(header: string): string | null {
  for (const [, target = '', rest = ''] of header.slice(0, 8_192).matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*(?:"next"|next\b)/i.test(rest)) return target;
  }
  return null;
}

/** Seconds that a Retry-After header asks to wait; null where it says nothing that could be understood. */
export function retryAfter(header: string, now: number): number | null {
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1_000));
}

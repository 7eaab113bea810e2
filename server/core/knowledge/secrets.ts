// Is it a secret? By its name, by its value, and by both together. No verdict repeats the value.
import { isPlaceholder, isSetting, pointsElsewhere } from './placeholders.ts';
import { looksRandom } from './randomness.ts';
import { knownFormat, shortestKey } from './secret-formats.ts';
import { isOpenName, namePromise, secretName } from './secret-names.ts';
import { masked, maskReferences, type Reference, referencesIn } from './variable-references.ts';

export { secretName };

/** A secret that a text holds, by its form alone. The offsets are those of the secret in the text. */
export interface SecretValue {
  readonly kind: 'format' | 'url' | 'assignment';
  /** What it is, for a message: `a GitHub token`, `a password in a URL`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

export interface SecretVerdict {
  /** Its form says so; otherwise its name does, or its look. */
  readonly certain: boolean;
  readonly reason: SecretValue['kind'] | 'name' | 'random';
  /** For the brackets behind "a secret": `a GitHub token`, `judging by its name`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

const urlPassword = /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:"']*:([^\s/"']+)@[^\s/"']/i;
/** The data source names of Go's drivers: `user:password@tcp(host:3306)/name`. */
const dataSource = /^[^\s:@/]+:([^\s@]+)@(?:tcp|unix)\(/;
/** `Password=...;` in connection strings, `?password=...` in URLs, `-Dx.password=...` among options. */
const assignment = /(?<![\w.])(_?[A-Za-z][\w. -]{0,60}?)=([^;&\s"',]+)/g;

/** Among options alone: `--requirepass x`. */
const option = /^(?=-)(?:.*\s)?--(?:requirepass|masterauth|[\w-]*(?:password|token))\s+([^-\s"'][^\s"']*)/;

/** A line of `.netrc`. */
const netrc = /^machine\s+\S+\s+login\s+\S+\s+password\s+(\S+)/;

/** A longer value is a document: what it holds is not looked for. */
const longest = 20_000;

/** Written out, not only standing for a secret or holding a part from elsewhere. */
const isLiteral = (text: string): boolean => !text.includes(masked) && !isPlaceholder(text);

function inUrl(text: string): SecretValue | null {
  const match = urlPassword.exec(text) ?? dataSource.exec(text);
  const secret = match?.[1] ?? '';
  if (match === null || !isLiteral(secret)) return null;
  const start = match.index + match[0].lastIndexOf(`:${secret}@`) + 1;
  return { kind: 'url', what: 'a password in a URL', start, end: start + secret.length };
}

function assigned(text: string): SecretValue | null {
  for (const match of text.matchAll(assignment)) {
    const [whole, name = '', secret = ''] = match;
    if (namePromise(name) !== 'secret' || !isLiteral(secret) || pointsElsewhere(secret)) continue;
    const end = match.index + whole.length;
    return { kind: 'assignment', what: 'a secret among other settings', start: end - secret.length, end };
  }
  return null;
}

function atEnd(match: RegExpExecArray | null, what: string): SecretValue | null {
  const secret = match?.[1] ?? '';
  if (match === null || !isLiteral(secret) || pointsElsewhere(secret)) return null;
  const end = match.index + match[0].length;
  return { kind: 'assignment', what, start: end - secret.length, end };
}

function secretIn(text: string): SecretValue | null {
  const format = knownFormat(text);
  if (format !== null) return { kind: 'format', ...format };
  if (text.startsWith('machine')) return atEnd(netrc.exec(text), 'a password for a host');
  const told = (text.includes('@') ? inUrl(text) : null) ?? (text.includes('=') ? assigned(text) : null);
  return told ?? (text.startsWith('-') ? atEnd(option.exec(text), 'a secret among other settings') : null);
}

/** Most words of a command are too short and plain: a first look spares them the others. */
const mayHoldSecret = (text: string): boolean => text.length >= shortestKey || /[@=]/.test(text);

const withoutReferences = (value: string): string =>
  value.includes('$') ? maskReferences(value, referencesIn(value)) : value;

/** A secret by its form: a key of a known kind, a URL or connection string with a password. References are none. */
export const secretValue = (value: string): SecretValue | null =>
  value.length > longest || !mayHoldSecret(value) ? null : secretIn(withoutReferences(value));

/** Of a public key, as GPG writes it. */
const fingerprint = /^(?:0x)?(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{32}|[0-9A-F]{40})$/;

/** Enough of a value to make a secret of a name such as `KEY`: long, in one piece, and more than a word or a number. */
const isSubstantial = (value: string): boolean =>
  /^\S{8,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && !fingerprint.test(value);

function byName(name: string, value: string): SecretVerdict | null {
  const whole = { start: 0, end: value.length };
  const promise = namePromise(name);
  if (promise === null) {
    if (!looksRandom(value) || isOpenName(name)) return null;
    return { ...whole, certain: false, reason: 'random', what: 'a value that looks like a key' };
  }
  if (promise === 'carrier' || isPlaceholder(value) || pointsElsewhere(value)) return null;
  if (promise === 'perhaps' && !isSubstantial(value)) return null;
  return { ...whole, certain: looksRandom(value), reason: 'name', what: 'judging by its name' };
}

/** A value that is one reference is what it falls back to: `${PASSWORD:-secret}`. */
function soleFallback(value: string, references: readonly Reference[]): Reference['fallback'] {
  const [only, ...others] = references;
  const isSole = others.length === 0 && only?.start === 0 && only.end === value.length;
  return isSole ? only.fallback : null;
}

/** The password of a URL that a reference falls back to: `postgres://app:${PASSWORD:-secret}@db`. */
function fallbackInUrl(text: string, references: readonly Reference[]): SecretVerdict | null {
  const [whole, password = ''] = (text.includes('@') ? urlPassword.exec(text) : null) ?? [];
  if (whole === undefined) return null;
  const start = text.indexOf(whole) + whole.lastIndexOf(`:${password}@`) + 1;
  const end = start + password.length;
  const fallback = references.find(reference => reference.start === start && reference.end === end)?.fallback;
  if (!fallback || fallback.text.includes('$') || !isLiteral(fallback.text)) return null;
  const place = { start: fallback.start, end: fallback.start + fallback.text.length };
  return { ...place, certain: true, reason: 'url', what: 'a password in a URL' };
}

/** Fallbacks within fallbacks that are followed. */
const deepest = 8;

function judge(name: string, value: string, depth: number): SecretVerdict | null {
  const references = value.includes('$') ? referencesIn(value) : [];
  const fallback = depth < deepest ? soleFallback(value, references) : null;
  if (fallback !== null) {
    const verdict = judge(name, fallback.text, depth + 1);
    return (
      verdict && { ...verdict, start: verdict.start + fallback.start, end: verdict.end + fallback.start }
    );
  }
  const text = maskReferences(value, references);
  const found = secretIn(text);
  if (found !== null) {
    const { kind, ...rest } = found;
    return { certain: true, reason: kind, ...rest };
  }
  return references.length > 0 ? fallbackInUrl(text, references) : byName(name, value);
}

/**
 * Does a variable of that name hold a secret? Null where it does not, where the value comes from elsewhere (a variable,
 * a file) or stands for one (`<token>`, `xxx`). An empty value holds none: see `secretName` for what it will hold.
 */
export const judgeSecret = (name: string, value: string): SecretVerdict | null =>
  value.length > longest ? null : judge(name, value, 0);

/** Will a variable of that name be given a secret by others? Its own value is none, stands for one or refers to one. */
export function awaitsSecret(name: string, value: string): boolean {
  if (!secretName(name) || isSetting(value)) return false;
  const references = value.includes('$') ? referencesIn(value) : [];
  const isReference =
    references.length === 1 && references[0]?.start === 0 && references[0].end === value.length;
  return isReference || isPlaceholder(value);
}

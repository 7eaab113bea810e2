// Does a text look as if a machine had drawn its characters?

const shortest = 20;
const longest = 512;
/** Bits for each character that a drawn text of this length reaches and words do not. */
const leastEntropy = 3.9;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const hexadecimal = /^(?:0x)?[0-9a-f]+$/i;

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of plain text is no secret by its look. */
function encodesText(text: string): boolean {
  let bits = 0;
  let held = 0;
  for (const character of text.replace(/=+$/, '')) {
    const value = alphabet.indexOf(character);
    if (value < 0) return false;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const byte = (bits >> held) & 0xff;
    if ((byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) || byte > 0x7e) return false;
  }
  return true;
}

/** How often the kind of character changes: words keep to one kind for long. */
function changes(text: string): number {
  const kinds = [...text].map(character =>
    /[a-z]/.test(character) ? 'a' : /[A-Z]/.test(character) ? 'A' : /\d/.test(character) ? '0' : '-',
  );
  return kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
}

/**
 * Holds a run of at least 20 letters of both cases and digits in no order. Digests and UUIDs are drawn too, but are
 * public as a rule.
 */
export function looksRandom(text: string): boolean {
  if (text.length < shortest || text.length > longest || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return false;
  if (uuid.test(text) || hexadecimal.test(text) || encodesText(text)) return false;
  const runs = text.split(/[-_+/=]/);
  const run = runs.reduce((best, next) => (next.length > best.length ? next : best));
  const digitRuns = run.match(/\d+/g) ?? [];
  if (run.length < shortest || digitRuns.length < 3 || !/[a-z]/.test(run) || !/[A-Z]/.test(run)) return false;
  return changes(run) >= run.length / 3 && entropy(run) >= leastEntropy;
}

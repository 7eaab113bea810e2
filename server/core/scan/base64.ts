// Base64 without Node and without a DOM.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The UTF-8 text behind it; null where it is none. */
export function decodeBase64(text: string): string | null {
  let escaped = '';
  let bits = 0;
  let held = 0;
  for (const digit of text.replace(/=+$/, '')) {
    const value = digits.indexOf(digit);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      escaped += `%${((bits >> held) & 0xff).toString(16).padStart(2, '0')}`;
    }
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return null;
  }
}

// Texts that Compose reads as something else: what it makes of them, and what was meant where it refuses them.
import type { Cast, Format } from './schema.ts';

/** Units of a week and a day are Compose's own. */
const duration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))+)$/;
const bytes = /^(?:-?\d+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)? ?(?:[kmgtp]?(?:i?b)?|[kmgtp]))$/i;
const decimal = /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[-+]?\d+)?$/i;
const notDecimal = /^[-+]?(?:inf(?:inity)?|nan|0x[\da-f.]+(?:p[-+]?\d+)?)$/i;

const formats: { readonly [F in Format]: (text: string) => boolean } = {
  duration: text => duration.test(text),
  bytes: text => bytes.test(text),
  number: text => decimal.test(text) || notDecimal.test(text),
};

export const hasFormat = (format: Format, text: string): boolean => formats[format](text);

const yes = /^(?:true|y|yes|on)$/i;
const no = /^(?:false|n|no|off)$/i;
const mask = /^0[xX][\da-fA-F]+$|^0[bB][01]+$|^0[oO]?[0-7]+$|^\d+$/;

const casts: { readonly [C in Cast]: (text: string) => number | boolean | null } = {
  boolean: text => (yes.test(text) ? true : no.test(text) ? false : null),
  integer: text => (/^[-+]?\d+$/.test(text) ? Number(text) : null),
  number: text => (formats.number(text) ? Number(text.replaceAll('_', '')) : null),
  mask: text => (mask.test(text) ? Number(text.replace(/^0[oO]?(?=[0-7])/, '0o')) : null),
};

/** The value that Compose makes of a text; null where it refuses it. */
export const castText = (cast: Cast, text: string): number | boolean | null => casts[cast](text);

const wantedTexts: { readonly [Kind in Cast | Format]: string } = {
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  mask: 'a mask such as "0022"',
  duration: 'a duration such as 1m30s',
  bytes: 'a size such as 512m or 1.5g',
};

export const wantedText = (kind: Cast | Format): string => wantedTexts[kind];

const longUnits: Readonly<Record<string, string>> = {
  sec: 's',
  second: 's',
  min: 'm',
  minute: 'm',
  hr: 'h',
  hour: 'h',
  day: 'd',
  week: 'w',
  msec: 'ms',
};

function meantDuration(text: string): string | null {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) *([a-z]*)$/i.exec(text) ?? [];
  if (number === '') return null;
  const plain = unit.toLowerCase().replace(/s$/, '');
  const short = unit === '' ? 's' : (longUnits[plain] ?? unit.toLowerCase());
  return number + short;
}

/** True where a text is read without complaint, whatever else the place takes. */
export const fitsAsText = (kind: { cast: Cast | null; format: Format | null }, text: string): boolean =>
  (kind.cast === null || castText(kind.cast, text) !== null) &&
  (kind.format === null || hasFormat(kind.format, text));

const switches: Readonly<Record<string, string>> = { '0': 'false', '1': 'true' };

/** The text that was most likely meant by one that is refused: `30` for a duration, `1Gi` as Kubernetes has it. */
export function meantText(kind: Cast | Format, text: string): string | null {
  if (kind === 'boolean') return switches[text] ?? null;
  const wanted = kind === 'duration' ? meantDuration(text.trim()) : text.trim().replace(',', '.');
  const meant =
    kind === 'bytes' ? (wanted?.replace(/(?<=[kmgtp])i$/i, '').replace(/ytes?$/i, '') ?? null) : wanted;
  if (meant === null || meant === text) return null;
  const fits = kind in formats ? hasFormat(kind as Format, meant) : castText(kind as Cast, meant) !== null;
  return fits ? meant : null;
}

// Durations as Go writes them: 1h30m, 1.5s, 300ms.

const unitsInNanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** What a duration may not exceed: 64 bits of nanoseconds. */
const longest = 2 ** 63;

export type Duration =
  | { readonly kind: 'duration'; readonly nanoseconds: number }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'missing-unit' }
  | { readonly kind: 'unknown-unit'; readonly unit: string };

const invalid: Duration = { kind: 'invalid' };

/** What a text says, or the first thing that is wrong with it. */
export function readDuration(text: string): Duration {
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return { kind: 'duration', nanoseconds: 0 };
  if (rest === '') return invalid;
  let total = 0;
  for (let at = 0; at < rest.length; ) {
    const [, number = '', unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)([^\d.]*)/.exec(rest.slice(at)) ?? [];
    if (number === '') return invalid;
    if (unit === '') return { kind: 'missing-unit' };
    if (!Object.hasOwn(unitsInNanoseconds, unit)) return { kind: 'unknown-unit', unit };
    total += Number(number) * (unitsInNanoseconds[unit] ?? 0);
    at += number.length + unit.length;
  }
  if (total >= longest) return invalid;
  return { kind: 'duration', nanoseconds: sign === '-' ? -total : total };
}

/** What people write for the units. */
const meantUnits: Readonly<Record<string, string>> = {
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  msec: 'ms',
  msecs: 'ms',
  millis: 'ms',
  milliseconds: 'ms',
};

/** The duration that was most likely meant by a text that is none; null where that cannot be told. */
export function meantDuration(text: string): string | null {
  if (/^\d+(?:\.\d+)?$/.test(text)) return `${text}s`;
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(text) ?? [];
  const meant = meantUnits[unit.toLowerCase()] ?? unit.toLowerCase();
  return number !== undefined && Object.hasOwn(unitsInNanoseconds, meant) ? number + meant : null;
}

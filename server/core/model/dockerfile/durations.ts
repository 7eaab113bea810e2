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

/** Nanoseconds, or null where the text is no duration. */
export function durationOf(text: string): number | null {
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return 0;
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return null;
  let total = 0;
  for (const [, number, unit = ''] of rest.matchAll(/([\d.]+)([^\d.]+)/g)) {
    total += Number(number) * (unitsInNanoseconds[unit] ?? 0);
  }
  if (total >= longest) return null;
  return sign === '-' ? -total : total;
}

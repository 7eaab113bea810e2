// Units: sizes and durations as Compose reads them, and durations as it shows them.
import { Refusal } from './value.ts';

const powers: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5 };

/** `512m`, `1.5 GiB`, `640kb`, a plain number; only a plain one may be negative. */
export function parseBytes(text: string): number {
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  const [, amount, unit = ''] = /^(\d+(?:\.\d*)?|\.\d+) ?([a-zA-Z]*)$/.exec(text) ?? [];
  if (amount === undefined) throw new Refusal(`invalid size: '${text}'`);
  const [, power] = /^(?:b|([kmgtp])(?:i?b)?)?$/i.exec(unit) ?? [null, null];
  if (power === null) throw new Refusal(`invalid suffix: '${unit}'`);
  return Math.trunc(Number(amount) * 1024 ** (power ? (powers[power.toLowerCase()] ?? 0) : 0));
}

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
  d: 86_400e9,
  w: 604_800e9,
};

const durationPart = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w)/y;

/** In nanoseconds: `1m30s`, `1.5h`, `2d`. */
export function parseDuration(text: string): number {
  const unsigned = text.replace(/^[-+]/, '');
  if (unsigned === '0') return 0;
  let [total, offset] = [0, 0];
  while (offset < unsigned.length) {
    durationPart.lastIndex = offset;
    const [all, amount = '', unit = ''] = durationPart.exec(unsigned) ?? [];
    if (all === undefined) break;
    total += Math.trunc(Number(amount) * (nanoseconds[unit] ?? 0));
    offset += all.length;
  }
  if (offset < unsigned.length || offset === 0) throw new Refusal(`invalid duration "${text}"`);
  return text.startsWith('-') ? -total : total;
}

const decimals = (value: number, unit: number): string => String(value / unit);

/** As Go shows it: `1m30s`, `1h0m0s`, `500ms`. */
export function showDuration(total: number): string {
  if (total === 0) return '0s';
  const sign = total < 0 ? '-' : '';
  const value = Math.abs(total);
  if (value < 1e3) return `${sign}${value}ns`;
  if (value < 1e6) return `${sign}${decimals(value, 1e3)}µs`;
  if (value < 1e9) return `${sign}${decimals(value, 1e6)}ms`;
  const hours = Math.floor(value / 3_600e9);
  const minutes = Math.floor((value % 3_600e9) / 60e9);
  const seconds = `${decimals(value % 60e9, 1e9)}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}

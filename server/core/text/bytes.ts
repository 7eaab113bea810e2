// Counts of bytes, as people write and read them.

const powers: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** `200MB`, `1.5 GiB`, `80m`, `1000`; null for a text that is none. */
export function parseBytes(text: string): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*(?:([kmgt]i?)?b?)$/i.exec(text.trim()) ?? [];
  const power = powers[unit.toLowerCase()];
  return amount === undefined || power === undefined ? null : Math.round(Number(amount) * power);
}

/** In units of a thousand, as engines tell them: `61.2 MB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = Math.abs(bytes);
  let unit = 0;
  for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1e3;
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${bytes < 0 ? '-' : ''}${value.toFixed(digits).replace(/\.0$/, '')} ${units[unit]}`;
}

/** A count of bytes, or a share of all. */
export type Limit = { readonly bytes: number } | { readonly percent: number };

/** `200MB`, and where it may be a share also `5%`; null for what is neither. */
export function parseLimit(text: string, mayBeShare: boolean): Limit | null {
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1];
  if (percent !== undefined)
    return mayBeShare && Number(percent) <= 100 ? { percent: Number(percent) } : null;
  const bytes = parseBytes(text);
  return bytes === null ? null : { bytes };
}

export const limitText = (limit: Limit): string =>
  'bytes' in limit ? bytesText(limit.bytes) : `${limit.percent}%`;

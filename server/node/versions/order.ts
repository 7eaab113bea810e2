// The order of versions, as package managers of systems see it: numbers by value, words by letters, `~` before the end.

/** Parts: numbers, words, and the signs that mean something. */
const partsOf = (version: string): string[] => version.match(/\d+|[a-zA-Z]+|[~^_:]/g) ?? [];

/** Of Alpine: what stands behind `_` comes before the release, or after it. */
const early = new Set(['alpha', 'beta', 'pre', 'rc']);

/** Where parts are of different kinds, the one that weighs more is later; the end of a version weighs nothing. */
function weightOf(parts: readonly string[], at: number): number {
  const part = parts[at];
  if (part === undefined) return 0;
  if (part === '~') return -1;
  if (part === '_') return early.has(parts[at + 1] ?? '') ? -1 : 2;
  return /^\d/.test(part) ? 3 : 1;
}

function compareParts(a: string, b: string): number {
  const [x, y] = /^\d/.test(a) ? [BigInt(a), BigInt(b)] : [a, b];
  return Number(x > y) - Number(x < y);
}

/** The number before `:` outweighs all else; without one it is 0. */
function splitEpoch(version: string): readonly [epoch: string, rest: string] {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(version) ?? [];
  return [epoch, rest];
}

/** Negative where the first one is earlier. */
export function compareVersions(one: string, other: string): number {
  const [[epochA, restA], [epochB, restB]] = [splitEpoch(one), splitEpoch(other)];
  const epochs = compareParts(epochA, epochB);
  if (epochs !== 0) return epochs;
  const [a, b] = [partsOf(restA), partsOf(restB)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const weights = weightOf(a, at) - weightOf(b, at);
    if (weights !== 0) return weights;
    const order = compareParts(a[at] ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

export const latestOf = (versions: readonly string[]): string | undefined =>
  versions.reduce<string | undefined>(
    (latest, version) => (latest === undefined || compareVersions(version, latest) > 0 ? version : latest),
    undefined,
  );

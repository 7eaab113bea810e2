// The order of versions, as package managers of systems see it: numbers by value, words by letters, `~` before the end.

/** Parts: numbers, words, and the signs that mean something. */
const partsOf = (version: string): string[] => version.match(/\d+|[a-zA-Z]+|[~^_:]/g) ?? [];

/** Of Alpine: what stands behind `_` comes before the release, or after it. */
const early = new Set(['alpha', 'beta', 'pre', 'rc']);

/** A version that goes on is later than one that ends, but for `~` and what Alpine puts before a release. */
function weightOf(parts: readonly string[], at: number): number {
  const part = parts[at];
  if (part === '~') return -1;
  if (part === '_') return early.has(parts[at + 1] ?? '') ? -1 : 2;
  return part === undefined ? 0 : 1;
}

function compareParts(a: string, b: string): number {
  const [isNumberA, isNumberB] = [/^\d/.test(a), /^\d/.test(b)];
  if (isNumberA && isNumberB) {
    const [x, y] = [BigInt(a), BigInt(b)];
    return Number(x > y) - Number(x < y);
  }
  // A number is later than a word.
  if (isNumberA !== isNumberB) return isNumberA ? 1 : -1;
  return Number(a > b) - Number(a < b);
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
    const [partA, partB] = [a[at], b[at]];
    const weights = weightOf(a, at) - weightOf(b, at);
    if (weights !== 0 && (partA === undefined || partB === undefined || /[~_]/.test(partA + partB)))
      return weights;
    const order = compareParts(partA ?? '', partB ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

export const latestOf = (versions: readonly string[]): string | undefined =>
  versions.reduce<string | undefined>(
    (latest, version) => (latest === undefined || compareVersions(version, latest) > 0 ? version : latest),
    undefined,
  );

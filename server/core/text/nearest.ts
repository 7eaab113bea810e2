// Nearest name: what somebody probably meant by a misspelt word.

/** Edit distance with transpositions of neighbours, given up (as `limit + 1`) beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}

const usualLimit = ({ length }: string): number => (length <= 3 ? 1 : Math.min(3, Math.ceil(length / 3)));

/** The candidate closest to `word`, ignoring case, or undefined where none is close enough to be meant. */
export function nearestName(
  word: string,
  candidates: Iterable<string>,
  furthest = usualLimit(word),
): string | undefined {
  const wanted = word.toLowerCase();
  let limit = furthest;
  let found: string | undefined;
  for (const candidate of candidates) {
    const steps = distance(wanted, candidate.toLowerCase(), limit);
    if (steps > limit || (found !== undefined && steps === limit)) continue;
    found = candidate;
    limit = steps;
    if (steps === 0) break;
  }
  return found;
}

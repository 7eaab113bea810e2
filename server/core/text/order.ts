// Order: lists of names or numbers put in order, those that are alike left as they stand.

type Compare<T> = (a: T, b: T) => number;

/** Regardless of case, then by character: the same on every machine. */
export function byName(a: string, b: string): number {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  if (first !== second) return first < second ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** For each place the index of what belongs there. */
export const orderOf = <T>(values: readonly T[], compare: Compare<T>): readonly number[] =>
  values
    .map((value, index) => ({ value, index }))
    .sort((a, b) => compare(a.value, b.value) || a.index - b.index)
    .map(({ index }) => index);

/** The index of the first value that belongs in front of the one above it; -1 where all are in order. */
export const firstMisplaced = <T>(values: readonly T[], compare: Compare<T>): number =>
  values.findIndex((value, index) => {
    const above = values[index - 1];
    return index > 0 && above !== undefined && compare(above, value) > 0;
  });

// Results that are made on first use and kept. What is kept depends on the key alone, so nobody can see the difference.

/** The same function, called once for each key. Keys must come from a bounded set, such as the lines of a table. */
export function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return key => {
    const known = made.get(key);
    if (known !== undefined || made.has(key)) return known as V;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

/** The lines of a table: the first word, and what stands behind it. */
export const linesByName = remember(
  (table: string): ReadonlyMap<string, string> =>
    new Map(
      table
        .trim()
        .split('\n')
        .map(line => {
          const blank = line.indexOf(' ');
          return [line.slice(0, blank), line.slice(blank + 1)];
        }),
    ),
);

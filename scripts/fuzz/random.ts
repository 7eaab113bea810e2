// Random choices that a seed repeats.

export interface Random {
  /** A whole number from 0 up to, but without, the bound. */
  below(bound: number): number;
  one<T>(from: readonly [T, ...T[]]): T;
}

/** The mulberry32 generator: small, fast, and even enough to choose places in a text. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return { below, one: from => from[below(from.length)] ?? from[0] };
}

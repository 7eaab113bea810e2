// How much of what could be tried is tried: a part each time somebody runs the tests, all of it in `.ci/run`.

/** The first number; in a thorough run the second. */
export const quickOr = (quick: number, thorough: number): number =>
  process.env.BULKHEAD_TESTS === 'thorough' ? thorough : quick;

/** Of real files every fourth. */
export const sampleOf = <T>(files: readonly T[]): T[] =>
  files.filter((_, index) => index % quickOr(4, 1) === 0);

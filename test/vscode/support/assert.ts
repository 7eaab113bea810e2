// Assertions where Node has none: stands in for `node:assert/strict` in the suite for a browser, as far as it is used.

class AssertionError extends Error {}

const textOf = (value: unknown): string => JSON.stringify(value) ?? String(value);

const assert = {
  fail(message: string): never {
    throw new AssertionError(message);
  },
  ok(value: unknown, message = `${textOf(value)} is not true.`): asserts value {
    if (!value) assert.fail(message);
  },
  equal(actual: unknown, expected: unknown): void {
    if (!Object.is(actual, expected)) assert.fail(`${textOf(actual)} is not ${textOf(expected)}.`);
  },
  deepEqual(actual: unknown, expected: unknown): void {
    if (textOf(actual) !== textOf(expected)) assert.fail(`${textOf(actual)} is not ${textOf(expected)}.`);
  },
  match(text: string, pattern: RegExp): void {
    if (!pattern.test(text)) assert.fail(`${textOf(text)} does not match ${pattern}.`);
  },
};

// biome-ignore lint/style/noDefaultExport: as the module that it stands in for.
export default assert;

// Any text gives a model: nothing throws, and every place lies in the file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildkitView } from '../../server/core/model/dockerfile/buildkit-view.ts';
import { lazyObjects } from '../../server/core/model/dockerfile/lazy.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { samples } from './dockerfile/samples.ts';

const isSpan = (value: object): value is { start: number; end: number } =>
  'start' in value && 'end' in value && Object.keys(value).length === 2;

/** Reads everything that a value holds, getters included, and answers the places in it. */
function placesIn(root: object): { start: number; end: number }[] {
  const seen = new Set<object>();
  const places: { start: number; end: number }[] = [];
  const open: object[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (isSpan(value)) places.push(value);
    const parts =
      value instanceof Map || value instanceof Set ? [...value.values()] : Object.values(own(value));
    for (const part of parts) if (typeof part === 'object' && part !== null) open.push(part);
  }
  return places;
}

/** All properties, those of the prototype included. */
function own(value: object): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const name in value) {
    // Places in joined lines are none in the file.
    if (name !== 'origin' && name !== 'split' && name !== 'self' && name !== 'place' && name !== 'scan') {
      all[name] = Reflect.get(value, name);
    }
  }
  return all;
}

function check(text: string): void {
  const model = parseDockerfile(text);
  for (const { start, end } of placesIn(model)) {
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}-${end} of ${JSON.stringify(text)}`);
  }
  for (const { body, after } of model.instructions) {
    for (const { from, at, length } of body.segments) {
      assert.equal(text.slice(at, at + length), body.text.slice(from, from + length));
    }
    for (const { name } of after.variables()) assert.equal(after.variable(name)?.name, name);
  }
  buildkitView(model);
}

for (const [index, sample] of samples.entries()) {
  test(`sample ${index} cut at any seventh character`, () => {
    for (let end = sample.length; end >= 0; end -= 7) check(sample.slice(0, end));
    for (let start = 1; start < sample.length; start += 7) check(sample.slice(start));
  });

  test(`sample ${index} with other line ends`, () => {
    check(sample.replaceAll('\r\n', '\n'));
    check(sample.replace(/\r?\n/g, '\r\n'));
    check(sample.replace(/\r?\n/g, '\r'));
  });
}

test('samples with lines of one another', () => {
  const lines = samples.flatMap(sample => sample.split('\n'));
  for (const sample of samples) {
    const own = sample.split('\n');
    lines.forEach((line, index) => {
      const at = (index * 7) % own.length;
      check([...own.slice(0, at), line, ...own.slice(at + (index % 3))].join('\n'));
    });
  }
});

// biome-ignore format: one row a case
const hostile: readonly [name: string, text: string][] = [
  ['many flags', `FROM a\nRUN ${'--a '.repeat(20_000)}`],
  ['many pairs', `FROM a\nENV ${'a=$a '.repeat(20_000)}`],
  ['many lines of one instruction', `FROM a\nCMD ["a", \\\n${'"b", \\\n'.repeat(20_000)}"c"]`],
  ['many triggers of triggers', `FROM a\n${'ONBUILD '.repeat(20_000)}RUN b`],
  ['many stages, each made from the last', 'FROM a AS a\nWORKDIR b\n'.repeat(5_000)],
  ['values that double', `FROM a\nENV A=aaaa\n${'ENV A=$A$A\n'.repeat(200)}`],
  ['a long way to a heredoc that is none', `FROM a\nRUN <<${' '.repeat(60_000)}<\nb`],
  ['many quotes', `FROM a\nRUN --mount=${'\\"'.repeat(20_000)} b`],
  ['a long number', `FROM a\nHEALTHCHECK --interval=${'1'.repeat(60_000)} CMD b`],
];
for (const [name, text] of hostile) {
  test(`hostile: ${name}`, { timeout: 20_000 }, () => {
    const model = parseDockerfile(text);
    assert.ok(model.instructions.length > 0);
    assert.ok(model.problems.length >= 0);
    for (const instruction of model.instructions) {
      assert.ok(instruction.after.user.setAt !== undefined);
      if ('pairs' in instruction) assert.ok(instruction.pairs.every(pair => pair.resolved !== undefined));
    }
  });
}

test('a derived property is computed at its first use, and once', () => {
  let runs = 0;
  const make = lazyObjects<{ given: number }, { sum: number; nothing: null }>({
    sum: self => {
      runs++;
      return self.given + 1;
    },
    nothing: () => {
      runs++;
      return null;
    },
  });
  const object = make({ given: 1 });
  assert.equal(runs, 0);
  assert.deepEqual([object.sum, object.sum, object.nothing, object.nothing], [2, 2, null, null]);
  assert.equal(runs, 2);
});

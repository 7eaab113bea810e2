import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, type Option, option, optionSchema, optionValues } from '../../server/core/engine/options.ts';

const fitRows: readonly [option: Option, value: unknown, expected: boolean][] = [
  [option.boolean(true, ''), false, true],
  [option.boolean(true, ''), 'false', false],
  [option.number(1, ''), 2, true],
  [option.number(1, ''), '2', false],
  [option.string('', ''), 'x', true],
  [option.string('', ''), ['x'], false],
  [option.strings([], ''), ['x', 'y'], true],
  [option.strings([], ''), [], true],
  [option.strings([], ''), ['x', 1], false],
  [option.strings([], ''), 'x', false],
];
for (const [declared, value, expected] of fitRows) {
  test(`options: ${JSON.stringify(value)} ${expected ? 'fits' : 'does not fit'} ${declared.kind}`, () => {
    assert.equal(fits(declared, value), expected);
  });
}

test('options: what fits is taken, the default stands for the rest, unknown names are dropped', () => {
  const options = {
    limit: option.number(3, ''),
    names: option.strings(['a'], ''),
    strict: option.boolean(false, ''),
  };
  assert.deepEqual(optionValues(options, { limit: 5, names: 'b', other: 1 }), {
    limit: 5,
    names: ['a'],
    strict: false,
  });
});

test('options: the schema carries type, default and text', () => {
  assert.deepEqual(optionSchema(option.strings(['a'], 'Names.')), {
    type: 'array',
    items: { type: 'string' },
    default: ['a'],
    description: 'Names.',
  });
  assert.deepEqual(optionSchema(option.number(3, 'Most.')), {
    type: 'number',
    default: 3,
    description: 'Most.',
  });
});

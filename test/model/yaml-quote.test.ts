import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from '../../server/core/model/yaml/adapter.ts';
import { quoteScalar } from '../../server/core/model/yaml/quote.ts';
import { styleOf } from '../../server/core/model/yaml/style.ts';

// biome-ignore format: one row a case
const quoteRows: readonly [text: string, single: string, double: string, inFlow?: string][] = [
  ['abc', 'abc', 'abc'],
  ['a b', 'a b', 'a b'],
  ['30s', '30s', '30s'],
  ['no-new-privileges:true', 'no-new-privileges:true', 'no-new-privileges:true'],
  ['./a:/b:ro', './a:/b:ro', './a:/b:ro'],
  ['${A:?}', '${A:?}', '${A:?}', '"${A:?}"'],
  ['127.0.0.1', '127.0.0.1', '127.0.0.1'],
  ['a, b', 'a, b', 'a, b', '"a, b"'],
  ['[a]', "'[a]'", '"[a]"'],
  ['', "''", '""'],
  ['true', "'true'", '"true"'],
  ['No', "'No'", '"No"'],
  ['null', "'null'", '"null"'],
  ['~', "'~'", '"~"'],
  ['1000', "'1000'", '"1000"'],
  ['-1.5e3', "'-1.5e3'", '"-1.5e3"'],
  ['0x1F', "'0x1F'", '"0x1F"'],
  ['8080:80', "'8080:80'", '"8080:80"'],
  ['2024-01-02', "'2024-01-02'", '"2024-01-02"'],
  ['a: b', "'a: b'", '"a: b"'],
  ['a:', "'a:'", '"a:"'],
  ['a #b', "'a #b'", '"a #b"'],
  ['a#b', 'a#b', 'a#b'],
  [' a', "' a'", '" a"'],
  ['- a', "'- a'", '"- a"'],
  ['-a', '-a', '-a'],
  ['---', "'---'", '"---"'],
  ['*', "'*'", '"*"'],
  ['@a', "'@a'", '"@a"'],
  ['it\'s', "it's", "it's"],
  ["'a'", "'''a'''", '"\'a\'"'],
  ['"a"', "'\"a\"'", '"\\"a\\""'],
  ['a\\b', 'a\\b', 'a\\b'],
  ['a\nb', '"a\\nb"', '"a\\nb"'],
  ['a\tb', '"a\\tb"', '"a\\tb"'],
  ['\x7F\u2028', '"\\u007f\\u2028"', '"\\u007f\\u2028"'],
  ['é\u{1F600}', 'é\u{1F600}', 'é\u{1F600}'],
  ['<<', "'<<'", '"<<"'],
];
for (const [text, single, double, inFlow = double] of quoteRows) {
  test(`YAML quotes: ${JSON.stringify(text)}`, () => {
    assert.equal(quoteScalar(text, { quote: "'" }), single);
    assert.equal(quoteScalar(text, { quote: '"' }), double);
    assert.equal(quoteScalar(text, { quote: '"' }, true), inFlow);
    for (const written of [`a: ${single}`, `a: ${double}`, `{a: ${inFlow}}`, `- ${double}`, `${double}: b`]) {
      const { root, problems } = parseYaml(written);
      const pair = root?.kind === 'map' ? root.pairs[0] : undefined;
      const scalar =
        root?.kind === 'sequence' ? root.items[0] : pair?.key.text === 'a' ? pair.value : pair?.key;
      assert.deepEqual(problems, []);
      assert.ok(scalar?.kind === 'scalar' && scalar.value === text, written);
    }
  });
}

// biome-ignore format: one row a case
const styleRows: readonly [name: string, text: string, step: number, dash: number, quote: string][] = [
  ['an empty text', '', 2, 2, '"'],
  ['two columns', 'a:\n  b:\n    c: 1\n    d:\n      - 2\n', 2, 2, '"'],
  ['four columns', 'a:\n    b:\n        c: 1\n', 4, 4, '"'],
  ['four columns, lists by two', 'a:\n    b:\n      - 1\n', 4, 2, '"'],
  ['lists without indentation', 'a:\n  b:\n  - 1\n', 2, 0, '"'],
  ['flow is no measure', 'a: {\n      b: [\n 1]}\nc:\n   d: 1\n', 3, 3, '"'],
  ['most quotes are single', "a: 'b'\nc: ['d', \"e\"]\n", 2, 2, "'"],
  ['as many single as double quotes', "a: 'b'\n\"c\": d\n", 2, 2, '"'],
  ['behind an anchor and a byte order mark', '\uFEFFa: &b\n   c: 1\n', 3, 3, '"'],
];
for (const [name, text, step, dash, quote] of styleRows) {
  test(`YAML style: ${name}`, () => {
    assert.deepEqual(styleOf(parseYaml(text).root, text), { eol: '\n', step, dash, quote });
    const windows = text.replaceAll('\n', '\r\n');
    const eol = text === '' ? '\n' : '\r\n';
    assert.deepEqual(styleOf(parseYaml(windows).root, windows), { eol, step, dash, quote });
  });
}

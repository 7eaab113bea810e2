import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from '../../server/core/model/yaml/adapter.ts';
import type { YamlScalar } from '../../server/core/model/yaml/node.ts';
import { scalarText } from '../../server/core/model/yaml/scalar-text.ts';
import { fileSpan, type MappedText } from '../../server/core/text/mapped-text.ts';
import { span } from '../../server/core/text/span.ts';

/** The scalar behind the only key of a text. */
function scalarOf(text: string): YamlScalar {
  const { root } = parseYaml(text);
  const value = root?.kind === 'map' ? root.pairs[0]?.value : null;
  assert.ok(value?.kind === 'scalar');
  return value;
}

/** Each character of the text with what stands for it in the file; line ends and blanks may be inserted. */
function spelling({ text, segments }: MappedText, file: string): string[] {
  return [...text].map((char, index) => {
    const where = fileSpan({ text, segments }, span(index, index + 1));
    return file.slice(where.start, where.end) || char;
  });
}

// biome-ignore format: one row a case
const textRows: readonly [name: string, value: string, text: string][] = [
  ['plain', 'x y # c', 'x y'],
  ['plain over lines', 'x\n  y\n\n  z', 'x y\nz'],
  ['plain, blanks at line ends', 'x  \n   y', 'x y'],
  ['single', "'x y'", 'x y'],
  ['single with a quote in it', "'it''s'''", "it's'"],
  ['single over lines', "'x\n  y\n\n\n  z'", 'x y\n\nz'],
  ['single, empty', "''", ''],
  ['double', '"x # y"', 'x # y'],
  ['double with escapes', '"a\\"b\\\\c\\td\\x41\\u00e9\\U0001F600\\/"', 'a"b\\c\tdAé\u{1F600}/'],
  ['double over lines', '"x  \n  y\n\n  z"', 'x y\nz'],
  ['double, an escaped line end', '"x \\\n   y"', 'x y'],
  ['double, escaped blanks stay', '"x\\ \n  \\ y"', 'x   y'],
  ['double, empty', '""', ''],
  ['literal', '|\n  x\n    y\n\n  z\n', 'x\n  y\n\nz\n'],
  ['literal, stripped', '|-\n  x\n\n', 'x'],
  ['literal, kept', '|+\n  x\n\n', 'x\n\n'],
  ['literal with an explicit indentation', '|2\n    x\n   y\n', '  x\n y\n'],
  ['literal, explicit and stripped', '|-1\n  x\n', ' x'],
  ['literal behind empty lines', '|\n\n\n  x\n', '\n\nx\n'],
  ['literal without a final line end', '|\n  x', 'x\n'],
  ['literal, empty', '|\n', ''],
  ['literal, empty and kept', '|+\n\n\n', '\n\n'],
  ['literal with a comment in its header', '| # c\n  x\n', 'x\n'],
  ['folded', '>\n  x\n  y\n\n  z\n', 'x y\nz\n'],
  ['folded around more indented lines', '>\n  a\n  b\n    c\n    d\n  e\n  f\n', 'a b\n  c\n  d\ne f\n'],
  ['folded around an empty line before more indented ones', '>\n  a\n\n    b\n\n  c\n', 'a\n\n  b\n\nc\n'],
  ['folded behind empty lines', '>-\n\n  x\n  y\n', '\nx y'],
];
for (const [name, value, text] of textRows) {
  for (const [ending, file] of [
    ['', `a: ${value}`],
    [' (Windows)', `a: ${value}`.replaceAll('\n', '\r\n')],
  ] as const) {
    test(`YAML text: ${name}${ending}`, () => {
      const scalar = scalarOf(file);
      const mapped = scalarText(scalar, file);
      assert.equal(mapped.text, text);
      assert.equal(scalar.text, text);
    });
  }
}

// biome-ignore format: one row a case
const spellingRows: readonly [name: string, file: string, spelling: string[]][] = [
  ['plain', 'a: xy # c\n', ['x', 'y']],
  ['folded lines', 'a: x\n   y\n', ['x', ' ', 'y']],
  ['a doubled quote', "a: 'x''y'\n", ['x', "''", 'y']],
  ['escapes', 'a: "x\\"\\x41y"\n', ['x', '\\"', '\\x41', 'y']],
  ['a block', 'a: |\n  x\n   y\n', ['x', '\n', ' ', 'y', '\n']],
  ['a folded block', 'a: >-\n  x\n  y\n', ['x', ' ', 'y']],
];
for (const [name, file, expected] of spellingRows) {
  test(`YAML text, back to the file: ${name}`, () => {
    assert.deepEqual(spelling(scalarText(scalarOf(file), file), file), expected);
  });
}

test('YAML text: a span over an escape covers it as a whole', () => {
  const file = 'a: "run \\"x y\\" now"\n';
  const mapped = scalarText(scalarOf(file), file);
  const quoted = mapped.text.indexOf('"');
  const where = fileSpan(mapped, span(quoted, mapped.text.lastIndexOf('"') + 1));
  assert.equal(file.slice(where.start, where.end), '\\"x y\\"');
});

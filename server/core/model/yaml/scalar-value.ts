// Scalar values: what YAML 1.2's core schema makes of an unquoted text, or of a text under an explicit tag.

type Value = string | number | boolean | null;

const octal = /^0o[0-7]+$/;
const hexadecimal = /^0x[0-9a-fA-F]+$/;
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const infinity = /^[-+]?\.(?:inf|Inf|INF)$/;

const words = new Map<string, Value>([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['.nan', Number.NaN],
  ['.NaN', Number.NaN],
  ['.NAN', Number.NaN],
]);

export function plainValue(text: string): Value {
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  const digitSignOrDot = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!digitSignOrDot) return text;
  if (decimal.test(text) || octal.test(text) || hexadecimal.test(text)) return Number(text);
  if (infinity.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return text;
}

const typedTags = new Set(['!!int', '!!float', '!!bool', '!!null']);

/** The value of a scalar: `!!str` and `!` keep the text, `!!int` and its like read even a quoted one. */
export function scalarValue(text: string, plain: boolean, tag: string | null): Value {
  if (tag === '!!str' || tag === '!') return text;
  return plain || (tag !== null && typedTags.has(tag)) ? plainValue(text) : text;
}

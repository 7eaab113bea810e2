// Scalars under the schema: what Compose makes of one, and why it refuses it.
import { nearestName } from '../../../text/nearest.ts';
import type { YamlNode, YamlScalar } from '../../yaml/node.ts';
import type { SchemaProblemCode } from './problem-texts.ts';
import type { ValueType } from './schema.ts';
import type { Shape } from './shape.ts';
import { castText, fitsAsText, hasFormat, meantText } from './texts.ts';
import { choicesName, givenName, wantedName } from './words.ts';

/** What is wrong with a value, whatever its place. */
export interface Fault {
  readonly code: SchemaProblemCode;
  /** Fills the holes of the code's text, but for those that name the place. */
  readonly data: Readonly<Record<string, string>>;
  /** The text that was most likely meant. */
  readonly meant: string | null;
}

/** The value is for whoever runs the file to say. */
export const isInterpolated = ({ text }: YamlScalar): boolean => text.includes('$');

export const takes = ({ types }: Shape, type: ValueType): boolean =>
  types.includes(type) || (type === 'integer' && types.includes('number'));

function typeOf(value: string | number | boolean): ValueType {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' ? 'string' : 'boolean';
}

function wrongText(shape: Shape, text: string, meant: string | null): Fault {
  const hint = meant === null ? '' : ` Write ${meant}.`;
  return { code: 'wrong-text', data: { wanted: wantedName(shape), value: text, hint }, meant };
}

function unknownValue(text: string, choices: readonly string[]): Fault {
  const [part, ...more] = choices.filter(choice => choice.split('_').includes(text));
  const meant = nearestName(text, choices) ?? (more.length === 0 ? part : undefined) ?? null;
  const hint = meant === null ? '' : ` Did you mean "${meant}"?`;
  return { code: 'unknown-value', data: { wanted: choicesName(choices), value: text, hint }, meant };
}

/** The words among which a pattern such as `^(always|never)$` chooses; null where it is about characters. */
const wordsOf = (pattern: RegExp): readonly string[] | null => pattern.source.match(/[a-z_]{4,}(?=[|)])/g);

/** Of a map that is wanted, the key to which a text belongs by itself. */
const keyThatTakes = ({ fields }: Shape, text: string): string | undefined =>
  [...fields].find(([, { choices }]) => choices?.includes(text))?.[0];

/** A value of a type that is not taken, and the text that would be. */
export function wrongType(node: YamlNode, shape: Shape): Fault {
  const scalar = node.kind === 'scalar' && typeof node.value !== 'string' ? node : null;
  const asText = scalar !== null && takes(shape, 'string');
  const fits = asText && fitsAsText(shape, scalar.text);
  const kind = shape.cast ?? shape.format;
  const meant = asText && !fits && kind !== null ? meantText(kind, scalar.text) : null;
  const chosen = node.kind === 'scalar' ? keyThatTakes(shape, node.text) : undefined;
  const written = meant ?? (chosen && `{${chosen}: ${node.kind === 'scalar' ? node.text : ''}}`);
  const hint = written ? ` Write ${written}.` : fits ? ' Write it in quotes.' : '';
  return { code: 'wrong-type', data: { wanted: wantedName(shape), given: givenName(node), hint }, meant };
}

function textFault(text: string, shape: Shape): Fault | null {
  const { choices, pattern, format } = shape;
  if (choices !== null && !choices.includes(text)) return unknownValue(text, choices);
  if (pattern !== null && !pattern.test(text)) {
    const words = wordsOf(pattern);
    return words === null
      ? { code: 'invalid-name', data: { key: text, place: 'a container' }, meant: null }
      : unknownValue(text, words);
  }
  return format === null || hasFormat(format, text) ? null : wrongText(shape, text, meantText(format, text));
}

/** Null where Compose takes the scalar. Null values are judged elsewhere. */
export function scalarFault(node: YamlScalar, shape: Shape): Fault | null {
  const { cast, minimum, maximum } = shape;
  const value = node.value ?? '';
  const isText = typeof value === 'string';
  if (isText && cast !== null && isInterpolated(node)) return null;
  const given = isText && cast !== null ? castText(cast, value) : value;
  if (given === null) return wrongText(shape, node.text, cast && meantText(cast, node.text));
  if (!takes(shape, typeOf(given))) return wrongType(node, shape);
  if (typeof given === 'number' && (given < minimum || given > maximum)) {
    const data = { minimum: String(minimum), maximum: String(maximum), value: node.text };
    return { code: 'out-of-range', data, meant: null };
  }
  return typeof given !== 'string' || isInterpolated(node) ? null : textFault(given, shape);
}

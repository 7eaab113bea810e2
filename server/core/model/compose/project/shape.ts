// Shapes: what a value must be, and how it is shown: the types behind Compose's own output.
import { toBoolean } from './interpolate.ts';
import { parseBytes, parseDuration, showDuration } from './units.ts';
import {
  isNull,
  list,
  map,
  type Path,
  Refusal,
  type ScalarValue,
  scalar,
  spelled,
  stringIn,
  textOf,
  typeOf,
  type Value,
} from './value.ts';

/** Gives the value as it is shown; null where there is nothing to show. Throws a refusal where it is another kind. */
export type Shape = (value: Value, path: Path) => Value | null;

const refuse = (value: Value, path: Path, expected: string): Refusal =>
  new Refusal(`${spelled(path)} must be ${expected}, not ${typeOf(value)}`, value.from);

const at = (path: Path, value: Value, work: () => ScalarValue['value']): Value => {
  try {
    return { ...(value as ScalarValue), value: work() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${spelled(path)}: ${error.message}`, value.from);
  }
};

/** Text; a whole number counts as what it would print. */
export const string: Shape = (value, path) => {
  if (isNull(value)) return null;
  if (value.kind !== 'scalar' || value.isFloat || typeof value.value === 'boolean') {
    throw refuse(value, path, 'a string');
  }
  const text = textOf(value);
  return text === '' ? null : { ...value, value: text };
};

/** What would print, whatever it is. */
export const word: Shape = value =>
  value.kind === 'scalar' && !isNull(value) ? { ...value, value: textOf(value) } : null;

/** As a shape, where nothing is also shown. */
export const optional =
  (empty: ScalarValue['value'], shape: Shape): Shape =>
  (value, path) =>
    shape(value, path) ?? (isNull(value) ? null : scalar(empty, value.from));

export const boolean: Shape = (value, path) => {
  if (isNull(value)) return null;
  if (value.kind !== 'scalar') throw refuse(value, path, 'a boolean');
  const read =
    typeof value.value === 'string' ? at(path, value, () => toBoolean(textOf(value))) : (value as Value);
  if (read.kind !== 'scalar' || typeof read.value !== 'boolean') throw refuse(value, path, 'a boolean');
  return read.value ? read : null;
};

/** True is what goes without saying. */
export const optOut: Shape = (value, path) =>
  boolean(value, path) === null && !isNull(value) ? scalar(false, value.from) : null;

const numberOf = (value: Value, path: Path, expected: string): ScalarValue => {
  if (value.kind !== 'scalar' || typeof value.value === 'boolean') throw refuse(value, path, expected);
  const number = typeof value.value === 'number' ? value.value : Number(textOf(value) || Number.NaN);
  if (Number.isNaN(number)) throw refuse(value, path, expected);
  return { ...value, value: number };
};

export const number: Shape = (value, path) => {
  if (isNull(value)) return null;
  const read = numberOf(value, path, 'a number');
  return read.value === 0 ? null : read;
};

/** What stands behind the point of a number is cut off; that of a text is refused. */
export const integer: Shape = (value, path) => {
  if (isNull(value)) return null;
  const read = numberOf(value, path, 'an integer');
  const whole = Math.trunc(Number(read.value));
  if (whole !== read.value && stringIn(value) !== null) throw refuse(value, path, 'an integer');
  return whole === 0 ? null : { ...read, value: whole };
};

/** A number of things. */
export const natural: Shape = (value, path) => {
  const read = integer(value, path);
  if (read?.kind === 'scalar' && Number(read.value) < 0) throw refuse(value, path, 'zero or more');
  return read;
};

export const bytes: Shape = (value, path) => {
  if (isNull(value)) return null;
  if (value.kind !== 'scalar' || typeof value.value === 'boolean') throw refuse(value, path, 'a size');
  // Compose reads sizes from texts and whole numbers, and passes over any other number.
  if (value.isFloat) return null;
  const read = at(path, value, () => String(parseBytes(textOf(value))));
  return read.kind === 'scalar' && read.value === '0' ? null : read;
};

export const duration: Shape = (value, path) => {
  if (isNull(value)) return null;
  if (value.kind !== 'scalar' || typeof value.value === 'boolean') throw refuse(value, path, 'a duration');
  return at(path, value, () => showDuration(parseDuration(textOf(value))));
};

/** A duration that is not shown where it is none. */
export const pause: Shape = (value, path) => {
  const read = duration(value, path);
  return stringIn(read ?? undefined) === '0s' ? null : read;
};

/** As it is: extensions, and what the tables do not know. */
export const anything: Shape = value => value;

export const listOf =
  (shape: Shape, allowsOne = false): Shape =>
  (value, path) => {
    if (isNull(value)) return null;
    if (value.kind !== 'list' && !(allowsOne && value.kind === 'scalar')) throw refuse(value, path, 'a list');
    const items = value.kind === 'list' ? value.items : [value];
    const shown = items.flatMap((item, index) => shape(item, [...path, String(index)]) ?? []);
    return shown.length === 0 ? null : list(shown, value.from);
  };

/** A list whose items are text, empty ones too. */
export const strings = (allowsOne = false): Shape => listOf(optional('', string), allowsOne);

/** Numbers in it are printed as text. */
export const mapOf =
  (shape: Shape, showsNull = false): Shape =>
  (value, path) => {
    if (isNull(value)) return null;
    if (value.kind !== 'map') throw refuse(value, path, 'a mapping');
    const entries = [...value.entries].flatMap(([key, inner]): [string, Value][] => {
      const shown = shape(inner, [...path, key]);
      if (shown !== null) return [[key, shown]];
      return showsNull ? [[key, scalar(null, inner.from)]] : [];
    });
    return entries.length === 0 ? null : map(entries, value.from);
  };

export type Fields = Readonly<Record<string, Shape>>;

/** Extensions are not shown below the top. */
export const record =
  (fields: Fields, keepsEmpty = true): Shape =>
  (value, path) => {
    if (isNull(value)) return null;
    if (value.kind !== 'map') throw refuse(value, path, 'a mapping');
    const entries = [...value.entries].flatMap(([key, inner]): [string, Value][] => {
      if (key.startsWith('x-')) return [];
      const shape = Object.hasOwn(fields, key) ? fields[key] : anything;
      const shown = shape?.(inner, [...path, key]) ?? null;
      return shown === null ? [] : [[key, shown]];
    });
    return entries.length === 0 && !keepsEmpty ? null : map(entries, value.from);
  };

const pairText = (item: Value, path: Path): string => {
  if (item.kind !== 'scalar') throw refuse(item, path, 'a boolean, null, number or string');
  return textOf(item);
};

/** `NAME=value` items and maps alike as a map of text; `unset` is what a name without a value has. */
export const pairs =
  (unset: '' | null, checksNames = false): Shape =>
  (value, path) => {
    if (isNull(value)) return null;
    const entries = new Map<string, Value>();
    if (value.kind === 'list') {
      for (const item of value.items) {
        const text = pairText(item, path);
        const equals = text.indexOf('=');
        const name = equals < 0 ? text : text.slice(0, equals);
        if (checksNames && /\s$/.test(name)) {
          throw new Refusal(`environment variable ${name} is declared with a trailing space`, item.from);
        }
        const own: ScalarValue = item.kind === 'scalar' ? item : scalar(null);
        entries.set(name, { ...own, value: equals < 0 ? unset : text.slice(equals + 1) });
      }
    } else if (value.kind === 'map') {
      for (const [name, inner] of value.entries) {
        const text = pairText(inner, [...path, name]);
        const own: ScalarValue = inner.kind === 'scalar' ? inner : scalar(null);
        entries.set(name, { ...own, value: isNull(inner) ? unset : text });
      }
    } else {
      throw refuse(value, path, 'a mapping');
    }
    return entries.size === 0 ? null : map(entries, value.from);
  };

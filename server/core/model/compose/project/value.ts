// Values of a project: what its files say once aliases and merges are followed, each with the place it came from.
import type { Span } from '../../../text/span.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { goFloat } from './scalar.ts';

/** A file that a project is read from. */
export interface Source {
  /** As the host names it. */
  readonly path: string;
  readonly text: string;
}

export interface Origin {
  readonly source: Source;
  readonly span: Span;
  /** Null for a key without a value, and for what no YAML says (a line of an env file). */
  readonly node: YamlNode | null;
}

export type Value = ScalarValue | MapValue | ListValue;

interface ValueBase {
  /** Null for what nobody wrote: a default. */
  readonly from: Origin | null;
}

export interface ScalarValue extends ValueBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** A number that was written with a point or an exponent. */
  readonly isFloat?: boolean;
  /** The variables that were filled in. */
  readonly variables?: readonly Variable[];
}

export interface MapValue extends ValueBase {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Value>;
}

export interface ListValue extends ValueBase {
  readonly kind: 'list';
  readonly items: readonly Value[];
}

/** A variable with its value and who set it: a line of an env file, or null for the shell. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly from: Origin | null;
}

/** Variables by name. */
export type Environment = ReadonlyMap<string, Variable>;

/** Keys from the root down; an item of a list is `[]`. */
export type Path = readonly string[];

/** What Compose refuses, in one line. */
export class Refusal extends Error {
  readonly from: Origin | null;
  constructor(message: string, from: Origin | null = null) {
    super(message);
    this.from = from;
  }
}

export const scalar = (value: ScalarValue['value'], from: Origin | null = null): ScalarValue => ({
  kind: 'scalar',
  value,
  from,
});

export const map = (entries: Iterable<readonly [string, Value]>, from: Origin | null = null): MapValue => ({
  kind: 'map',
  entries: new Map(entries),
  from,
});

export const list = (items: readonly Value[], from: Origin | null = null): ListValue => ({
  kind: 'list',
  items,
  from,
});

export const isNull = (value: Value | undefined): boolean =>
  value === undefined || (value.kind === 'scalar' && value.value === null);

export const mapIn = (value: Value | undefined): MapValue | null => (value?.kind === 'map' ? value : null);

export const stringIn = (value: Value | undefined): string | null =>
  value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : null;

export const entry = (value: Value | undefined, ...path: Path): Value | undefined =>
  path.reduce<Value | undefined>((inner, key) => mapIn(inner)?.entries.get(key), value);

/** A map with some entries set anew, and those given as null taken out. */
export function withEntries(base: MapValue, changes: Readonly<Record<string, Value | null>>): MapValue {
  const entries = new Map(base.entries);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) entries.delete(key);
    else entries.set(key, value);
  }
  return { ...base, entries };
}

export const mapValues = (base: MapValue, change: (value: Value, key: string) => Value): MapValue => ({
  ...base,
  entries: new Map([...base.entries].map(([key, value]) => [key, change(value, key)])),
});

/** A value with what lies directly in it changed. */
export function mapBelow(value: Value, path: Path, change: (inner: Value, path: Path) => Value): Value {
  if (value.kind === 'scalar') return value;
  if (value.kind === 'list') {
    const next = [...path, '[]'];
    return { ...value, items: value.items.map(item => change(item, next)) };
  }
  return mapValues(value, (inner, key) => change(inner, [...path, key]));
}

/** Equal in what they say, wherever they were written. */
export function isSame(a: Value, b: Value): boolean {
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.value === b.value;
  if (a.kind === 'list') {
    return (
      b.kind === 'list' &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => isSame(item, b.items[index] ?? item))
    );
  }
  if (b.kind !== 'map' || a.entries.size !== b.entries.size) return false;
  return [...a.entries].every(([key, value]) => {
    const other = b.entries.get(key);
    return other !== undefined && isSame(value, other);
  });
}

/** The text that Compose makes of a scalar where it needs one. */
export function textOf(value: ScalarValue): string {
  if (value.value === null) return '';
  if (typeof value.value === 'number' && value.isFloat) return goFloat(value.value);
  return String(value.value);
}

export const spelled = (path: Path): string => path.join('.');

export const typeOf = (value: Value): string =>
  value.kind === 'map' ? 'a mapping' : value.kind === 'list' ? 'a list' : `"${textOf(value)}"`;

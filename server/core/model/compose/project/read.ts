// From YAML to values: aliases and `<<` followed, and the places of `!reset` and `!override` noted.
import type { YamlMap, YamlNode, YamlPair } from '../../yaml/node.ts';
import { meantBy } from '../effective.ts';
import { readScalar } from './scalar.ts';
import { type Origin, type Path, Refusal, type Source, spelled, type Value } from './value.ts';

export interface ReadDocument {
  readonly value: Value;
  /** What `!reset` and `!override` take out of the files before this one. */
  readonly marks: readonly Path[];
}

/** Visits beyond these are no file of people: Compose gives up there too. */
const maxVisits = 100_000;
const maxDepth = 200;

const isMerge = ({ key }: YamlPair): boolean => key.text === '<<' && key.style === 'plain';

interface Reading {
  readonly source: Source;
  readonly marks: Path[];
  visits: number;
}

const originOf = ({ source }: Reading, node: YamlNode): Origin => ({ source, span: node.span, node });

/** What a pair holds; undefined for `!reset`, which leaves nothing. */
function readPair(reading: Reading, { key, value }: YamlPair, path: Path): Value | undefined {
  if (value === null) {
    const from: Origin = { source: reading.source, span: key.span, node: null };
    return { kind: 'scalar', value: null, from };
  }
  return readNode(reading, value, path);
}

function mergedInto(reading: Reading, entries: Map<string, Value>, value: YamlNode | null, path: Path): void {
  const meant = meantBy(value);
  const bases = meant?.kind === 'sequence' ? meant.items : meant === null ? [] : [meant];
  for (const base of bases) {
    const read = readNode(reading, base, path);
    if (read === undefined) continue;
    if (read.kind !== 'map') throw new Refusal(`${spelled(path)}: map merge requires a mapping`, read.from);
    for (const [key, inner] of read.entries) if (!entries.has(key)) entries.set(key, inner);
  }
}

function readMap(reading: Reading, node: YamlMap, path: Path): Value {
  const entries = new Map<string, Value>();
  for (const pair of node.pairs) {
    if (isMerge(pair)) continue;
    const { value: name } = readScalar(pair.key);
    if (typeof name !== 'string') {
      const from: Origin = { source: reading.source, span: pair.key.span, node: pair.key };
      throw new Refusal(`${spelled(path) || 'top level'}: the key ${pair.key.text} is not a string`, from);
    }
    const value = readPair(reading, pair, [...path, name]);
    if (value !== undefined) entries.set(name, value);
  }
  for (const pair of node.pairs) if (isMerge(pair)) mergedInto(reading, entries, pair.value, path);
  return { kind: 'map', entries, from: originOf(reading, node) };
}

function readNode(reading: Reading, written: YamlNode, path: Path): Value | undefined {
  const node = meantBy(written);
  reading.visits++;
  if (reading.visits > maxVisits || path.length > maxDepth) {
    throw new Refusal(`the file stands for more than ${maxVisits} values once its aliases are followed`);
  }
  if (node.tag === '!reset' || node.tag === '!override') reading.marks.push(path);
  if (node.tag === '!reset') return undefined;
  const from = originOf(reading, node);
  if (node.kind === 'scalar') {
    const { value, isFloat } = readScalar(node);
    return { kind: 'scalar', value, from, ...(isFloat ? { isFloat } : {}) };
  }
  if (node.kind === 'map') return readMap(reading, node, path);
  if (node.kind === 'alias') throw new Refusal(`unknown anchor '${node.name}' referenced`, from);
  const items = node.items.flatMap(item => readNode(reading, item, [...path, '[]']) ?? []);
  return { kind: 'list', items, from };
}

/** Throws a refusal where Compose would not read the document at all. */
export function readDocument(source: Source, root: YamlNode): ReadDocument {
  const reading: Reading = { source, marks: [], visits: 0 };
  const value = readNode(reading, root, []) ?? { kind: 'map', entries: new Map(), from: null };
  return { value, marks: reading.marks };
}

/** A part of a document by itself. */
export const readValue = (source: Source, node: YamlNode): Value => readDocument(source, node).value;

const matches = (path: Path, mark: Path): boolean =>
  mark.length === path.length && mark.every((part, index) => part === path[index]);

/** A value without what the marks of a later file take out of it. */
export function withoutMarked(value: Value, marks: readonly Path[], path: Path = []): Value {
  const inside = marks.filter(mark => mark.length > path.length && path.every((part, i) => part === mark[i]));
  if (inside.length === 0 || value.kind !== 'map') return value;
  const entries = new Map<string, Value>();
  for (const [key, inner] of value.entries) {
    const next = [...path, key];
    if (!inside.some(mark => matches(next, mark))) entries.set(key, withoutMarked(inner, inside, next));
  }
  return { ...value, entries };
}

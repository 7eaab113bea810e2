// The check of a Compose file against the schema: one problem for each thing that Compose refuses, at its own place.
import { type Span, span } from '../../../text/span.ts';
import { fillHoles } from '../../../text/template.ts';
import type { YamlMap, YamlNode, YamlPair, YamlScalar, YamlSequence } from '../../yaml/node.ts';
import { type EffectivePair, type EffectiveReader, effectiveReader, meantBy } from '../effective.ts';
import type { ComposeModel } from '../model.ts';
import { keyHint } from './hints.ts';
import type { Holder, SchemaProblem } from './problem.ts';
import { type SchemaProblemCode, schemaTexts } from './problem-texts.ts';
import { type Fault, isInterpolated, scalarFault, takes, wrongType } from './scalars.ts';
import type { ValueType } from './schema.ts';
import { composeShape, type Shape, shapeBelow, takesAnything } from './shape.ts';
import { choicesName, namedThing, placeName, valueName, wantedName } from './words.ts';

/** What a value is and where it stands. */
interface Value {
  readonly node: YamlNode | null;
  /** As written: an alias stands for its target. */
  readonly written: YamlNode | null;
  readonly shape: Shape;
  readonly holder: Holder | null;
}

/** What a problem is about, where that is not the value as a whole. */
interface About {
  readonly at?: Span;
  readonly holder?: Holder;
  readonly shape?: null;
  readonly meant?: string | null;
}

const isMerge = ({ key }: YamlPair): boolean => key.text === '<<' && key.style === 'plain';

/** True where the value could stand below another key. */
function fits(holder: Holder, shape: Shape | undefined): boolean {
  const node = holder.kind === 'pair' ? meantBy(holder.pair.value) : null;
  if (node === null || shape === undefined || node.kind === 'alias') return true;
  if (node.kind === 'map') return takes(shape, 'object');
  return node.kind === 'sequence' ? takes(shape, 'array') : shape.types.some(isScalarType);
}

const isScalarType = (type: ValueType): boolean => type !== 'object' && type !== 'array';

/** No file of people has more. */
const mostProblems = 200;

class Check {
  readonly problems: SchemaProblem[] = [];
  readonly #text: string;
  readonly #effective: EffectiveReader = effectiveReader(true);
  readonly #path: (string | number)[] = [];
  readonly #told = new Set<string>();
  /** Nodes that several places reach, with the shapes they have been checked against. */
  readonly #seen = new Map<YamlNode, Set<Shape>>();
  /** Inside a service that takes more from another one, which may have what is missing. */
  #extends = false;

  constructor(text: string) {
    this.#text = text;
  }

  firstFormat(map: YamlMap, pair: YamlPair): SchemaProblem {
    const code = 'first-format';
    const holder = { kind: 'pair', map, pair } as const;
    const rest = { data: {}, path: [pair.key.text], node: pair.value, shape: null, meant: null };
    return { code, message: schemaTexts[code], span: pair.key.span, holder, ...rest };
  }

  visit(written: YamlNode | null, shape: Shape, holder: Holder | null, merged = false): void {
    if (takesAnything(shape)) return;
    const node = meantBy(written);
    const value: Value = { node, written, shape, holder };
    if (node === null || (node.kind === 'scalar' && node.value === null)) {
      if (node?.tag !== '!reset' && !takes(shape, 'null'))
        this.#add('missing-value', value, { wanted: wantedName(shape) });
      return;
    }
    if (node.kind === 'alias' || node.tag === '!reset') return;
    if (node.kind === 'scalar') {
      this.#addFault(value, scalarFault(node, shape));
    } else if (!takes(shape, node.kind === 'map' ? 'object' : 'array')) {
      this.#addFault(value, wrongType(node, shape));
    } else if ((merged || node !== written || node.anchor !== null) && this.#wasSeen(node, shape)) {
      return;
    } else if (node.kind === 'map') {
      this.#map(value, node);
    } else {
      this.#list(value, node);
    }
  }

  #wasSeen(node: YamlNode, shape: Shape): boolean {
    const shapes = this.#seen.get(node) ?? new Set();
    if (shapes.has(shape)) return true;
    this.#seen.set(node, shapes.add(shape));
    return false;
  }

  #pairs(map: YamlMap): Iterable<EffectivePair> {
    return map.pairs.some(isMerge)
      ? this.#effective(map).values()
      : map.pairs.map(pair => ({ pair, merged: false }));
  }

  #map(value: Value, node: YamlMap): void {
    const { shape } = value;
    const outer = this.#extends;
    const keys = new Set<string>();
    const pairs = [...this.#pairs(node)];
    for (const { pair } of pairs) keys.add(pair.key.text);
    if (this.#path.length === 2 && this.#path[0] === 'services') this.#extends = keys.has('extends');
    for (const { pair, merged } of pairs) {
      const holder: Holder = { kind: 'pair', map: node, pair };
      const key = pair.key.text;
      if (typeof pair.key.value !== 'string') this.#bareKey(value, holder, pair.key);
      const below = shapeBelow(shape, key);
      if (below === null) this.#unknownKey(value, holder, pair.key);
      if (!below) continue;
      this.#path.push(key);
      this.visit(pair.value, below, holder, merged);
      this.#path.pop();
    }
    this.#missingKeys(value, node, keys);
    this.#extends = outer;
  }

  #missingKeys(value: Value, node: YamlMap, keys: ReadonlySet<string>): void {
    const { required, anyRequired } = value.shape;
    const mayBeLent = this.#extends && this.#path.at(-1) !== 'extends';
    if (mayBeLent || (required.length === 0 && anyRequired.length === 0)) return;
    const at =
      value.holder?.kind === 'pair' ? value.holder.pair.key.span : (node.pairs[0]?.key.span ?? node.span);
    for (const key of required) {
      if (!keys.has(key)) this.#add('missing-key', value, { key: `"${key}"` }, { at, meant: key });
    }
    if (anyRequired.length > 0 && !anyRequired.some(key => keys.has(key))) {
      this.#add('missing-key', value, { key: choicesName(anyRequired) }, { at });
    }
  }

  #bareKey(value: Value, holder: Holder, key: YamlScalar): void {
    const given = key.value === null ? 'nothing' : `a ${typeof key.value}`;
    this.#add(
      'bare-key',
      value,
      { key: key.text, given },
      { at: key.span, holder, shape: null, meant: key.text },
    );
  }

  #unknownKey(value: Value, holder: Holder, key: YamlScalar): void {
    const { shape } = value;
    const at = { at: key.span, holder, shape: null };
    if (shape.fields.size === 0) {
      this.#add('invalid-name', value, { key: key.text, place: namedThing(this.#path) }, at);
      return;
    }
    const { text: hint, key: near } = keyHint(shape, this.#path, key.text);
    const meant = near !== null && fits(holder, shape.fields.get(near)) ? near : null;
    this.#add('unknown-key', value, { key: key.text, place: placeName(this.#path), hint }, { ...at, meant });
  }

  #list(list: Value, node: YamlSequence): void {
    const { items, unique } = list.shape;
    const seen = new Set<unknown>();
    for (const [index, item] of node.items.entries()) {
      const holder: Holder = { kind: 'item', list: node, index };
      this.#path.push(index);
      if (items !== null) this.visit(item, items, holder);
      const scalar = meantBy(item);
      if (unique && scalar.kind === 'scalar' && scalar.value !== null && !isInterpolated(scalar)) {
        const isRepeated = seen.has(scalar.value);
        const value = { node: scalar, written: item, shape: list.shape, holder };
        if (isRepeated) this.#add('repeated', value, { value: scalar.text });
        seen.add(scalar.value);
      }
      this.#path.pop();
    }
  }

  /** Where a problem of the value as a whole is shown: its key where there is no value, else its first line. */
  #place({ node, written, holder }: Value): Span {
    if (node === null || written === null || (node.kind === 'scalar' && node.span.start === node.span.end)) {
      if (holder?.kind === 'pair') return holder.pair.key.span;
      return holder?.list.itemSpans[holder.index] ?? span(0, 0);
    }
    const { start, end } = written.span;
    const newline = this.#text.slice(start, end).search(/[\r\n]/);
    return span(start, newline < 0 ? end : start + newline);
  }

  #addFault(value: Value, fault: Fault | null): void {
    if (fault !== null) this.#add(fault.code, value, fault.data, { meant: fault.meant });
  }

  #add(
    code: SchemaProblemCode,
    value: Value,
    holes: Readonly<Record<string, string>>,
    { at = this.#place(value), holder, shape, meant = null }: About = {},
  ): void {
    const told = `${at.start} ${code} ${holes.key ?? ''}`;
    if (this.problems.length >= mostProblems || this.#told.has(told)) return;
    this.#told.add(told);
    const path = [...this.#path];
    const data = { what: valueName(path), ...holes };
    this.problems.push({
      code,
      message: fillHoles(schemaTexts[code], data),
      span: at,
      data: dataFor(code, data),
      path,
      holder: holder ?? value.holder,
      node: value.node,
      shape: shape === null ? null : value.shape,
      meant,
    });
  }
}

/** Only what the text of the code has holes for. */
function dataFor(code: SchemaProblemCode, data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => schemaTexts[code].includes(`{${name}}`)));
}

/** The first service of a file in the format of 2014, which had the services at the top; null for any other file. */
function firstFormat(root: YamlMap): YamlPair | null {
  const { fields } = composeShape();
  if (root.pairs.some(({ key }) => fields.has(key.text))) return null;
  const isService = ({ value }: YamlPair): boolean =>
    value?.kind === 'map' && value.pairs.some(({ key }) => key.text === 'image' || key.text === 'build');
  return root.pairs.find(isService) ?? null;
}

/**
 * Everything for which Compose refuses the file by its schema, in the order of the file. Variables are taken to have a
 * fitting value where they may have one; what is no YAML is among the problems of the model.
 */
export function schemaProblems({
  root,
  text,
}: Pick<ComposeModel, 'root' | 'text'>): readonly SchemaProblem[] {
  if (root === null) return [];
  const check = new Check(text);
  const old = firstFormat(root);
  if (old !== null) return [check.firstFormat(root, old)];
  check.visit(root, composeShape(), null);
  return check.problems.sort((a, b) => a.span.start - b.span.start);
}

// Shapes: the schema as the reader uses it, references followed and lent properties gathered; made once.
import { composeSchema } from './schema.generated.ts';
import type { Cast, Format, Schema, ValueType } from './schema.ts';

export interface Shape {
  readonly types: readonly ValueType[];
  /** By key, what may stand below it. */
  readonly fields: ReadonlyMap<string, Shape>;
  /** For keys that people name: what their names look like, and what may stand below them. */
  readonly named: readonly { readonly name: RegExp; readonly shape: Shape }[];
  /** Other keys are accepted too. */
  readonly open: boolean;
  readonly required: readonly string[];
  readonly anyRequired: readonly string[];
  readonly items: Shape | null;
  readonly unique: boolean;
  readonly choices: readonly string[] | null;
  readonly pattern: RegExp | null;
  readonly minimum: number;
  readonly maximum: number;
  readonly cast: Cast | null;
  readonly format: Format | null;
}

const anything: readonly ValueType[] = ['string', 'number', 'boolean', 'null', 'array', 'object'];

function typesOf({ type }: Schema, lent: readonly Shape[]): readonly ValueType[] {
  if (type === undefined) return lent[0]?.types ?? anything;
  return typeof type === 'string' ? [type] : type;
}

const definitions = new Map<string, Shape>();

function definedShape(name: string): Shape {
  const known = definitions.get(name);
  if (known !== undefined) return known;
  const shape = makeShape(composeSchema.$defs[name] ?? {});
  definitions.set(name, shape);
  return shape;
}

function makeShape(schema: Schema): Shape {
  const { $ref, ...own } = schema;
  if ($ref !== undefined) {
    return Object.keys(own).length === 0
      ? definedShape($ref)
      : makeShape({ ...composeSchema.$defs[$ref], ...own });
  }
  const lent = (schema.allOf ?? []).map(definedShape);
  const fields = Object.entries(schema.properties ?? {}).map(
    ([key, below]) => [key, makeShape(below)] as const,
  );
  const named = Object.entries(schema.patternProperties ?? {}).map(([name, below]) => ({
    name: new RegExp(name, 'u'),
    shape: makeShape(below),
  }));
  return {
    types: typesOf(schema, lent),
    fields: new Map([...lent.flatMap(shape => [...shape.fields]), ...fields]),
    named: [...lent.flatMap(shape => shape.named), ...named],
    open: schema.additionalProperties !== false,
    required: schema.required ?? [],
    anyRequired: schema.anyRequired ?? [],
    items: schema.items ? makeShape(schema.items) : null,
    unique: schema.uniqueItems ?? false,
    choices: schema.enum ?? null,
    pattern: schema.pattern === undefined ? null : new RegExp(schema.pattern, 'u'),
    minimum: schema.minimum ?? -Infinity,
    maximum: schema.maximum ?? Infinity,
    cast: schema.cast ?? null,
    format: schema.format ?? null,
  };
}

/** True where nothing is asked of a value, as below `x-`. */
export const takesAnything = ({ types }: Shape): boolean => types === anything;

let root: Shape | null = null;

/** The shape of a whole Compose file. */
export function composeShape(): Shape {
  root ??= makeShape(composeSchema);
  return root;
}

/** The shape below a key; null where the key is not accepted. An open shape takes any key. */
export function shapeBelow(shape: Shape, key: string): Shape | null | undefined {
  const field = shape.fields.get(key);
  if (field !== undefined) return field;
  for (const { name, shape: below } of shape.named) if (name.test(key)) return below;
  return shape.open ? undefined : null;
}

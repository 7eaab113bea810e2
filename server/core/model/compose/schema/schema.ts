// The Compose schema as data: what is left of JSON Schema once it is made smaller. Types only.

export type ValueType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';

/** What Compose makes of a text at a place where it wants another type. */
export type Cast = 'boolean' | 'integer' | 'number' | 'mask';

/** What Compose wants of a text beyond the schema. */
export type Format = 'duration' | 'bytes' | 'number';

/** Keywords mean what they mean in JSON Schema; each counts for values of its own type alone. */
export interface Schema {
  /** The name of a definition; what stands beside it replaces what that one says. */
  readonly $ref?: string;
  /** Names of definitions that lend their properties. */
  readonly allOf?: readonly string[];
  readonly type?: ValueType | readonly ValueType[];
  readonly properties?: Schemas;
  readonly patternProperties?: Schemas;
  readonly additionalProperties?: false;
  readonly required?: readonly string[];
  /** At least one of these must be there. */
  readonly anyRequired?: readonly string[];
  readonly items?: Schema;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly cast?: Cast;
  readonly format?: Format;
}

export type Schemas = Readonly<Record<string, Schema>>;

export interface SchemaFile extends Schema {
  readonly $defs: Schemas;
}

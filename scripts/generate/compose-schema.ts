// The Compose schema: the official one of the Compose Specification, made smaller for the reader in the core.
//
// `scripts/data/compose-spec.json` is the copy that compose-go 2.16.2 has (Apache-2.0, its licence lies beside it). What
// Compose does beyond it (casts of texts, durations, lists without repetitions) is told by the tables below.
import { readFileSync } from 'node:fs';
import type {
  Cast,
  Format,
  Schema,
  SchemaFile,
  Schemas,
  ValueType,
} from '../../server/core/model/compose/schema/schema.ts';
import { inRepository } from '../repository.ts';
import type { Product } from './product.ts';

/** The keywords of JSON Schema that the official file uses. */
export interface OfficialSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly default?: unknown;
  readonly $ref?: string;
  readonly $defs?: Officials;
  readonly type?: ValueType | readonly ValueType[];
  readonly properties?: Officials;
  readonly patternProperties?: Officials;
  readonly additionalProperties?: boolean;
  readonly unevaluatedProperties?: boolean;
  readonly required?: readonly string[];
  readonly items?: OfficialSchema;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly oneOf?: readonly OfficialSchema[];
  readonly anyOf?: readonly OfficialSchema[];
  readonly allOf?: readonly OfficialSchema[];
}

type Officials = Readonly<Record<string, OfficialSchema>>;

/** For people and editors: no value is refused because of them. */
const annotations = ['$schema', '$id', 'title', 'description', 'deprecated', 'default'];

/** Taken over as they are. */
const kept = ['enum', 'pattern', 'minimum', 'maximum', 'required'] as const;

const handled: readonly string[] = [
  ...annotations,
  ...kept,
  ...['$ref', '$defs', 'type', 'properties', 'patternProperties', 'additionalProperties'],
  ...['unevaluatedProperties', 'items', 'uniqueItems', 'oneOf', 'anyOf', 'allOf'],
];

/** Paths in the official file, from a definition down: `[]` is an item of a list, `*` the value of any key. */
type Paths = Readonly<Record<string, string>>;

const spread = (under: string, names: string): string[] => names.split(' ').map(name => `${under}.${name}`);

const under = (value: string, ...groups: readonly (readonly string[])[]): Paths =>
  Object.fromEntries(groups.flat().map(path => [path, value]));

/** Texts that Compose turns into another type once the variables in them are filled in. */
const casts: Paths = {
  ...under(
    'boolean',
    spread('network', 'external internal attachable enable_ipv4 enable_ipv6'),
    ['volume.external', 'secret.external', 'config.external'],
    spread('container_spec', 'init oom_kill_disable privileged read_only'),
    ['container_spec.networks.*.use_service_name_alias'],
    spread('container_spec.volumes.[]', 'read_only volume.nocopy bind.create_host_path'),
    spread('workload_spec', 'stdin_open tty depends_on.*.required depends_on.*.restart'),
    spread('workload_spec.build', 'no_cache privileged pull'),
    ['healthcheck.disable', 'service.attach', 'service_hook.privileged', 'env_file.[].required'],
  ),
  ...under(
    'integer',
    spread('container_spec', 'cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares'),
    spread('container_spec', 'oom_score_adj pids_limit'),
    ['ulimits.*', 'ulimits.*.hard', 'ulimits.*.soft', 'healthcheck.retries', 'workload_spec.ports.[].target'],
    spread('deployment', 'replicas update_config.parallelism rollback_config.parallelism'),
    spread('deployment', 'restart_policy.max_attempts placement.max_replicas_per_node'),
    ['service.scale'],
  ),
  ...under(
    'number',
    spread('container_spec', 'cpu_percent cpus'),
    spread('deployment', 'update_config.max_failure_ratio rollback_config.max_failure_ratio'),
  ),
  'container_spec.umask': 'mask',
};

/** Texts that Compose reads further after it has looked at the schema. */
const formats: Paths = {
  ...under(
    'duration',
    spread('healthcheck', 'interval timeout start_period start_interval'),
    ['container_spec.stop_grace_period'],
    spread('deployment', 'update_config.delay update_config.monitor'),
    spread('deployment', 'rollback_config.delay rollback_config.monitor'),
    spread('deployment', 'restart_policy.delay restart_policy.window'),
  ),
  ...under(
    'bytes',
    spread('container_spec', 'mem_limit mem_reservation memswap_limit shm_size volumes.[].tmpfs.size'),
    spread('deployment', 'resources.limits.memory resources.reservations.memory'),
    ['workload_spec.build.shm_size'],
  ),
  ...under('number', spread('deployment', 'resources.limits.cpus resources.reservations.cpus')),
};

/** Lists in which a later entry takes the place of an earlier one before the schema is looked at. */
const deduplicated = new Set([
  ...spread(
    'container_spec',
    'annotations cap_add cap_drop devices dns dns_opt dns_search environment labels',
  ),
  ...spread('container_spec', 'networks.*.aliases networks.*.link_local_ips sysctls tmpfs volumes'),
  ...spread('workload_spec', 'expose ports build.args build.additional_contexts build.labels'),
  ...['service.links', 'service.profiles', 'job.profiles', 'deployment.labels', 'network.labels'],
]);

const definition = (ref: string): string => ref.replace('#/$defs/', '');

const asList = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class Reduction {
  readonly used = new Set<string>();
  readonly #definitions: Officials;

  constructor(definitions: Officials) {
    this.#definitions = definitions;
  }

  /** Alternatives of different types are one schema: a keyword counts for values of its own type alone. */
  #merge(alternatives: readonly OfficialSchema[], path: string): Schema {
    const merged: Mutable<Schema> = {};
    const types: ValueType[] = [];
    for (const alternative of alternatives) {
      const { $ref } = alternative;
      const meant = $ref === undefined ? alternative : this.#definitions[definition($ref)];
      if (meant === undefined) throw new Error(`${path}: ${$ref} is not defined.`);
      const { type, ...reduced } = this.#bare(meant, path);
      for (const name of asList(type)) {
        if (types.includes(name)) throw new Error(`${path}: two alternatives are of the type ${name}.`);
        types.push(name);
      }
      for (const keyword of Object.keys(reduced)) {
        if (keyword in merged) throw new Error(`${path}: two alternatives have the keyword ${keyword}.`);
      }
      Object.assign(merged, reduced);
    }
    return { type: types, ...merged };
  }

  #all(schemas: Officials | undefined, path: string, name: (key: string) => string): Schemas | undefined {
    if (schemas === undefined) return undefined;
    return Object.fromEntries(
      Object.entries(schemas).map(([key, schema]) => [key, this.reduce(schema, `${path}.${name(key)}`)]),
    );
  }

  /** What Compose does beyond the schema, where a table has the path. */
  #beyond(path: string): Schema {
    const [cast, format] = [casts[path] as Cast | undefined, formats[path] as Format | undefined];
    if (cast ?? format ?? deduplicated.has(path)) this.used.add(path);
    return {
      ...(cast && { cast }),
      ...(format && { format }),
      ...(deduplicated.has(path) && { uniqueItems: false }),
    };
  }

  reduce(schema: OfficialSchema, path: string): Schema {
    const reduced = { ...this.#bare(schema, path), ...this.#beyond(path) };
    const { uniqueItems, ...rest } = reduced;
    return uniqueItems === false && schema.$ref === undefined ? rest : reduced;
  }

  #bare(schema: OfficialSchema, path: string): Schema {
    for (const keyword of Object.keys(schema)) {
      if (!handled.includes(keyword)) throw new Error(`${path} has the unknown keyword "${keyword}".`);
    }
    const { $ref, allOf, anyOf, oneOf, type, items, uniqueItems } = schema;
    const alternatives = oneOf && this.#merge(oneOf, path);
    const open = schema.additionalProperties !== false && schema.unevaluatedProperties !== false;
    const properties = this.#all(schema.properties, path, key => key);
    const patternProperties = this.#all(schema.patternProperties, path, () => '*');
    return {
      ...($ref !== undefined && { $ref: definition($ref) }),
      ...(allOf && { allOf: allOf.map(one => definition(one.$ref ?? '')) }),
      ...(type !== undefined && { type }),
      ...alternatives,
      ...(anyOf && { anyRequired: anyOf.flatMap(({ required }) => required ?? []) }),
      ...Object.fromEntries(kept.flatMap(name => (schema[name] === undefined ? [] : [[name, schema[name]]]))),
      ...(properties && { properties }),
      ...(patternProperties && { patternProperties }),
      ...(!open && { additionalProperties: false as const }),
      ...(items && { items: this.reduce(items, `${path}.[]`) }),
      ...(uniqueItems && { uniqueItems }),
    };
  }
}

export const officialSchema = (): OfficialSchema =>
  JSON.parse(readFileSync(inRepository('scripts/data/compose-spec.json'), 'utf8')) as OfficialSchema;

export function reducedSchema({ $defs = {}, ...root }: OfficialSchema): SchemaFile {
  const reduction = new Reduction($defs);
  const file = {
    ...reduction.reduce(root, ''),
    $defs: Object.fromEntries(
      Object.entries($defs).map(([name, schema]) => [name, reduction.reduce(schema, name)]),
    ),
  };
  for (const path of [...Object.keys(casts), ...Object.keys(formats), ...deduplicated]) {
    if (!reduction.used.has(path)) throw new Error(`The schema has no ${path}.`);
  }
  return file;
}

/** One definition a line. */
export const composeSchemaModule: Product = {
  path: 'server/core/model/compose/schema/schema.generated.ts',
  text() {
    const { $defs, ...root } = reducedSchema(officialSchema());
    const lines = Object.entries($defs).map(([name, schema]) => `    ${name}: ${JSON.stringify(schema)},\n`);
    return `\
// The schema of Compose files. Generated by \`npm run generate\` from scripts/data/compose-spec.json: do not edit.
// Copyright 2020 The Compose Specification Authors, Apache-2.0; changed: made smaller, see scripts/generate/compose-schema.ts.
import type { SchemaFile } from './schema.ts';

export const composeSchema: SchemaFile = {
  ...${JSON.stringify(root)},
  $defs: {
${lines.join('')}  },
};
`;
  },
};

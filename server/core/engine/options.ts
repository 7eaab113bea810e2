// Rule options: one declaration gives the type, the default, the JSON schema and the text of the docs.

interface OptionKinds {
  readonly boolean: boolean;
  readonly number: number;
  readonly string: string;
  readonly strings: readonly string[];
}

type OptionKind = keyof OptionKinds;

export interface Option<K extends OptionKind = OptionKind> {
  readonly kind: K;
  readonly default: OptionKinds[K];
  readonly description: string;
}

export type Options = Readonly<Record<string, Option>>;

export type OptionValues<O extends Options> = { readonly [Name in keyof O]: OptionKinds[O[Name]['kind']] };

const declare =
  <K extends OptionKind>(kind: K) =>
  (fallback: OptionKinds[K], description: string): Option<K> => ({ kind, default: fallback, description });

export const option = {
  boolean: declare('boolean'),
  number: declare('number'),
  string: declare('string'),
  strings: declare('strings'),
};

/** True where a value from a configuration file or setting fits the option. */
export function fits({ kind }: Option, value: unknown): boolean {
  if (kind === 'strings') return Array.isArray(value) && value.every(item => typeof item === 'string');
  return typeof value === kind;
}

/** The configured values where they fit, the defaults elsewhere. */
export function optionValues(
  options: Options,
  configured: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      name in configured && fits(option, configured[name]) ? configured[name] : option.default,
    ]),
  );
}

export function optionSchema({ kind, default: fallback, description }: Option): object {
  const type = kind === 'strings' ? { type: 'array', items: { type: 'string' } } : { type: kind };
  return { ...type, default: fallback, description };
}

// Compose files made from the official schema, and mutants of them: valid ones first, then with one thing changed.
import type { Random } from '../../scripts/fuzz/random.ts';
import type { OfficialSchema } from '../../scripts/generate/compose-schema.ts';
import { removeEntries } from '../../server/core/model/compose/edit.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import type { YamlNode } from '../../server/core/model/yaml/node.ts';
import { applyEdits, type Edit, insert, replace } from '../../server/core/text/edit.ts';
import type { Span } from '../../server/core/text/span.ts';

const texts = ['text', 'web-1', '1', 'true', '5s', '64m'] as const;

/** Makes values that fit the official schema. */
export function sampler(root: OfficialSchema, random: Random): () => unknown {
  const sample = (schema: OfficialSchema): unknown => {
    const { $ref, oneOf, type, enum: choices, pattern } = schema;
    if ($ref !== undefined) return sample(root.$defs?.[$ref.replace('#/$defs/', '')] ?? {});
    if (oneOf?.[0]) return sample(random.one([oneOf[0], ...oneOf.slice(1)]));
    const [first = 'object', ...others] = typeof type === 'string' ? [type] : (type ?? []);
    const kind = random.one([first, ...others]);
    if (kind === 'array') return list(schema);
    if (kind === 'object') return map(schema);
    if (kind === 'null') return null;
    if (kind === 'boolean') return random.below(2) === 0;
    if (kind === 'integer' || kind === 'number') return random.below(90);
    if (choices?.[0] !== undefined) return random.one([choices[0], ...choices.slice(1)]);
    return pattern?.startsWith('^(') ? 'always' : random.one(pattern === undefined ? texts : ['web-1']);
  };
  const list = ({ items = {}, uniqueItems }: OfficialSchema): unknown[] =>
    Array.from({ length: random.below(uniqueItems ? 2 : 3) }, () => sample(items));
  const map = (schema: OfficialSchema): Record<string, unknown> => {
    const { properties = {}, patternProperties = {}, required = [], anyOf = [], allOf = [] } = schema;
    const needed = [...required, ...(anyOf[0]?.required ?? [])];
    const lent = allOf.map(({ $ref = '' }) => map(root.$defs?.[$ref.replace('#/$defs/', '')] ?? {}));
    const share = Object.keys(properties).length > 20 ? 20 : 4;
    const chosen = Object.entries(properties).filter(
      ([key]) => needed.includes(key) || random.below(share) === 0,
    );
    const named = Object.entries(patternProperties).filter(
      ([name]) => name !== '^x-' && random.below(2) === 0,
    );
    return Object.assign(
      {},
      ...lent,
      Object.fromEntries(chosen.map(([key, below]) => [key, sample(below)])),
      ...named.map(([, below]) => ({ [random.one(['web', 'db', 'nofile'])]: sample(below) })),
    );
  };
  return () => map(root);
}

const values = [
  ...[
    '1',
    '-1',
    '1.5',
    '5000',
    'true',
    'null',
    'x',
    '"true"',
    '"5"',
    '"$V"',
    '"${V:-a}"',
    'service_started',
    'always',
  ],
  ...[
    '[]',
    '[a]',
    '[a, a]',
    '[1, 1]',
    '[a, 1]',
    '["a=1"]',
    '[{a: 1}]',
    '{}',
    '{a: b}',
    '{x-a: 1}',
    '{a: [b]}',
    '{a: {b: c}}',
  ],
] as const;

const keys = [
  'imge',
  'image',
  'ports',
  'x-a',
  '"a b"',
  'condition',
  'type',
  'a',
  'required',
  'build',
  'name',
] as const;

type Place =
  | { readonly kind: 'key' | 'pair' | 'item' | 'value'; readonly span: Span }
  | { readonly kind: 'before'; readonly span: Span; readonly flow: boolean; readonly column: number };

function placesIn(text: string, node: YamlNode | null): Place[] {
  if (node?.kind === 'sequence') {
    return node.items.flatMap((item, index) => [
      ...placesIn(text, item),
      { kind: 'value', span: item.span },
      { kind: 'item', span: node.itemSpans[index] ?? item.span },
    ]);
  }
  if (node?.kind !== 'map') return [];
  return node.pairs.flatMap(({ key, value, span }): Place[] => {
    const column = span.start - text.lastIndexOf('\n', span.start - 1) - 1;
    return [
      { kind: 'key', span: key.span },
      { kind: 'pair', span },
      { kind: 'before', span, flow: node.flow, column },
      ...(value === null ? [] : [{ kind: 'value' as const, span: value.span }, ...placesIn(text, value)]),
    ];
  });
}

/** The text with one thing changed; null where that is no YAML any more. */
export function mutantOf(text: string, random: Random): string | null {
  const model = parseCompose(text);
  const [first, ...others] = placesIn(text, model.root);
  if (first === undefined) return null;
  const place = random.one([first, ...others]);
  const edits = ((): readonly Edit[] | null => {
    if (place.kind === 'value') return [replace(place.span, random.one(values))];
    if (place.kind === 'key') return [replace(place.span, random.one(keys))];
    if (place.kind !== 'before') return removeEntries(model, [place.span]);
    const pair = `${random.one(keys)}: ${random.one(values)}`;
    const separator = place.flow ? ', ' : `\n${' '.repeat(place.column)}`;
    return [insert(place.span.start, pair + separator)];
  })();
  const mutant = edits && applyEdits(text, edits);
  return mutant === null || parseCompose(mutant).problems.length > 0 ? null : mutant;
}

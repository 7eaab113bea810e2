// What `size` in `.bulkhead.yaml` says: how large an image may be, and what of it may be wasted.
import type { YamlNode } from '../../model/yaml/node.ts';
import { type Limit, parseLimit } from '../../text/bytes.ts';
import type { Draft } from './draft.ts';
import { scalarOf, type Values } from './values.ts';

export interface SizeBudget {
  /** All that is in the image. */
  readonly budget?: Limit;
  /** What any one instruction may add. */
  readonly layer?: Limit;
  /** What is written in a layer, and overwritten or removed in a later one. */
  readonly wasted?: Limit;
}

const sizeKeys = ['budget', 'layer', 'wasted'] as const;

const limitForm = (key: (typeof sizeKeys)[number]): string =>
  key === 'wasted' ? 'a size or a share, such as `10MB` or `5%`' : 'a size, such as `200MB`';

export function readSize(values: Values, node: YamlNode): SizeBudget {
  const budget: Draft<SizeBudget> = {};
  const readers = sizeKeys.map(key => {
    const read = (value: YamlNode): void => {
      const limit = parseLimit(String(scalarOf(value)), key === 'wasted');
      if (limit) budget[key] = limit;
      else values.wrong(value, key, limitForm(key));
    };
    return [key, read] as const;
  });
  values.fields(node, 'size', Object.fromEntries(readers));
  return budget;
}

const bytes = '\\d+(\\.\\d+)? *([kKmMgGtT]?i?[bB]?)';
const limitSchema = (pattern: string, description: string): object => ({
  type: ['string', 'integer'],
  pattern: `^${pattern}$`,
  minimum: 0,
  description,
});

export const sizeSchema: object = {
  type: 'object',
  description: 'What `bulkhead size` fails beyond.',
  additionalProperties: false,
  properties: {
    budget: limitSchema(bytes, 'How large the image may be: `200MB`.'),
    layer: limitSchema(bytes, 'How much any one instruction may add: `80MB`.'),
    wasted: limitSchema(
      `(${bytes}|\\d+(\\.\\d+)? *%)`,
      'How much may be written and then overwritten or removed: `10MB`, or a share of the image, `5%`.',
    ),
  },
};

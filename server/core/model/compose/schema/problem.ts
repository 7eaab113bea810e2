// A problem of a Compose file under the schema. Types only.
import type { SyntaxProblem } from '../../problem.ts';
import type { YamlMap, YamlNode, YamlPair, YamlSequence } from '../../yaml/node.ts';
import type { SchemaProblemCode } from './problem-texts.ts';
import type { Shape } from './shape.ts';

/** What a value stands in: a pair of a map, or an item of a list. */
export type Holder =
  | { readonly kind: 'pair'; readonly map: YamlMap; readonly pair: YamlPair }
  | { readonly kind: 'item'; readonly list: YamlSequence; readonly index: number };

export interface SchemaProblem extends SyntaxProblem {
  readonly code: SchemaProblemCode;
  /** Fills the holes of the code's text. */
  readonly data: Readonly<Record<string, string>>;
  /** Keys from the root down to the value; an index for an item of a list. */
  readonly path: readonly (string | number)[];
  /** Null for the file itself. */
  readonly holder: Holder | null;
  /** What the value is, an alias followed; null where there is none. */
  readonly node: YamlNode | null;
  /** What is accepted here; null for a key that is not. */
  readonly shape: Shape | null;
  /** The name or text that was most likely meant. */
  readonly meant: string | null;
}

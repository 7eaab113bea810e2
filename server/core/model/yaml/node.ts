// The YAML tree that the rest of the core sees: plain nodes with spans. Types only; the adapter makes them.
import type { MappedText } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';
import type { SyntaxProblem } from '../problem.ts';

export type YamlNode = YamlScalar | YamlMap | YamlSequence | YamlAlias;

interface NodeBase {
  /** The value as written, without anchor, tag and trailing comment. */
  readonly span: Span;
  readonly anchor: string | null;
  /** `!reset`, `!override`, or another explicit tag. */
  readonly tag: string | null;
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  /** As YAML 1.2's core schema reads it. */
  readonly value: string | number | boolean | null;
  /** The text without quotes and escapes, whatever its type. */
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** The columns that every line of a literal or folded text loses; 0 for the other styles. */
  readonly indent: number;
  /** The text with its places, where it does not stand like this at the span. */
  readonly mapped?: MappedText;
}

export interface YamlPair {
  readonly key: YamlScalar;
  readonly value: YamlNode | null;
  /** From the key, its anchor and tag included, to the end of the value; without a value, to its colon. */
  readonly span: Span;
}

export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  readonly flow: boolean;
  /** As written: `<<` is a pair like any other. */
  readonly pairs: readonly YamlPair[];
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence';
  readonly flow: boolean;
  /** An item that holds nothing is an empty scalar. */
  readonly items: readonly YamlNode[];
  /** For each item, from its `-` (in a flow sequence: from its anchor, tag or value) to its end. */
  readonly itemSpans: readonly Span[];
}

export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  /** Null where no such anchor stands above it. */
  readonly target: Exclude<YamlNode, YamlAlias> | null;
}

export interface YamlComment {
  /** Without `#` and surrounding blanks. */
  readonly text: string;
  readonly span: Span;
}

export interface YamlDocument {
  readonly root: YamlNode | null;
  readonly comments: readonly YamlComment[];
  readonly problems: readonly SyntaxProblem[];
}

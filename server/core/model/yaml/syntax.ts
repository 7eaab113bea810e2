// Concrete syntax: the part of the YAML library's token tree that the nodes are built from. Types only.

/** A lexeme without structure: a blank, comment, anchor, tag or indicator. */
export interface Lexeme {
  readonly type:
    | 'byte-order-mark'
    | 'doc-mode'
    | 'doc-start'
    | 'space'
    | 'comment'
    | 'newline'
    | 'directive-line'
    | 'anchor'
    | 'tag'
    | 'seq-item-ind'
    | 'explicit-key-ind'
    | 'map-value-ind'
    | 'flow-map-start'
    | 'flow-map-end'
    | 'flow-seq-start'
    | 'flow-seq-end'
    | 'flow-error-end'
    | 'comma'
    | 'block-scalar-header';
  readonly offset: number;
  /** Columns before it that indent its line. */
  readonly indent: number;
  readonly source: string;
}

export interface FlowScalarToken {
  readonly type: 'alias' | 'scalar' | 'single-quoted-scalar' | 'double-quoted-scalar';
  readonly offset: number;
  /** Column of the block it stands in. */
  readonly indent: number;
  readonly source: string;
  /** Blanks, comments and line ends behind it. */
  readonly end?: readonly Lexeme[];
}

export interface BlockScalarToken {
  readonly type: 'block-scalar';
  readonly offset: number;
  /** Column of its parent. */
  readonly indent: number;
  /** The header with its blanks, comment and line end. */
  readonly props: readonly SyntaxToken[];
  /** The lines below the header. */
  readonly source: string;
}

export interface ItemToken {
  /** What stands before the key or the item: indicators, anchors, tags, blanks, comments. */
  readonly start: readonly Lexeme[];
  readonly key?: SyntaxToken | null;
  /** What stands between key and value, the colon included; undefined where the item is no pair. */
  readonly sep?: readonly Lexeme[];
  readonly value?: SyntaxToken;
}

export interface BlockCollectionToken {
  readonly type: 'block-map' | 'block-seq';
  readonly offset: number;
  readonly indent: number;
  readonly items: readonly ItemToken[];
}

export interface FlowCollectionToken {
  readonly type: 'flow-collection';
  readonly offset: number;
  readonly indent: number;
  readonly start: Lexeme;
  readonly items: readonly ItemToken[];
  readonly end: readonly Lexeme[];
}

/** What the library could not place. */
export interface ErrorToken {
  readonly type: 'error' | 'directive' | 'document' | 'doc-end';
  readonly offset: number;
  readonly source?: string;
}

export type SyntaxToken =
  | Lexeme
  | FlowScalarToken
  | BlockScalarToken
  | BlockCollectionToken
  | FlowCollectionToken
  | ErrorToken;

export interface DocumentToken {
  readonly offset: number;
  readonly start: readonly Lexeme[];
  readonly value?: SyntaxToken;
  readonly end?: readonly Lexeme[];
}

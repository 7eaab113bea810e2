// How a check says what it found: most find nothing, and so none of them makes a list.
import type { Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import type { Filling } from '../../text/template.ts';
import type { ProblemCode, problemTexts } from './problem-texts.ts';

/** What is refused, and where. */
export type Found<Code extends ProblemCode> = {
  readonly at: Span;
  /** Edits after which the text says what was most likely meant. */
  readonly meant?: readonly Edit[];
} & Filling<(typeof problemTexts)[Code]>;

export type Report = <Code extends ProblemCode>(code: Code, found: Found<Code>) => void;

/** A finding that is put aside, for whoever reports later. */
export type Refusal = { [Code in ProblemCode]: { readonly code: Code } & Found<Code> }[ProblemCode];

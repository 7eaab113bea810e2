// Outlines: what a document is made of, for its symbols. Types only.
import type { Span } from '../text/span.ts';

export type OutlineKind = 'section' | 'service' | 'resource' | 'key' | 'stage' | 'instruction';

export interface OutlineEntry {
  readonly name: string;
  readonly kind: OutlineKind;
  /** Beside the name; empty where there is nothing to say. */
  readonly detail: string;
  readonly span: Span;
  /** The part that is shown when it is chosen; inside of the span. */
  readonly nameSpan: Span;
  readonly entries: readonly OutlineEntry[];
}

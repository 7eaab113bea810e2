// Completions: what may be written at a place. Types only.
import type { Span } from '../text/span.ts';

export type CompletionKind =
  | 'key'
  | 'value'
  | 'variable'
  | 'file'
  | 'folder'
  | 'anchor'
  | 'stage'
  /** Something that the file declares: a service, a network, ... */
  | 'name';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What it replaces. */
  readonly span: Span;
  readonly text: string;
  /** Beside the label. */
  readonly detail?: string;
  /** What it means. */
  readonly about?: string;
  /** Those with a smaller number stand first; 0 where nothing is said. */
  readonly rank?: number;
  /** More can be completed behind it at once. */
  readonly goesOn?: boolean;
}

// A place that the readers of a format refuse, with a message for people.
import type { Span } from '../text/span.ts';

export interface SyntaxProblem {
  readonly message: string;
  readonly span: Span;
}

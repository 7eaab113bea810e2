// Two images to be compared: what a file makes, and what it would make with the repairs.
import type { BuiltImage } from './outcome.ts';

export interface Compared {
  readonly before: BuiltImage;
  readonly after: BuiltImage;
  /** What else is known of both images, such as what a scanner found. */
  readonly more: readonly CompareRow[];
}

export interface CompareRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

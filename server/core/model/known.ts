// Known values: what a model can say for certain, and why it cannot say the rest.
import type { Span } from '../text/span.ts';

export type UnknownReason =
  /** It comes from the base image, whose configuration no file here states. */
  | 'external-base'
  /** It depends on a variable without a value in the file. */
  | 'variable'
  /** The text that would tell is incomplete or refused. */
  | 'unparsed';

export type Known<T> =
  | {
      readonly known: true;
      readonly value: T /** What set it; null for a default. */;
      readonly setAt: Span | null;
    }
  | { readonly known: false; readonly because: UnknownReason; readonly setAt: Span | null };

export const known = <T>(value: T, setAt: Span | null): Known<T> => ({ known: true, value, setAt });

export const unknown = (because: UnknownReason, setAt: Span | null = null): Known<never> => ({
  known: false,
  because,
  setAt,
});

// Looking around: whether code that was handed one part of a document has looked at the rest of the document, too.

/** Of the work that is being done. */
export const looking: { around: boolean; asked: boolean; sees: readonly string[] } = {
  /** Set by everything that leads from a part to the rest; whoever asks sets it back. */
  around: false,
  /** Set where something was asked that no document tells. */
  asked: false,
  /** The variables whose values count as seen with the part. */
  sees: [],
};

/**
 * For work that looks at nothing of the rest but FROM and ARG lines. What was found out in one version is never taken for
 * true in another one where those differ (`frameOf`).
 */
export function withinFrame<T>(work: () => T): T {
  const { around } = looking;
  const value = work();
  looking.around = around;
  return value;
}

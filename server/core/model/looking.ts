// Looking around: whether code that was handed one part of a document has looked at the rest of the document, too.

/** Of the work that is being done. */
export const looking: { around: boolean; sees: readonly string[] } = {
  /** Set by everything that leads from a part to the rest; whoever asks sets it back. */
  around: false,
  /** The variables whose values count as seen with the part. */
  sees: [],
};

// Spans: where something stands in a text. The only notion of position inside the core.

/** A half-open range of UTF-16 offsets into one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const span = (start: number, end: number): Span => ({ start, end });

export const emptySpan = (at: number): Span => ({ start: at, end: at });

export const spanText = (text: string, { start, end }: Span): string => text.slice(start, end);

/** True where the spans share a character, or where one is empty and stands inside or at an edge of the other. */
export const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

export const contains = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

export const hull = (first: Span, last: Span): Span => span(first.start, last.end);

/** Document order: by start, then the shorter first. */
export const bySpan = (a: Span, b: Span): number => a.start - b.start || a.end - b.end;

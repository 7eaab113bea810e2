// Marks: a text as a failing test shows it, with «» around the places in question.
import { bySpan, type Span } from '../../server/core/text/span.ts';

/** The inverse of `readMarks`. */
export function mark(text: string, spans: readonly Span[]): string {
  const signs = [...spans].sort(bySpan).flatMap(({ start, end }) => [
    { at: end, sign: '»', order: start === end ? 1 : 0 },
    { at: start, sign: '«', order: 1 },
  ]);
  let result = text;
  for (const { at, sign } of signs.sort((a, b) => b.at - a.at || b.order - a.order)) {
    result = result.slice(0, at) + sign + result.slice(at);
  }
  return result;
}

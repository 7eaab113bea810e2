// Sensitive text: what a rule has found to be secret is taken out of everything that is shown.
import type { Fix } from '../engine/finding.ts';
import { bySpan, type Span, span } from '../text/span.ts';

/** Stands for a secret of any length. */
export const veil = '••••••••';

/** Shorter values hide nothing, and would be found in every other word. */
const shortestValue = 4;
/** Values up to here are hidden as whole words only. */
const shortestPart = 6;

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Hides the spans; line ends inside them stay, so that lines keep their numbers. */
export function hideSpans(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of [...spans].sort(bySpan)) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    result += text.slice(at, from) + text.slice(from, end).replace(/[^\r\n]+/g, veil);
    at = end;
  }
  return result + text.slice(at);
}

/**
 * A word that the file itself uses as a name, of a service or of an image: a password that is no other word than that is
 * hidden where it is given, and the name stays readable everywhere else.
 */
const isName = (text: string, value: string): boolean =>
  /^[a-z]+$/.test(value) &&
  new RegExp(`^[ \\t]*(?:${value}[ \\t]*:|(?:image:|FROM)[^#\\n]*(?<!\\w)${value}(?!\\w))`, 'm').test(text);

/** Words that our own messages are made of: hidden there, they would make them unreadable, and hide nothing. */
const isOurWord = (value: string): boolean =>
  /^(?:pass(?:word|wd)?|secret|token|admin|root|user|login|default|example|changeme|guest|test)$/.test(value);

/** The sensitive text of a file, line by line, that is nothing but that. */
export const sensitiveValues = (text: string, spans: readonly Span[]): string[] =>
  spans
    .flatMap(({ start, end }) => text.slice(start, end).split(/[\r\n]+/))
    .map(value => value.trim())
    .filter(value => !isOurWord(value) && !isName(text, value));

/** Finds the values wherever they stand; null where there are none to find. */
function patternOf(values: readonly string[]): RegExp | null {
  const patterns = [...new Set(values)]
    .filter(value => value.length >= shortestValue)
    .sort((a, b) => b.length - a.length)
    .map(value =>
      value.length < shortestPart ? `(?<!\\w)${escapePattern(value)}(?!\\w)` : escapePattern(value),
    );
  return patterns.length === 0 ? null : new RegExp(patterns.join('|'), 'g');
}

export function hideValues(values: readonly string[]): (words: string) => string {
  const pattern = patternOf(values);
  return pattern === null ? words => words : words => words.replace(pattern, veil);
}

/** The spans, and every other place of the file where the same text stands. */
export function sensitivePlaces(text: string, spans: readonly Span[]): readonly Span[] {
  const pattern = patternOf(sensitiveValues(text, spans));
  if (pattern === null) return spans;
  const found = Array.from(text.matchAll(pattern), ({ 0: value, index }) =>
    span(index, index + value.length),
  );
  return [...spans, ...found];
}

export const hideWith = (text: string, spans: readonly Span[]): ((words: string) => string) =>
  hideValues(sensitiveValues(text, spans));

/** True where the edits of a fix would write a secret into a report: it is left out there. */
export const showsSecret = ({ edits }: Fix, hide: (words: string) => string): boolean =>
  edits.some(({ text }) => hide(text) !== text);

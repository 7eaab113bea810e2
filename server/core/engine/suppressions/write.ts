// Writing suppressions: the edits that put a comment of ours where it silences a finding, and nothing else changes.
import { type Edit, insert, replace } from '../../text/edit.ts';
import { layoutOf } from '../../text/layout.ts';
import { type Span, span } from '../../text/span.ts';
import type { Finding } from '../finding.ts';
import type { Model } from '../rule.ts';
import { joinReasons, writeOwnComment } from './own-comment.ts';
import { leadsLine, lineEnd, lineStart, placesOf } from './places.ts';
import { readSuppressions } from './read.ts';
import { isOwn, type OwnSuppression, type Suppression } from './suppression.ts';

/** Adds an id, and the reason for it, to a comment that already stands in the right place. */
function extend(text: string, { comment, targets }: OwnSuppression, rule: string, reason: string): Edit[] {
  const last = targets.at(-1);
  if (!last || targets.some(({ id }) => id === rule)) return [];
  const rest = span(last.span.end, comment.end);
  return [replace(rest, `,${rule}${joinReasons(text.slice(rest.start, rest.end), reason)}`)];
}

/** The first place for a comment line: behind a byte order mark, below parser directives. */
const firstLine = (model: Model): number =>
  Math.max(model.language === 'dockerfile' ? model.bodyStart : 0, layoutOf(model.text).bom ? 1 : 0);

/** The start of the line on which another tool's comment stands alone, or null where it shares the line. */
const ownLine = (text: string, { comment }: Suppression): number | null =>
  leadsLine(text, comment.start) ? lineStart(text, comment.start) : null;

/** Above the place, and above the comments of other tools that must stay right above it. */
function lineAbove(model: Model, place: Span, others: readonly Suppression[]): number {
  const { text } = model;
  const first = firstLine(model);
  const commented = new Set(others.map(other => ownLine(text, other)));
  let line = Math.max(lineStart(text, place.start), first);
  while (line > first && commented.has(lineStart(text, line - 1))) line = lineStart(text, line - 1);
  return Math.max(line, first);
}

/** Below the comments of other tools that count only at the top. */
function topLine(model: Model, others: readonly Suppression[]): number {
  const { text } = model;
  const forFile = others.filter(({ scope }) => scope?.start === 0 && scope.end === text.length);
  const ends = new Map(forFile.map(other => [ownLine(text, other), lineEnd(text, other.comment.end) + 1]));
  let line = firstLine(model);
  for (let end = ends.get(lineStart(text, line)); end !== undefined; end = ends.get(line)) line = end;
  return Math.min(line, text.length);
}

/**
 * Silences a finding by a comment above its instruction or YAML node (`here`), or for the whole file. A finding that
 * stands in none is silenced for the file. No edit: the comment is there already.
 */
export function suppress(model: Model, finding: Finding, scope: 'here' | 'file', reason: string): Edit[] {
  const { text } = model;
  const suppressions = readSuppressions(model);
  const others = suppressions.filter(suppression => !isOwn(suppression));
  const place = scope === 'here' ? placesOf(model).around(finding.span.start) : null;
  const existing = suppressions
    .filter(isOwn)
    .find(
      own =>
        own.wholeFile === (place === null) &&
        own.targets.length > 0 &&
        (!place || own.scope?.start === place.start),
    );
  if (existing) return extend(text, existing, finding.rule, reason);

  const { eol } = layoutOf(text);
  const comment = writeOwnComment(finding.rule, place === null, reason);
  if (place) {
    const at = lineAbove(model, place, others);
    const indentation = text.slice(Math.max(lineStart(text, place.start), firstLine(model)), place.start);
    return [insert(at, `${indentation}${comment}${eol}`)];
  }
  const at = topLine(model, others);
  const startsLine = at === 0 || leadsLine(text, at);
  return [insert(at, `${startsLine ? '' : eol}${comment}${eol}`)];
}

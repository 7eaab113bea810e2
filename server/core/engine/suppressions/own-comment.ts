// Our comments: `# bulkhead ignore=<id>[,<id>] -- reason` and `# bulkhead ignore-file=...`, read and written.
import { type Span, span } from '../../text/span.ts';
import type { Places } from './places.ts';
import type { OwnSuppression } from './suppression.ts';

/** Whatever starts like this is meant for us, complete or not. Ids end at a blank, a comma, or the dashes of the reason. */
const pattern =
  /^#[ \t]*bulkhead[ \t]+ignore(?<file>-file)?\b(?:[ \t]*=[ \t]*(?<ids>(?:(?!--)[^\s,])+(?:[ \t]*,[ \t]*(?:(?!--)[^\s,])+)*))?/d;
const id = /[^\s,]+/g;
const reason = /^[ \t]*--(?<why>.*)$/;

export function readOwnComment(text: string, comment: Span, places: Places): OwnSuppression | undefined {
  const written = text.slice(comment.start, comment.end);
  const match = pattern.exec(written);
  if (!match) return undefined;
  const wholeFile = match.groups?.file !== undefined;
  const idsStart = comment.start + (match.indices?.groups?.ids?.[0] ?? 0);
  return {
    tool: 'bulkhead',
    comment,
    scope: wholeFile ? span(0, text.length) : places.node(comment),
    wholeFile,
    targets: Array.from((match.groups?.ids ?? '').matchAll(id), ({ 0: name, index }) => ({
      id: name,
      span: span(idsStart + index, idsStart + index + name.length),
    })),
    reason: reason.exec(written.slice(match[0].length))?.groups?.why?.trim() || null,
  };
}

const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();

export function writeOwnComment(rule: string, wholeFile: boolean, because: string): string {
  const why = oneLine(because);
  return `# bulkhead ignore${wholeFile ? '-file' : ''}=${rule}${why && ` -- ${why}`}`;
}

/** What stands behind the last id of a comment when one more reason is given. */
export function joinReasons(behindIds: string, because: string): string {
  const why = oneLine(because);
  const written = reason.exec(behindIds)?.groups?.why?.trim() ?? behindIds.trim();
  if (why === '' || written.includes(why)) return behindIds;
  return written === '' ? ` -- ${why}` : `${behindIds.trimEnd()}; ${why}`;
}

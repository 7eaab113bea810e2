// Reading suppressions: all comments of a document that silence findings.
import type { Model } from '../rule.ts';
import type { OtherTool } from '../settings.ts';
import { readCheckDirective, readOtherComment, readTrailingComments } from './other-tools.ts';
import { readOwnComment } from './own-comment.ts';
import { placesOf } from './places.ts';
import { isOwn, type Suppression } from './suppression.ts';

export function readSuppressions(
  model: Model,
  ignoredTools: ReadonlySet<OtherTool> = new Set(),
): readonly Suppression[] {
  const { text } = model;
  const places = placesOf(model);
  const found: Suppression[] = [];
  for (const { text: words, span: comment } of model.comments) {
    const own = readOwnComment(text, comment, places);
    found.push(...(own ? [own] : readOtherComment(words, { text, comment, places })));
  }
  if (model.language === 'dockerfile') {
    for (const { name, value, span: comment } of model.directives) {
      if (name === 'check') found.push(...readCheckDirective(value, { text, comment, places }));
    }
    found.push(...readTrailingComments(text, places));
  }
  return found.filter(suppression => isOwn(suppression) || !ignoredTools.has(suppression.tool));
}

// Repairs at a place that one service has for itself, or several share: then the title names them all.
import type { Fix, Safety } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import type { Place } from '../insight/places.ts';
import { removeEntries } from '../model/compose/edit.ts';
import type { ComposeModel } from '../model/compose/model.ts';
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** A fix where there are edits; where several services change with it, the title says so, and a person decides. */
export function placeFix(
  { isShared, names }: Place<unknown>,
  title: string,
  safety: Safety,
  edits: readonly Edit[] | null,
): Fix[] {
  if (edits === null) return [];
  return isShared ? [fix(`${title} (changes ${names})`, 'suggestion', edits)] : [fix(title, safety, edits)];
}

/** Takes away the entry at a place: a key with its value, or an item of a list. */
export const removalFix = (
  model: ComposeModel,
  place: Place<unknown>,
  title: string,
  safety: Safety,
  entry: Span = place.at,
): Fix[] => placeFix(place, title, safety, removeEntries(model, [entry]));

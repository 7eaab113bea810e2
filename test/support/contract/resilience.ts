// The contract's fifth part: half-typed texts, and findings that a person has silenced.
import type { Example } from '../../../server/core/engine/rule.ts';
import { applyEdits } from '../../../server/core/text/edit.ts';
import { crashes } from './reports.ts';
import { fixAlone, lintWithAll, type Place, placeOf, type Subject } from './subject.ts';

/** At most this many places of a text are tried: every one of short texts, evenly spread ones of long texts. */
const mostCuts = 60;

function cutsOf({ length }: string): number[] {
  const step = Math.max(1, Math.ceil(length / mostCuts));
  return Array.from({ length: Math.floor(length / step) }, (_, index) => index * step);
}

function* atCut(subject: Subject, example: Example, place: Place): Generator<string> {
  const result = lintWithAll(subject, example, place);
  yield* crashes(result);
  for (const { rule, span, fixes } of result.findings) {
    if (span.end > place.text.length) yield `${rule} reports outside the text`;
    for (const { edits } of fixes) applyEdits(place.text, edits);
  }
  const { left } = fixAlone(subject, example, place);
  if (left.length > 0) yield `is never done: ${left.join(', ')} is left`;
}

export function* truncationProblems(subject: Subject, example: Example): Generator<string> {
  const { text, files } = placeOf(example);
  for (const cut of cutsOf(text)) {
    for (const problem of atCut(subject, example, { text: text.slice(0, cut), files })) {
      yield `cut at ${cut}, behind ${JSON.stringify(text.slice(Math.max(0, cut - 30), cut))}, ${problem}`;
    }
  }
}

// The contract's fifth part: half-typed texts, and findings that a person has silenced.
import type { Finding } from '../../../server/core/engine/finding.ts';
import type { LintResult } from '../../../server/core/engine/linting.ts';
import type { Example } from '../../../server/core/engine/rule.ts';
import { suppress } from '../../../server/core/engine/suppressions/write.ts';
import { applyEdits } from '../../../server/core/text/edit.ts';
import { quickOr } from '../sample.ts';
import { crashes, shown } from './reports.ts';
import {
  fixAlone,
  lintAlone,
  lintWithAll,
  modelOf,
  ownFindings,
  type Place,
  placeOf,
  problemsOf,
  type Subject,
} from './subject.ts';

/** How often each rule but one reports. */
function countsOfOthers({ rule: own }: Subject, findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of findings) if (rule !== own.id) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return JSON.stringify([...counts].sort());
}

/** A comment written by our own action silences the finding it was written for, and no other rule. */
export function* suppressionProblems(subject: Subject, example: Example): Generator<string> {
  const place = placeOf(example);
  const model = modelOf(subject, place.text);
  const before = lintWithAll(subject, example, place);
  for (const finding of ownFindings(subject, before)) {
    for (const scope of ['here', 'file'] as const) {
      const text = applyEdits(place.text, suppress(model, finding, scope, 'a reason'));
      const after = lintWithAll(subject, example, { ...place, text });
      const silenced = after.suppressed.some(({ message }) => message === finding.message);
      if (!silenced || ownFindings(subject, after).length >= ownFindings(subject, before).length) {
        yield `is not silenced by the comment for ${scope}:\n${shown(text)}`;
      }
      if (countsOfOthers(subject, before.findings) !== countsOfOthers(subject, after.findings)) {
        yield `silenced by a comment for ${scope} changes what other rules find`;
      }
    }
  }
}

/** At most this many places of a text are tried: every one of short texts, evenly spread ones of long texts. */
const mostCuts = quickOr(15, 60);
/** Of the places tried, every so many-th is read by all rules. */
const readByAll = quickOr(5, 10);

function cutsOf({ length }: string): number[] {
  const step = Math.max(1, Math.ceil(length / mostCuts));
  return Array.from({ length: Math.floor(length / step) }, (_, index) => index * step);
}

function* outside({ text }: Place, { findings }: LintResult): Generator<string> {
  for (const { rule, span } of findings) if (span.end > text.length) yield `${rule} reports outside the text`;
}

function* cutProblems(subject: Subject, example: Example, place: Place): Generator<string> {
  const result = lintAlone(subject, example, place);
  yield* crashes(result);
  yield* outside(place, result);
  if (result.findings.every(({ fixes }) => fixes.length === 0)) return;
  const { left } = fixAlone(subject, example, place);
  if (left.length > 0 && problemsOf(subject, place.text) === 0)
    yield `is never done: ${left.join(', ')} is left`;
}

/** An editor shows half-typed texts all day: nothing may fail on one. */
export function* truncationProblems(subject: Subject, example: Example): Generator<string> {
  const { text, files } = placeOf(example);
  for (const [index, cut] of cutsOf(text).entries()) {
    const place = { text: text.slice(0, cut), files };
    const problems = [...cutProblems(subject, example, place)];
    if (index % readByAll === 0) problems.push(...crashes(lintWithAll(subject, example, place)));
    for (const problem of problems) {
      yield `cut at ${cut}, behind ${JSON.stringify(text.slice(Math.max(0, cut - 30), cut))}, ${problem}`;
    }
  }
}

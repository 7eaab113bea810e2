// The contract's third part: what a rule's fixes do: what the examples show, what was promised, and nothing worse.
import { type Finding, type Fix, safeties } from '../../../server/core/engine/finding.ts';
import type { Example } from '../../../server/core/engine/rule.ts';
import { applyEdits } from '../../../server/core/text/edit.ts';
import { contains } from '../../../server/core/text/span.ts';
import { shown } from './reports.ts';
import {
  changeFiles,
  type Files,
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

export const carriedOut = ({ edits, files }: Fix, place: Place): Place => ({
  text: applyEdits(place.text, edits),
  files: changeFiles(place.files, files),
});

/** How often each rule reports a warning or worse. */
function seriousCounts(subject: Subject, example: Example, place: Place): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of lintWithAll(subject, example, place).findings) {
    if (severity === 'error' || severity === 'warning') counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}

/** Comments on lines of their own, but for one that a finding is about. */
function commentLines(subject: Subject, text: string, about?: Finding): string[] {
  const { comments } = modelOf(subject, text);
  return comments
    .filter(({ span }) => text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start).trim() === '')
    .filter(({ span }) => about === undefined || !contains(span, about.span))
    .map(comment => comment.text);
}

function* oneFixProblems(subject: Subject, example: Example, finding: Finding, fix: Fix): Generator<string> {
  const before = placeOf(example);
  const after = carriedOut(fix, before);
  const own = (place: Place): number => ownFindings(subject, lintAlone(subject, example, place)).length;
  if (own(after) >= own(before)) yield 'does not remove the finding';
  if (problemsOf(subject, before.text) === 0 && problemsOf(subject, after.text) > 0)
    yield 'breaks the syntax';
  const serious = seriousCounts(subject, example, before);
  for (const [rule, count] of seriousCounts(subject, example, after)) {
    if (count > (serious.get(rule) ?? 0)) yield `makes a finding of ${rule}`;
  }
  const kept = commentLines(subject, after.text);
  for (const comment of commentLines(subject, before.text, finding)) {
    if (!kept.includes(comment)) yield `loses the comment "${comment}"`;
  }
}

const changedFiles = (before: Files, after: Files): Files =>
  Object.fromEntries(Object.entries(after).filter(([path, text]) => before[path] !== text));

function* difference(what: string, wanted: string, seen: string): Generator<string> {
  if (wanted !== seen)
    yield `${what} otherwise than shown\n  shown:\n${shown(wanted)}\n  made:\n${shown(seen)}`;
}

function* variantProblems(example: Example, finding: Finding | undefined): Generator<string> {
  for (const [title, wanted] of Object.entries(example.variants ?? {})) {
    const variant = finding?.fixes.find(fix => fix.title === title);
    if (variant) yield* difference(`"${title}" repairs`, wanted, carriedOut(variant, placeOf(example)).text);
    else
      yield `the first finding has no fix "${title}", but ${finding?.fixes.map(fix => `"${fix.title}"`).join(', ')}`;
  }
}

export function* fixProblems(subject: Subject, example: Example): Generator<string> {
  const place = placeOf(example);
  const findings = ownFindings(subject, lintAlone(subject, example, place));
  for (const finding of findings) {
    for (const fix of finding.fixes) {
      for (const problem of oneFixProblems(subject, example, finding, fix))
        yield `the fix "${fix.title}" ${problem}`;
    }
  }
  const fixed = fixAlone(subject, example, place);
  if (fixed.left.length > 0) yield `is never done: ${fixed.left.join(', ')} is left`;
  if (example.fixed === undefined && fixed.text !== place.text) {
    yield `shows no fixed text, which is\n${shown(fixed.text)}`;
  } else {
    yield* difference('is fixed', example.fixed ?? place.text, fixed.text);
  }
  const files = [example.fixedFiles ?? {}, changedFiles(place.files, fixed.files)].map(it =>
    JSON.stringify(it, null, 1),
  );
  yield* difference('changes files', files[0] ?? '', files[1] ?? '');
  yield* variantProblems(example, findings[0]);
}

/** All bad examples together: are fixes as available, and as safe, as declared? */
export function* promiseProblems(subject: Subject): Generator<string> {
  const { fix: promise, examples } = subject.rule;
  const findings = examples.bad.flatMap(example =>
    ownFindings(subject, lintAlone(subject, example, placeOf(example))),
  );
  const fixable = findings.filter(({ fixes }) => fixes.length > 0).length;
  const seen = fixable === 0 ? 'never' : fixable < findings.length ? 'sometimes' : 'always';
  if (seen !== promise.availability)
    yield `promises a fix ${promise.availability}, the examples have one ${seen}`;
  if (promise.availability === 'never') return;
  const least = Math.max(
    ...findings.flatMap(({ fixes }) => fixes.map(({ safety }) => safeties.indexOf(safety))),
  );
  if (fixable > 0 && safeties[least] !== promise.safety) {
    yield `promises ${promise.safety} fixes, the least safe one is ${safeties[least]}`;
  }
}

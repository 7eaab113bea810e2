// The contract's second part: what a rule reports on its examples: where, which messages, with what in them.
import { readMarks } from '../../../server/core/engine/example.ts';
import { type FactKind, noFacts } from '../../../server/core/engine/facts.ts';
import type { Finding } from '../../../server/core/engine/finding.ts';
import type { LintResult } from '../../../server/core/engine/linting.ts';
import type { Example } from '../../../server/core/engine/rule.ts';
import { bySpan, type Span, spanText } from '../../../server/core/text/span.ts';
import { mark } from '../marks.ts';
import { allExamples } from './declaration.ts';
import { forgetModels, internalError, lintAlone, ownFindings, placeOf, type Subject } from './subject.ts';

const key = (spans: readonly Span[]): string => JSON.stringify([...spans].sort(bySpan));

/** A text as part of a problem. */
export const shown = (text: string): string =>
  text.replaceAll('\r', '\\r').replaceAll('\uFEFF', '\\uFEFF').replace(/\n$/, '').replace(/^/gm, '    | ');

/** Nothing, where the findings stand exactly at the marks; else both texts, one above the other. */
export function* misplaced(code: string, findings: readonly Finding[]): Generator<string> {
  const { text, marks } = readMarks(code);
  const spans = findings.map(finding => finding.span);
  if (key(marks) === key(spans)) return;
  yield `reports elsewhere than marked\n  marked:\n${shown(code)}\n  reported:\n${shown(mark(text, spans))}`;
}

export function* crashes({ findings }: LintResult): Generator<string> {
  for (const { rule, message } of findings) if (rule === internalError) yield `crashed: ${message}`;
}

const textsOf = ({ message, related, fixes }: Finding): string[] => [
  message,
  ...related.map(({ message }) => message),
  ...fixes.map(({ title }) => title),
];

function* contentProblems({ rule }: Subject, text: string, result: LintResult): Generator<string> {
  const secrets = result.sensitive.map(span => spanText(text, span)).filter(secret => secret.trim() !== '');
  for (const finding of result.findings) {
    const template = rule.messages[finding.messageId]?.text ?? '';
    for (const [hole] of template.matchAll(/\{\w+\}/g)) {
      if (finding.message.includes(hole))
        yield `the hole ${hole} of messages.${finding.messageId} is not filled`;
    }
    if (textsOf(finding).some(said => secrets.some(secret => said.includes(secret)))) {
      yield `messages.${finding.messageId} shows a secret`;
    }
    if (finding.span.start > finding.span.end || finding.span.end > text.length) {
      yield `messages.${finding.messageId} is reported outside the text`;
    }
  }
}

/** One example: the right places, nothing secret, no crash, the same again, and calm where no fact is known. */
export function* reportProblems(subject: Subject, example: Example): Generator<string> {
  const place = placeOf(example);
  const result = lintAlone(subject, example, place);
  yield* crashes(result);
  yield* misplaced(example.code, ownFindings(subject, result));
  yield* contentProblems(subject, place.text, result);
  forgetModels();
  const again = lintAlone(subject, example, place);
  if (JSON.stringify(again.findings) !== JSON.stringify(result.findings)) yield 'differs from run to run';
  yield* crashes(lintAlone(subject, example, place, noFacts));
}

/** What the engine asks for itself, for whatever rule. */
const askedByEngine: ReadonlySet<FactKind> = new Set(['folder', 'compose', 'env', 'image']);

/** All examples together: every message is shown, and exactly the declared facts are asked for. */
export function* coverageProblems(subject: Subject): Generator<string> {
  const { messages, needs } = subject.rule;
  const results = allExamples(subject.rule).map(example => lintAlone(subject, example, placeOf(example)));
  const shownMessages = new Set(
    results.flatMap(result => ownFindings(subject, result)).map(found => found.messageId),
  );
  const askedFacts = new Set(results.flatMap(({ asked }) => asked).map(({ kind }) => kind));
  for (const id of Object.keys(messages)) if (!shownMessages.has(id)) yield `no example shows messages.${id}`;
  for (const kind of needs) if (!askedFacts.has(kind)) yield `needs ${kind}, but no example makes it ask`;
  const unneeded = [...askedFacts].filter(kind => !needs.includes(kind) && !askedByEngine.has(kind));
  for (const kind of unneeded) yield `asks for ${kind} without needing it`;
}

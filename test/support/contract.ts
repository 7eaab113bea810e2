// The contract that every rule is held to, as a list of what a rule breaks of it. Empty: the rule is sound.
import type { Catalogue } from '../../server/core/engine/catalogue.ts';
import type { Example, Rule } from '../../server/core/engine/rule.ts';
import { declarationProblems } from './contract/declaration.ts';
import { fixProblems, promiseProblems } from './contract/fixes.ts';
import { coverageProblems, reportProblems } from './contract/reports.ts';
import { suppressionProblems, truncationProblems } from './contract/resilience.ts';
import type { Subject } from './contract/subject.ts';
import { variationProblems } from './contract/variations.ts';

const exampleChecks = [
  reportProblems,
  fixProblems,
  variationProblems,
  suppressionProblems,
  truncationProblems,
];

/** What the first check that finds anything has to say: the others would say it again in other words. */
function exampleProblems(subject: Subject, example: Example): string[] {
  for (const check of exampleChecks) {
    const problems = [...check(subject, example)];
    if (problems.length > 0) return problems;
  }
  return [];
}

export function contractProblems(rule: Rule, catalogue: Catalogue): string[] {
  const subject = { rule, catalogue };
  const named = (kind: string, examples: readonly Example[]): string[] =>
    examples.flatMap((example, index) =>
      exampleProblems(subject, example).map(problem => `${kind} example ${index + 1} ${problem}`),
    );
  return [
    ...declarationProblems(rule),
    ...coverageProblems(subject),
    ...promiseProblems(subject),
    ...named('bad', rule.examples.bad),
    ...named('good', rule.examples.good),
  ];
}

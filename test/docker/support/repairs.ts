// Repairs: what the engine of the product makes of a text, by one rule and each of its fixes.
import { catalogueOf } from '../../../server/core/engine/catalogue.ts';
import type { Finding } from '../../../server/core/engine/finding.ts';
import type { Example, Rule } from '../../../server/core/engine/rule.ts';
import { rules } from '../../../server/core/rules/index.generated.ts';
import { carriedOut } from '../../support/contract/fixes.ts';
import {
  fixAlone,
  lintAlone,
  ownFindings,
  type Place,
  placeOf,
  type Subject,
} from '../../support/contract/subject.ts';

const catalogue = catalogueOf(rules);

export interface Repair {
  readonly title: string;
  readonly place: Place;
}

function subjectOf(id: string): Subject {
  const rule = catalogue.rule(id);
  if (!rule) throw new Error(`There is no rule ${id}.`);
  return { rule, catalogue };
}

export const dockerfileRules: readonly Rule[] = rules.filter(({ language }) => language === 'dockerfile');
export const composeRules: readonly Rule[] = rules.filter(({ language }) => language === 'compose');

/** What the rule alone finds, and what of the text nobody may show. */
export function findingsOf(
  id: string,
  example: Example,
): { findings: readonly Finding[]; secrets: string[] } {
  const subject = subjectOf(id);
  const place = placeOf(example);
  const result = lintAlone(subject, example, place);
  const secrets = result.sensitive.map(({ start, end }) => place.text.slice(start, end));
  return { findings: ownFindings(subject, result), secrets };
}

/** The first fix of every finding, again and again; null where there is none. */
export function repaired(id: string, example: Example): Place | null {
  const before = placeOf(example);
  const after = fixAlone(subjectOf(id), example, before);
  const isSame = after.text === before.text && JSON.stringify(after.files) === JSON.stringify(before.files);
  return isSame ? null : after;
}

/** The place after the first fix with such a title. */
export function repairedBy(id: string, title: RegExp, example: Example): Place {
  const fixes = findingsOf(id, example).findings.flatMap(finding => finding.fixes);
  const wanted = fixes.find(fix => title.test(fix.title));
  if (!wanted) throw new Error(`No ${title} among ${fixes.map(fix => `"${fix.title}"`).join(', ')}.`);
  return carriedOut(wanted, placeOf(example));
}

/** Everything that the rule offers for the text. */
export function repairsOf(id: string, example: Example): Repair[] {
  const first = repaired(id, example);
  const { findings } = findingsOf(id, example);
  const others = findings.flatMap(({ fixes }) =>
    fixes.slice(1).map(fix => ({ title: fix.title, place: carriedOut(fix, placeOf(example)) })),
  );
  return first === null ? others : [{ title: 'repaired', place: first }, ...others];
}

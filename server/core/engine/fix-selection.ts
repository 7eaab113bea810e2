// Fix selection: which of the offered fixes can be applied together in one pass.
import type { Edit } from '../text/edit.ts';
import { type Span, touches } from '../text/span.ts';
import { allowedBy, type Finding, type Fix, type Safety } from './finding.ts';

export interface Selected {
  readonly finding: Finding;
  readonly fix: Fix;
}

const sameEdit = (a: Edit, b: Edit): boolean =>
  a.span.start === b.span.start &&
  a.span.end === b.span.end &&
  a.text === b.text &&
  a.span.end > a.span.start;

/** Of every finding the first fix that is allowed; findings in document order come first. */
export function selectFixes(findings: readonly Finding[], limit: Safety): Selected[] {
  const selected: Selected[] = [];
  const taken: Edit[] = [];
  const relied: Span[] = [];
  const groups = new Set<string>();

  const isFree = ({ edits, relies, group }: Fix): boolean =>
    (group === null || !groups.has(group)) &&
    edits.every(
      edit =>
        taken.every(other => sameEdit(edit, other) || !touches(edit.span, other.span)) &&
        relied.every(span => !touches(edit.span, span)),
    ) &&
    relies.every(span => taken.every(edit => !touches(edit.span, span)));

  for (const finding of findings) {
    const fix = finding.fixes.find(({ safety }) => allowedBy(limit, safety));
    if (!fix || !isFree(fix)) continue;
    selected.push({ finding, fix });
    taken.push(...fix.edits.filter(edit => !taken.some(other => sameEdit(edit, other))));
    relied.push(...fix.relies);
    if (fix.group !== null) groups.add(fix.group);
  }
  return selected;
}

/** The edits of selected fixes, those that two fixes share once. */
export function editsOf(selected: readonly Selected[]): Edit[] {
  const edits: Edit[] = [];
  for (const { fix } of selected) {
    edits.push(...fix.edits.filter(edit => !edits.some(other => sameEdit(edit, other))));
  }
  return edits;
}

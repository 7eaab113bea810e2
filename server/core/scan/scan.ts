// A scan: a report with what was accepted taken out, and what is left at the lines that brought it.
import type { Fix } from '../engine/finding.ts';
import { type Filtered, filterReport, type ScanFilter } from './filter.ts';
import { adviceFor } from './fixes.ts';
import { groupsOf, type ScanGroup } from './groups.ts';
import type { Mistake, ScanReport } from './model.ts';
import type { Placing } from './placing.ts';
import { groupMessage } from './words.ts';

export interface ScanLine extends ScanGroup {
  readonly message: string;
  readonly fixes: readonly Fix[];
}

export interface Scan {
  readonly report: ScanReport;
  readonly lines: readonly ScanLine[];
  readonly filtered: Filtered;
  /** How many mistakes a rule of ours says. */
  readonly ours: number;
  /** What people ought to know besides, in sentences. */
  readonly notes: readonly string[];
}

export interface ScanInput {
  readonly report: ScanReport;
  readonly filter: ScanFilter;
  readonly placeOf: Placing;
  isOurs(mistake: Mistake): boolean;
  fixesOf(group: ScanGroup): readonly Fix[];
}

const expiredNotes = ({ expired }: Filtered): string[] =>
  expired.map(
    ({ id, from, expires }) => `${id} was accepted in ${from} until ${expires}. It is shown again.`,
  );

export function scanOf({ report, filter, placeOf, isOurs, fixesOf }: ScanInput): Scan {
  const filtered = filterReport(report, filter);
  const mistakes = filtered.mistakes.filter(mistake => !isOurs(mistake));
  const lines = groupsOf(filtered.vulnerabilities, mistakes, placeOf).map(group => {
    const fixes = fixesOf(group);
    return { ...group, fixes, message: groupMessage(group, adviceFor(group, fixes)) };
  });
  const ours = filtered.mistakes.length - mistakes.length;
  return { report, lines, filtered, ours, notes: [...report.missing, ...expiredNotes(filtered)] };
}

// Counts: findings by severity and by how they can be repaired, in words.
import { type Finding, type Safety, type Severity, severities } from '../engine/finding.ts';

const plurals: Readonly<Record<Severity, string>> = {
  error: 'errors',
  warning: 'warnings',
  info: 'info',
  hint: 'hints',
};

/** `1 file`, `2 files`. */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`;

/** `a`, `a and b`, `a, b and c`. */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** `2 errors and 1 hint`. */
export const countedBySeverity = (findings: readonly Finding[]): string =>
  listed(
    severities.flatMap(severity => {
      const count = findings.filter(finding => finding.severity === severity).length;
      return count === 0 ? [] : [counted(count, severity, plurals[severity])];
    }),
  );

/** Findings of which some fix, and no safer one, is of this safety. */
export const repairable = (findings: readonly Finding[], safety: Exclude<Safety, 'suggestion'>): Finding[] =>
  findings.filter(({ fixes }) => {
    const has = (wanted: Safety): boolean => fixes.some(fix => fix.safety === wanted);
    return has(safety) && (safety === 'safe' || !has('safe'));
  });

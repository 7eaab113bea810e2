// Acceptance: which findings somebody has said to be meant, by a comment in the file or by the configuration.
import type { Finding } from '../engine/finding.ts';
import type { LintResult } from '../engine/linting.ts';
import type { Model } from '../engine/rule.ts';
import { type Settings, severityUnder } from '../engine/settings.ts';
import type { Checked } from './checklist.ts';

/** `result` holds what all rules of the checklist have found; `settings` are those that people have made. */
export function checkedUnder<M extends Model>(model: M, result: LintResult, settings: Settings): Checked<M> {
  const isOff = (finding: Finding): boolean => severityUnder(settings, finding) === 'off';
  const switchedOff = { by: 'configuration', reason: null } as const;
  return {
    model,
    findings: result.findings.filter(finding => !isOff(finding)),
    accepted: [
      ...result.suppressed.map(({ reason, ...finding }) => ({
        finding,
        acceptance: { by: 'comment', reason } as const,
      })),
      ...result.findings.filter(isOff).map(finding => ({ finding, acceptance: switchedOff })),
    ],
    sensitive: result.sensitive,
  };
}

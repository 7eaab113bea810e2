// Reading a report: which scanner wrote it, and what it says.
import { parsedJson } from '../image/json.ts';
import { isGrype, readGrype } from './grype.ts';
import { mapIn } from './json.ts';
import type { ScanReport } from './model.ts';
import { isGitLab, isScoutSarif, readGitLab, readScoutSarif } from './scout.ts';
import { isTrivy, readTrivy } from './trivy.ts';

export type ReadReport = { readonly report: ScanReport } | { readonly problem: string };

const unknown =
  'This is no report that Bulkhead reads. Write one with trivy image --format json, grype --output json or docker scout cves --format sarif.';

const readers = [
  [isTrivy, readTrivy],
  [isScoutSarif, readScoutSarif],
  [isGitLab, readGitLab],
  [isGrype, readGrype],
] as const;

export function readReport(text: string): ReadReport {
  const json = parsedJson(text.replace(/^\uFEFF/, ''));
  if (json === null) {
    const problem =
      text.trim() === '' ? 'The report is empty.' : 'The report is not JSON, or only a part of it.';
    return {
      problem: `${problem} Have it written again, with --format json (Trivy) or --output json (Grype).`,
    };
  }
  const report = mapIn(json);
  const read = readers.find(([isIt]) => isIt(report))?.[1](report) ?? unknown;
  return typeof read === 'string' ? { problem: read } : { report: read };
}

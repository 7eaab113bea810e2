// A scanned image as every report gets it.
import type { Severity } from '../engine/finding.ts';
import type { ScanSeverity } from '../scan/model.ts';
import type { Scan } from '../scan/scan.ts';
import type { Source } from './report-file.ts';

export interface ScannedImage {
  readonly image: string;
  /** `Trivy 0.74.0`. */
  readonly by: string;
  readonly scan: Scan;
  /** The file that the lines are in; null where no file is known. */
  readonly source: Source | null;
}

/** How a scanner's severity is painted, and told to those who know ours alone. */
export const ourSeverity: Readonly<Record<ScanSeverity, Severity>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'info',
  unknown: 'hint',
};

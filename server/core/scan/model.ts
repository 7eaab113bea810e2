// What a scanner says of an image, whichever scanner it is. Types, and the order of severities.
import { type ScanSeverity, scanSeverities } from '../engine/config/scan.ts';
import type { ImageConfig } from '../image/config.ts';

export { type ScanSeverity, scanSeverities };

export const scannerNames = ['trivy', 'grype', 'docker-scout'] as const;
export type ScannerName = (typeof scannerNames)[number];

/** For people. */
export const scannerTitles: Readonly<Record<ScannerName, string>> = {
  trivy: 'Trivy',
  grype: 'Grype',
  'docker-scout': 'Docker Scout',
};

/** What is in the way of a scan: a hint of the command line, a button of the editor may help. */
export type Obstacle = 'cancelled' | 'no scanner' | 'no database' | 'no image' | 'other';

/** What is in the way of one image is in the way of all. */
export const isForAll = (kind: Obstacle): boolean => kind !== 'no image' && kind !== 'other';

export interface Vulnerability {
  readonly id: string;
  /** Other names of the same: the CVE of a GHSA. */
  readonly aliases: readonly string[];
  readonly severity: ScanSeverity;
  readonly package: string;
  readonly installed: string;
  /** The first version without it, of several those that fix it in their lines; null where there is none. */
  readonly fixed: string | null;
  readonly title: string | null;
  readonly url: string | null;
  /** https://github.com/package-url */
  readonly purl: string | null;
  /** As package URLs name it: `deb`, `npm`, `pypi`. */
  readonly ecosystem: string;
  /** In the scanner's words: `will_not_fix`. */
  readonly status: string | null;
  /** The diff id of the layer that holds the package. */
  readonly layer: string | null;
  /** The file that gives the package away, from the root of the image. */
  readonly path: string | null;
}

/** What else a scanner finds: it may be what a rule of ours says of the file. */
export interface Mistake {
  readonly kind: 'misconfiguration' | 'secret';
  readonly id: string;
  readonly severity: ScanSeverity;
  readonly title: string;
  readonly url: string | null;
  readonly path: string | null;
  readonly layer: string | null;
}

export interface ScanReport {
  readonly scanner: ScannerName;
  readonly version: string | null;
  /** As it was named to the scanner. */
  readonly image: string | null;
  /** How the image was made; null where the report does not tell. */
  readonly config: ImageConfig | null;
  readonly vulnerabilities: readonly Vulnerability[];
  readonly mistakes: readonly Mistake[];
  /** What the report should have told and does not, in sentences. */
  readonly missing: readonly string[];
}

/** True for `severity` and everything worse. */
export const isAtLeast = (severity: ScanSeverity, least: ScanSeverity): boolean =>
  scanSeverities.indexOf(severity) <= scanSeverities.indexOf(least);

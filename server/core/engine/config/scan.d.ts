/** Worst first. Negligible ones count as low. */
export declare const scanSeverities: readonly ['critical', 'high', 'medium', 'low', 'unknown'];
export type ScanSeverity = (typeof scanSeverities)[number];
export declare const scanFailOnWords: readonly ['critical', 'high', 'medium', 'low', 'unknown', 'never'];
export interface ScanIgnore {
  readonly id: string;
  /** In every package where it is null. */
  readonly package: string | null;
  readonly reason: string;
  /** The last day on which it holds: `2027-01-31`. */
  readonly expires: string | null;
}
export interface ScanConfig {
  readonly severity?: ScanSeverity;
  readonly fixableOnly?: boolean;
  readonly failOn?: ScanSeverity | 'never';
  readonly ignore?: readonly ScanIgnore[];
  /** Files that say which vulnerabilities do no harm here. */
  readonly vex?: readonly string[];
}
/** The stronger one wins; what is accepted adds up. */
export declare const mergeScan: (weaker: ScanConfig, stronger: ScanConfig) => ScanConfig;

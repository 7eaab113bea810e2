// What `scan` in `.bulkhead.yaml` says: which vulnerabilities of an image are shown, which are accepted, and which fail a run.
/** Worst first. Negligible ones count as low. */
export const scanSeverities = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
export type ScanSeverity = (typeof scanSeverities)[number];

export const scanFailOnWords = [...scanSeverities, 'never'] as const;

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
export const mergeScan = (weaker: ScanConfig, stronger: ScanConfig): ScanConfig => ({
  ...weaker,
  ...stronger,
  ignore: [...(weaker.ignore ?? []), ...(stronger.ignore ?? [])],
  vex: [...(weaker.vex ?? []), ...(stronger.vex ?? [])],
});

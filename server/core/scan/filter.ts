// Filters: which of what a scanner found is to be shown, and what has become of the rest.
import { accepts, hasExpired, type Ignore } from './ignores.ts';
import { isAtLeast, type Mistake, type ScanReport, type ScanSeverity, type Vulnerability } from './model.ts';

export interface ScanFilter {
  /** The least that is shown. */
  readonly severity: ScanSeverity;
  readonly fixableOnly: boolean;
  readonly ignores: readonly Ignore[];
  /** `2026-11-28`. */
  readonly today: string;
}

export interface Filtered {
  readonly vulnerabilities: readonly Vulnerability[];
  readonly mistakes: readonly Mistake[];
  readonly ignored: readonly { readonly vulnerability: Vulnerability; readonly by: Ignore }[];
  /** Less severe than asked for, or not to be fixed. */
  readonly hidden: number;
  /** What was accepted, and is not any more. */
  readonly expired: readonly Ignore[];
}

/** By the id in lower case: scanners and people spell it either way. */
function byId(ignores: readonly Ignore[]): (id: string) => readonly Ignore[] {
  const found = new Map<string, Ignore[]>();
  for (const ignore of ignores) {
    const key = ignore.id.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), ignore]);
  }
  return id => found.get(id.toLowerCase()) ?? [];
}

const keyOf = ({ id, package: name, installed, path, layer }: Vulnerability): string =>
  [id, name, installed, path, layer].join('\n');

/** Databases that overlap tell the same twice. */
const once = (all: readonly Vulnerability[]): Vulnerability[] => [
  ...new Map(all.map(found => [keyOf(found), found])).values(),
];

export function filterReport(report: ScanReport, filter: ScanFilter): Filtered {
  const { severity, fixableOnly, ignores, today } = filter;
  const expired = ignores.filter(ignore => hasExpired(ignore, today));
  const holding = byId(ignores.filter(ignore => !hasExpired(ignore, today)));
  const found = once(report.vulnerabilities).map(vulnerability => ({
    vulnerability,
    by: [vulnerability.id, ...vulnerability.aliases]
      .flatMap(holding)
      .find(ignore => accepts(ignore, vulnerability)),
  }));
  const ignored = found.flatMap(({ vulnerability, by }) => (by ? { vulnerability, by } : []));
  const left = found.flatMap(({ vulnerability, by }) => (by ? [] : vulnerability));
  const vulnerabilities = left.filter(
    each => isAtLeast(each.severity, severity) && (each.fixed !== null || !fixableOnly),
  );
  const mistakes = report.mistakes.filter(
    each => isAtLeast(each.severity, severity) && holding(each.id).length === 0,
  );
  return { vulnerabilities, mistakes, ignored, hidden: left.length - vulnerabilities.length, expired };
}

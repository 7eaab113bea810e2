// Groups: what is found at one line with one severity, package by package; not a squiggle for each of hundreds.
import { type Mistake, type ScanSeverity, scanSeverities, type Vulnerability } from './model.ts';
import type { Place, Placing } from './placing.ts';
import { compareLoosely, fixedFor } from './versions.ts';

export interface ScannedPackage {
  readonly name: string;
  readonly installed: string;
  /** The version without any of them; null where some is not fixed. */
  readonly fixed: string | null;
  readonly vulnerabilities: readonly Vulnerability[];
}

export interface ScanGroup {
  readonly place: Place;
  readonly severity: ScanSeverity;
  /** Those with the most first. */
  readonly packages: readonly ScannedPackage[];
  readonly mistakes: readonly Mistake[];
  readonly count: number;
  /** How many of them a newer version is without. */
  readonly fixable: number;
}

const byName = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
};

function laterOf(versions: readonly (string | null)[]): string | null {
  const known = versions.filter(version => version !== null);
  return known.length < versions.length ? null : ([...known].sort(compareLoosely).at(-1) ?? null);
}

function packageOf(vulnerabilities: readonly Vulnerability[]): ScannedPackage {
  const { package: name = '', installed = '' } = vulnerabilities[0] ?? {};
  const fixes = vulnerabilities.map(({ fixed }) => (fixed === null ? null : fixedFor(installed, fixed)));
  return { name, installed, fixed: laterOf(fixes), vulnerabilities };
}

interface Placed {
  readonly place: Place;
  readonly severity: ScanSeverity;
  readonly vulnerability: Vulnerability | null;
  readonly mistake: Mistake | null;
}

function groupOf(placed: readonly Placed[], first: Placed): ScanGroup {
  const vulnerabilities = placed.flatMap(({ vulnerability }) => vulnerability ?? []);
  const packages = byName(vulnerabilities, each => `${each.package}\n${each.installed}`)
    .map(packageOf)
    .sort((a, b) => b.vulnerabilities.length - a.vulnerabilities.length || (a.name < b.name ? -1 : 1));
  return {
    place: first.place,
    severity: first.severity,
    packages,
    mistakes: placed.flatMap(({ mistake }) => mistake ?? []),
    count: placed.length,
    fixable: vulnerabilities.filter(({ fixed }) => fixed !== null).length,
  };
}

const orderOf = ({ place, severity }: ScanGroup): number =>
  (place.span?.start ?? 0) * scanSeverities.length + scanSeverities.indexOf(severity);

/** In the order of the file; at one place the worst first. */
export function groupsOf(
  vulnerabilities: readonly Vulnerability[],
  mistakes: readonly Mistake[],
  placeOf: Placing,
): ScanGroup[] {
  const placed: Placed[] = [
    ...vulnerabilities.map(vulnerability => ({
      place: placeOf(vulnerability),
      severity: vulnerability.severity,
      vulnerability,
      mistake: null,
    })),
    ...mistakes.map(mistake => ({
      place: placeOf({ ...mistake, package: '', ecosystem: '' }),
      severity: mistake.severity,
      vulnerability: null,
      mistake,
    })),
  ];
  return byName(placed, ({ place, severity }) => `${place.key}\n${severity}`)
    .flatMap(group => (group[0] ? groupOf(group, group[0]) : []))
    .sort((a, b) => orderOf(a) - orderOf(b));
}

// What is said of a group, of a package and of a whole scan, in words.
import type { Filtered } from './filter.ts';
import type { ScanGroup, ScannedPackage } from './groups.ts';
import { type ScanSeverity, scanSeverities } from './model.ts';

const mostNamed = 3;

function named(words: readonly string[], most = mostNamed): string {
  const rest = words.length - most;
  return rest > 0 ? `${words.slice(0, most).join(', ')} and ${rest} more` : words.join(', ');
}

/** `openssl 3.0.9-1`. */
export const packageTitle = ({ name, installed }: Pick<ScannedPackage, 'name' | 'installed'>): string =>
  `${name} ${installed}`.trim();

export const idsOf = ({ vulnerabilities }: ScannedPackage, most = mostNamed): string =>
  named(
    vulnerabilities.map(({ id }) => id),
    most,
  );

const packageWords = (each: ScannedPackage): string =>
  `${packageTitle(each)} (${idsOf(each)}${each.fixed === null ? '' : `; fixed in ${each.fixed}`})`;

/** `1 high vulnerability`. */
export const vulnerabilityCount = (count: number, severity: string): string =>
  `${count} ${severity}${severity === '' ? '' : ' '}${count === 1 ? 'vulnerability' : 'vulnerabilities'}`;

/** `2 critical, 1 high`. */
export const countedByScanSeverity = (
  groups: readonly { readonly severity: ScanSeverity; readonly count: number }[],
): string =>
  scanSeverities
    .flatMap(severity => {
      const count = groups
        .filter(group => group.severity === severity)
        .reduce((sum, each) => sum + each.count, 0);
      return count === 0 ? [] : [`${count} ${severity}`];
    })
    .join(', ');

const sources: Readonly<Record<string, string>> = { FROM: ' of this image', RUN: ' that this installs' };

function fixableWords({ count, fixable }: ScanGroup): string {
  if (fixable === 0)
    return count === 1 ? 'No version is without it yet.' : 'No versions are without them yet.';
  if (fixable === count) return count === 1 ? '' : 'Newer versions are without all of them.';
  return `Newer versions are without ${fixable} of them.`;
}

/** The sentence that stands at the line. */
export function groupMessage(group: ScanGroup, advice: string): string {
  const { packages, mistakes, severity, place } = group;
  const source = sources[place.instruction?.keyword ?? ''] ?? '';
  const ofPackages = group.count - mistakes.length;
  const parts = [
    ofPackages === 0
      ? ''
      : `${vulnerabilityCount(ofPackages, severity)} in ${packages.length === 1 ? 'a package' : `${packages.length} packages`}${source}: ${named(packages.map(packageWords))}.`,
    ofPackages === 0 ? '' : fixableWords({ ...group, count: ofPackages }),
    mistakes.length === 0
      ? ''
      : `${named(mistakes.map(({ id, title, path }) => `${title || id}${path === null ? '' : ` in ${path}`}`))}.`,
    place.isSure ? '' : 'No layer tells that they come from here.',
    advice,
  ];
  return parts.filter(part => part !== '').join(' ');
}

/** What a scan leaves out, each in a few words. */
export const notShown = ({
  filtered,
  ours,
}: {
  readonly filtered: Filtered;
  readonly ours: number;
}): string[] =>
  [
    filtered.ignored.length > 0 ? `${filtered.ignored.length} accepted` : '',
    filtered.hidden > 0 ? `${filtered.hidden} filtered out` : '',
    ours > 0 ? `${ours} left to bulkhead lint` : '',
  ].filter(part => part !== '');

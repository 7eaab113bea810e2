// Reports of Trivy: `--format json`, SchemaVersion 2.
import { readImageConfig } from '../image/config.ts';
import { type Json, leftOut, linkIn, mapIn, mapsIn, severityIn, textIn, textsIn, titleIn } from './json.ts';
import type { Mistake, ScanReport, Vulnerability } from './model.ts';
import { readPurl } from './purl.ts';

/** Trivy's word for where a package comes from, where it gives no package URL. */
const ecosystems: Readonly<Record<string, string>> = {
  alpine: 'apk',
  wolfi: 'apk',
  chainguard: 'apk',
  debian: 'deb',
  ubuntu: 'deb',
  'node-pkg': 'npm',
  npm: 'npm',
  yarn: 'npm',
  pnpm: 'npm',
  bun: 'npm',
  'python-pkg': 'pypi',
  pip: 'pypi',
  pipenv: 'pypi',
  poetry: 'pypi',
  uv: 'pypi',
  gemspec: 'gem',
  bundler: 'gem',
  gobinary: 'golang',
  gomod: 'golang',
  rustbinary: 'cargo',
  cargo: 'cargo',
  jar: 'maven',
  pom: 'maven',
  composer: 'composer',
  nuget: 'nuget',
};

const ecosystemOf = (purl: string | null, { Class, Type }: Json): string => {
  const known = purl === null ? null : readPurl(purl);
  const type = textIn(Type) ?? '';
  return known?.type ?? ecosystems[type] ?? (Class === 'os-pkgs' ? 'rpm' : type);
};

/** The target of a package manager's own file is that file; of a system it is a name for people. */
const pathOf = (path: unknown, { Class, Target }: Json): string | null =>
  textIn(path) ?? (Class === 'lang-pkgs' ? textIn(Target) : null);

function vulnerabilityOf(entry: Json, result: Json): Vulnerability[] {
  const id = textIn(entry.VulnerabilityID);
  const name = textIn(entry.PkgName);
  if (id === null || name === null) return [];
  const purl = textIn(mapIn(entry.PkgIdentifier).PURL);
  return [
    {
      id,
      aliases: textsIn(entry.VendorIDs),
      severity: severityIn(entry.Severity),
      package: name,
      installed: textIn(entry.InstalledVersion) ?? '',
      fixed: textIn(entry.FixedVersion),
      title: titleIn(entry.Title),
      url: linkIn(entry.PrimaryURL),
      purl,
      ecosystem: ecosystemOf(purl, result),
      status: textIn(entry.Status),
      layer: textIn(mapIn(entry.Layer).DiffID),
      path: pathOf(entry.PkgPath, result),
    },
  ];
}

const misconfigurationOf = (entry: Json, { Target }: Json): Mistake => ({
  kind: 'misconfiguration',
  id: textIn(entry.ID) ?? textIn(entry.AVDID) ?? '',
  severity: severityIn(entry.Severity),
  title: titleIn(entry.Message) ?? titleIn(entry.Title) ?? '',
  url: linkIn(entry.PrimaryURL),
  path: textIn(Target),
  layer: textIn(mapIn(entry.Layer).DiffID),
});

/** The text that was found is not taken over. */
const secretOf = (entry: Json, { Target }: Json): Mistake => ({
  kind: 'secret',
  id: textIn(entry.RuleID) ?? '',
  severity: severityIn(entry.Severity),
  title: titleIn(entry.Title) ?? '',
  url: null,
  path: textIn(Target),
  layer: textIn(mapIn(entry.Layer).DiffID),
});

const hasFailed = ({ Status }: Json): boolean => textIn(Status) !== 'PASS' && textIn(Status) !== 'EXCEPTION';

export const isTrivy = (report: Json): boolean => 'SchemaVersion' in report;

/** A sentence where the report cannot be read. */
export function readTrivy(report: Json): ScanReport | string {
  const { SchemaVersion: schema } = report;
  if (schema !== 2) {
    return `This report of Trivy has SchemaVersion ${JSON.stringify(schema)}, and Bulkhead reads 2. Update Bulkhead, or have Trivy write an older report: trivy convert --help.`;
  }
  const metadata = mapIn(report.Metadata);
  const results = mapsIn(report.Results);
  const entries = results.flatMap(result => mapsIn(result.Vulnerabilities).map(entry => ({ entry, result })));
  const vulnerabilities = entries.flatMap(({ entry, result }) => vulnerabilityOf(entry, result));
  return {
    scanner: 'trivy',
    version: textIn(mapIn(report.Trivy).Version),
    image: textIn(report.ArtifactName),
    config: readImageConfig(metadata.ImageConfig),
    vulnerabilities,
    mistakes: results.flatMap(result => [
      ...mapsIn(result.Misconfigurations)
        .filter(hasFailed)
        .map(entry => misconfigurationOf(entry, result)),
      ...mapsIn(result.Secrets).map(entry => secretOf(entry, result)),
    ]),
    missing: leftOut(entries.length - vulnerabilities.length, 'id or package'),
  };
}

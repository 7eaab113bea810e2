// Reports of Docker Scout: `--format sarif`, version 2.1.0, and `--format gitlab`, version 15.
import { type Json, leftOut, linkIn, mapIn, mapsIn, severityIn, textIn, textsIn, titleIn } from './json.ts';
import type { ScanReport, ScanSeverity, Vulnerability } from './model.ts';
import { type Purl, readPurl } from './purl.ts';

const scout = (
  version: string | null,
  image: string | null,
  all: number,
  vulnerabilities: readonly Vulnerability[],
): ScanReport => ({
  scanner: 'docker-scout',
  version,
  image,
  config: null,
  vulnerabilities,
  mistakes: [],
  missing: leftOut(all - vulnerabilities.length, 'package'),
});

/** The steps of CVSS 3, for reports that state a number alone. */
function severityOfScore(score: unknown): ScanSeverity {
  const number = Number(score);
  if (!(number > 0)) return 'unknown';
  if (number >= 9) return 'critical';
  return number >= 7 ? 'high' : number >= 4 ? 'medium' : 'low';
}

function severityOfRule({ properties }: Json): ScanSeverity {
  const { tags, cvssV3_severity: named, 'security-severity': score } = mapIn(properties);
  const words = [...textsIn(tags), textIn(named) ?? ''].map(severityIn);
  return words.find(word => word !== 'unknown') ?? severityOfScore(score);
}

/** `sha256:…:/path`, as `--locations` writes it, or a path alone. */
function placeOf({ locations }: Json): Pick<Vulnerability, 'layer' | 'path'> {
  const [location] = mapsIn(locations);
  const physical = mapIn(mapIn(location?.physicalLocation).artifactLocation);
  const logical = mapsIn(location?.logicalLocations)[0];
  const text = textIn(logical?.fullyQualifiedName) ?? textIn(physical.uri) ?? '';
  const [, layer = null, path = null] = /^(?:(sha256:[0-9a-f]{64}):?)?(\/.*)?$/.exec(text) ?? [];
  return { layer, path };
}

const isGiven = (version: unknown): boolean => !/^(?:not fixed|none|)$/i.test(textIn(version) ?? '');

function resultOf(result: Json, rules: ReadonlyMap<string, Json>): Vulnerability[] {
  const id = textIn(result.ruleId);
  const rule = id === null ? undefined : rules.get(id);
  if (id === null || rule === undefined) return [];
  const { purls, fixed_version: fixed } = mapIn(rule.properties);
  const severity = severityOfRule(rule);
  const said = textIn(mapIn(result.message).text) ?? '';
  const all = textsIn(purls);
  // One rule may be about several packages: the message says which.
  const named = all.filter(purl => said.includes(purl));
  return (named.length > 0 ? named : all).flatMap(purl => {
    const read: Purl | null = readPurl(purl);
    if (read === null) return [];
    return {
      id,
      aliases: [],
      severity,
      package: read.name,
      installed: read.version ?? '',
      fixed: isGiven(fixed) ? textIn(fixed) : null,
      title: titleIn(mapIn(rule.shortDescription).text),
      url: linkIn(rule.helpUri),
      purl,
      ecosystem: read.type,
      status: null,
      ...placeOf(result),
    };
  });
}

export const isScoutSarif = ({ runs }: Json): boolean => Array.isArray(runs);

export function readScoutSarif({ version, runs }: Json): ScanReport | string {
  if (version !== '2.1.0') {
    return `This SARIF has version ${JSON.stringify(version)}, and Bulkhead reads 2.1.0. Update Bulkhead.`;
  }
  const [run = {}] = mapsIn(runs);
  const driver = mapIn(mapIn(run.tool).driver);
  const name = textIn(driver.fullName) ?? textIn(driver.name) ?? '';
  if (!/docker scout/i.test(name)) {
    return `This SARIF is of ${name === '' ? 'an unnamed tool' : name}. Bulkhead reads SARIF of Docker Scout, and the JSON of Trivy and Grype.`;
  }
  const rules = new Map(
    mapsIn(driver.rules).flatMap(rule => {
      const id = textIn(rule.id);
      return id === null ? [] : [[id, rule] as const];
    }),
  );
  const results = mapsIn(run.results);
  const read = results.map(result => resultOf(result, rules));
  const empty = read.filter(({ length }) => length === 0).length;
  const vulnerabilities = read.flat();
  return scout(textIn(driver.version), null, vulnerabilities.length + empty, vulnerabilities);
}

function dependencyOf(entry: Json): Vulnerability[] {
  const location = mapIn(entry.location);
  const dependency = mapIn(location.dependency);
  const name = textIn(mapIn(dependency.package).name);
  const identifiers = mapsIn(entry.identifiers);
  const ids = identifiers.flatMap(identifier => textIn(identifier.value) ?? textIn(identifier.name) ?? []);
  const [id = textIn(entry.id)] = ids;
  if (name === null || id === null) return [];
  const purl = readPurl(name);
  const solution = textIn(entry.solution) ?? '';
  const [, fixed = null] = /\bto (?:version )?(\S*\d\S*?)\.?$/.exec(solution) ?? [];
  return [
    {
      id,
      aliases: ids.slice(1),
      severity: severityIn(entry.severity),
      package: purl?.name ?? name,
      installed: textIn(dependency.version) ?? purl?.version ?? '',
      fixed,
      title: titleIn(entry.description) ?? titleIn(entry.name),
      url: linkIn(identifiers[0]?.url),
      purl: purl ? name : null,
      ecosystem: purl?.type ?? '',
      status: null,
      layer: null,
      path: textIn(location.file),
    },
  ];
}

export const isGitLab = ({ vulnerabilities, version }: Json): boolean =>
  Array.isArray(vulnerabilities) && textIn(version) !== null;

export function readGitLab(report: Json): ScanReport | string {
  const version = textIn(report.version) ?? '';
  if (!/^1[45]\./.test(version)) {
    return `This report in GitLab's form has version ${version}, and Bulkhead reads 14 and 15. Update Bulkhead, or write SARIF.`;
  }
  const entries = mapsIn(report.vulnerabilities);
  const image = textIn(mapIn(entries[0]?.location).image);
  const scanner = mapIn(mapIn(report.scan).scanner);
  return scout(textIn(scanner.version), image, entries.length, entries.flatMap(dependencyOf));
}

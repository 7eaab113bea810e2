// Reports of Grype: `--output json`.
import { readImageConfig } from '../image/config.ts';
import { parsedJson } from '../image/json.ts';
import { decodeBase64 } from './base64.ts';
import { type Json, leftOut, linkIn, mapIn, mapsIn, severityIn, textIn, textsIn, titleIn } from './json.ts';
import type { ScanReport, Vulnerability } from './model.ts';
import { readPurl } from './purl.ts';

/** Grype's word for the kind of a package, where it gives no package URL and the word is another. */
const ecosystems: Readonly<Record<string, string>> = {
  python: 'pypi',
  'go-module': 'golang',
  'java-archive': 'maven',
  'rust-crate': 'cargo',
  'php-composer': 'composer',
  dotnet: 'nuget',
};

function ecosystemOf({ purl, type }: Json): string {
  const known = readPurl(textIn(purl) ?? '');
  const word = textIn(type) ?? '';
  return known?.type ?? ecosystems[word] ?? word;
}

/** Systems that note all packages in one file, which every later layer with packages repeats as a whole. */
const inOneFile = new Set(['apk', 'rpm']);

/**
 * Of the layers that hold something of the package the lowest: later ones repeat what earlier ones brought. Where the only
 * trace is such a file, the layer says when it was written last, and not for which package.
 */
function layerOf(locations: readonly Json[], ecosystem: string, layers: readonly string[]): string | null {
  const levels = locations.map(({ layerID }) => layers.indexOf(textIn(layerID) ?? ''));
  const lowest = levels.length === 0 ? -1 : Math.min(...levels);
  return inOneFile.has(ecosystem) && new Set(levels).size === 1 && lowest > 0
    ? null
    : (layers[lowest] ?? null);
}

const isPrimary = ({ annotations }: Json): boolean => mapIn(annotations).evidence === 'primary';

function vulnerabilityOf(match: Json, layers: readonly string[]): Vulnerability[] {
  const { vulnerability, relatedVulnerabilities, artifact } = match;
  const { id, severity, fix, description, dataSource, urls } = mapIn(vulnerability);
  const item = mapIn(artifact);
  const found = textIn(id);
  const name = textIn(item.name);
  if (found === null || name === null) return [];
  const { state, versions } = mapIn(fix);
  const related = mapsIn(relatedVulnerabilities);
  const locations = mapsIn(item.locations);
  const ecosystem = ecosystemOf(item);
  return [
    {
      id: found,
      aliases: related.flatMap(other => textIn(other.id) ?? []).filter(other => other !== found),
      severity: severityIn(severity),
      package: name,
      installed: textIn(item.version) ?? '',
      fixed: textsIn(versions).join(', ') || null,
      title: titleIn(description) ?? titleIn(related[0]?.description),
      url: linkIn(dataSource) ?? textsIn(urls).find(url => linkIn(url) !== null) ?? null,
      purl: textIn(item.purl),
      ecosystem,
      status: textIn(state),
      layer: layerOf(locations, ecosystem, layers),
      path: textIn((locations.find(isPrimary) ?? locations[0])?.path),
    },
  ];
}

export const isGrype = ({ matches, descriptor }: Json): boolean =>
  mapIn(descriptor).name === 'grype' || Array.isArray(matches);

/** A sentence where the report cannot be read. */
export function readGrype(report: Json): ScanReport | string {
  const { matches, source, descriptor } = report;
  if (!Array.isArray(matches)) {
    return 'This report of Grype has no `matches`, so Bulkhead cannot read it. Update Bulkhead, or write it with grype --output json.';
  }
  const target = mapIn(mapIn(source).target);
  // The report carries it as it is.
  const config = readImageConfig(parsedJson(decodeBase64(textIn(target.config) ?? '') ?? ''));
  const vulnerabilities = matches.flatMap(match => vulnerabilityOf(mapIn(match), config?.diffIds ?? []));
  return {
    scanner: 'grype',
    version: textIn(mapIn(descriptor).version),
    image: textIn(target.userInput),
    config,
    vulnerabilities,
    mistakes: [],
    missing: leftOut(matches.length - vulnerabilities.length, 'id or package'),
  };
}

// The report for code scanning: SARIF 2.1.0, with the rules' help, fixes, and what comments have silenced.
import type { Finding, Fix, Severity, SuppressedFinding } from '../engine/finding.ts';
import type { RuleInfo } from '../engine/rule.ts';
import type { Span } from '../text/span.ts';
import { fingerprints } from './fingerprint.ts';
import { rulePageUrl } from './links.ts';
import { rulePage } from './page.ts';
import { type ReportFile, type Source, sourceOf } from './report-file.ts';
import { showsSecret } from './sensitive.ts';

export interface SarifTool {
  readonly version: string;
  info(rule: string): RuleInfo | undefined;
  /** Of what no rule of ours says. */
  descriptor?(rule: string): object | undefined;
}

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** On the scale of 0 to 10 that code scanning sorts security findings by: high, medium, low, low. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  error: '8.0',
  warning: '5.5',
  info: '3.0',
  hint: '1.0',
};

function descriptorOf(id: string, info: RuleInfo | undefined) {
  if (!info) return { id };
  return {
    id,
    shortDescription: { text: info.title },
    fullDescription: { text: info.docs.why },
    help: { text: `${info.docs.why}\n\n${info.docs.remedy}`, markdown: rulePage(info) },
    helpUri: rulePageUrl(id),
    defaultConfiguration: { level: levels[info.severity] },
    properties: {
      tags: [info.category, ...(info.language === 'any' ? [] : [info.language])],
      ...(info.category === 'security' ? { 'security-severity': securitySeverities[info.severity] } : {}),
    },
  };
}

/** Relative paths are below the folder that the run is about; others name a place of the machine. */
function uriOf(path: string): string {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return `file://${uri}`;
  return /^[a-z]:\//i.test(path) ? `file:///${path.slice(0, 2)}${uri.slice(uri.indexOf('/'))}` : uri;
}

/** One-based, the end column behind the last character. */
function regionOf({ lines }: Source, { start, end }: Span) {
  const [from, to] = [lines.positionAt(start), lines.positionAt(end)];
  return {
    startLine: from.line + 1,
    startColumn: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

const placeOf = (source: Source, span: Span) => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(source.path) },
    region: regionOf(source, span),
  },
});

const fixOf = (fix: Fix, source: Source) => ({
  description: { text: source.hide(fix.title) },
  artifactChanges: [
    {
      artifactLocation: { uri: uriOf(source.path) },
      replacements: fix.edits.map(({ span, text }) => ({
        deletedRegion: regionOf(source, span),
        insertedContent: { text },
      })),
    },
  ],
  properties: { safety: fix.safety },
});

/** Only what stands in the file itself can be told: a fix that also changes other files would be half a fix. */
const isWhole = ({ edits, files }: Fix): boolean => edits.length > 0 && files.length === 0;

function resultsOf(file: ReportFile, indexOf: (rule: string) => number) {
  const source = sourceOf(file);
  const printOf = fingerprints(source);
  const resultOf = (finding: Finding) => {
    const fixes = finding.fixes.filter(fix => isWhole(fix) && !showsSecret(fix, source.hide));
    return {
      ruleId: finding.rule,
      ruleIndex: indexOf(finding.rule),
      level: levels[finding.severity],
      message: { text: source.hide(finding.message) },
      locations: [placeOf(source, finding.span)],
      ...(finding.related.length > 0
        ? {
            relatedLocations: finding.related.map(({ span, message }) => ({
              ...placeOf(source, span),
              message: { text: source.hide(message) },
            })),
          }
        : {}),
      partialFingerprints: { primaryLocationLineHash: printOf(finding) },
      ...(fixes.length > 0 ? { fixes: fixes.map(fix => fixOf(fix, source)) } : {}),
    };
  };
  const suppressedOf = ({ reason, ...finding }: SuppressedFinding) => {
    const suppression = reason === null ? {} : { justification: source.hide(reason) };
    return { ...resultOf(finding), suppressions: [{ kind: 'inSource', ...suppression }] };
  };
  return [...file.findings.map(resultOf), ...file.suppressed.map(suppressedOf)];
}

export function sarifReport(files: readonly ReportFile[], { version, info, descriptor }: SarifTool): string {
  const found = new Set(
    files.flatMap(file => [...file.findings, ...file.suppressed].map(({ rule }) => rule)),
  );
  const rules = [...found].sort();
  const places = new Map(rules.map((rule, place) => [rule, place]));
  const report = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Bulkhead',
            semanticVersion: version,
            rules: rules.map(rule => descriptor?.(rule) ?? descriptorOf(rule, info(rule))),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(file => resultsOf(file, rule => places.get(rule) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

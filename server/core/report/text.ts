// The report for people: every finding with its place, its message, the code and how to repair it.
import type { Finding, Safety } from '../engine/finding.ts';
import { counted, countedBySeverity, repairable } from './counts.ts';
import { printable } from './drawn-line.ts';
import { codeFrame } from './frame.ts';
import { type ReportFile, type Source, sourceOf } from './report-file.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

const indentation = '  ';

/** How a fix is applied. */
export const ways: Readonly<Record<Safety, string>> = {
  safe: 'safe: bulkhead fix',
  unsafe: 'unsafe: bulkhead fix --unsafe',
  suggestion: 'your choice: in the editor, or by hand',
};

/** `path:line:column`, one-based, as terminals and editors link it. */
function placeOf({ path, lines }: Source, offset: number): string {
  const { line, character } = lines.positionAt(offset);
  return `${printable(path)}:${line + 1}:${character + 1}`;
}

const wordsOf = (prose: string, source: Source): string => printable(source.hide(prose));

function fixLine({ fixes }: Finding, source: Source, { palette }: Style): string[] {
  const [best] = fixes;
  if (!best) return [];
  const others = fixes.length > 1 ? `, the first of ${fixes.length}` : '';
  return [
    '',
    `${indentation}${palette.good('fix:')} ${wordsOf(best.title, source)} ${palette.dim(`(${ways[best.safety]}${others})`)}`,
  ];
}

function findingBlock(finding: Finding, source: Source, style: Style): string {
  const { palette, width } = style;
  const paint = palette[finding.severity];
  const place = placeOf(source, finding.span.start);
  return [
    `${palette.strong(place)}  ${paint(finding.severity)}  ${palette.dim(finding.rule)}`,
    ...wrap(wordsOf(finding.message, source), width, indentation),
    '',
    ...codeFrame(source, finding.span, paint, style),
    ...finding.related.map(
      ({ span, message }) =>
        `${indentation}${palette.dim(`${placeOf(source, span.start)}:`)} ${wordsOf(message, source)}`,
    ),
    ...fixLine(finding, source, style),
  ].join('\n');
}

/** All findings, file by file, a blank line between them; empty where there are none. */
export function textReport(files: readonly ReportFile[], style: Style): string {
  const blocks = files.flatMap(file => {
    if (file.findings.length === 0) return [];
    const source = sourceOf(file);
    return file.findings.map(finding => `${findingBlock(finding, source, style)}\n`);
  });
  return blocks.join('\n');
}

function repairSummary(findings: readonly Finding[]): string[] {
  const safe = repairable(findings, 'safe').length;
  const unsafe = repairable(findings, 'unsafe').length;
  if (safe > 0) {
    const more = unsafe > 0 ? ` (${unsafe} more with --unsafe)` : '';
    return [`${safe} can be fixed with bulkhead fix${more}.`];
  }
  return unsafe > 0 ? [`${unsafe} can be fixed with bulkhead fix --unsafe.`] : [];
}

/** What it comes to: how many findings in how many files, and what can be done about them. */
export function textSummary(files: readonly ReportFile[], { palette }: Style): string {
  const findings = files.flatMap(file => file.findings);
  if (findings.length === 0) return `${palette.good('No findings')} in ${counted(files.length, 'file')}.\n`;
  const weak = files.filter(file => file.findings.length > 0).length;
  return [
    `${palette.strong(countedBySeverity(findings))} in ${weak} of ${counted(files.length, 'file')}.`,
    ...repairSummary(findings),
    palette.dim(`More about a rule: bulkhead explain ${findings[0]?.rule}`),
    '',
  ].join('\n');
}

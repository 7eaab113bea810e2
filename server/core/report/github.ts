// The report for GitHub Actions: workflow commands that put each finding beside the line it is about.
import type { Finding, Severity } from '../engine/finding.ts';
import { type ReportFile, type Source, sourceOf } from './report-file.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function commandOf(finding: Finding, source: Source): string {
  const start = source.lines.positionAt(finding.span.start);
  const end = source.lines.positionAt(finding.span.end);
  const sameLine = start.line === end.line;
  const properties = [
    `file=${escapeProperty(source.path)}`,
    `line=${start.line + 1}`,
    // Columns are refused where the place covers several lines.
    ...(sameLine ? [`col=${start.character + 1}`] : []),
    `endLine=${end.line + 1}`,
    ...(sameLine ? [`endColumn=${end.character + 1}`] : []),
    `title=${escapeProperty(finding.rule)}`,
  ];
  const [best] = finding.fixes;
  const repair = best ? `\nFix: ${best.title}` : '';
  return `::${commands[finding.severity]} ${properties.join(',')}::${escapeData(source.hide(finding.message + repair))}\n`;
}

export const githubReport = (files: readonly ReportFile[]): string =>
  files
    .flatMap(file => {
      const source = sourceOf(file);
      return file.findings.map(finding => commandOf(finding, source));
    })
    .join('');

// The report for programs: the JSON of the command line, version 1. Lines and characters are zero-based.
import type { FileChange, Finding, Fix } from '../engine/finding.ts';
import type { Span } from '../text/span.ts';
import { type ReportFile, type Source, sourceOf } from './report-file.ts';
import { showsSecret } from './sensitive.ts';

const rangeOf = ({ lines }: Source, { start, end }: Span) => ({
  start: lines.positionAt(start),
  end: lines.positionAt(end),
});

const fileOf = (change: FileChange, { hide }: Source) => ({
  path: change.path,
  action: change.kind,
  ...(change.kind === 'append-line' ? { line: hide(change.line) } : {}),
});

const fixOf = (fix: Fix, source: Source) => ({
  title: source.hide(fix.title),
  safety: fix.safety,
  edits: fix.edits.map(({ span, text }) => ({ range: rangeOf(source, span), newText: text })),
  ...(fix.files.length > 0 ? { files: fix.files.map(change => fileOf(change, source)) } : {}),
});

const findingOf = (finding: Finding, source: Source) => ({
  rule: finding.rule,
  aliases: finding.equivalents,
  severity: finding.severity,
  message: source.hide(finding.message),
  range: rangeOf(source, finding.span),
  fixes: finding.fixes.filter(fix => !showsSecret(fix, source.hide)).map(fix => fixOf(fix, source)),
});

/** Every file that was read, findings or not. */
export function jsonReport(files: readonly ReportFile[]): string {
  const report = {
    version: 1,
    files: files.map(file => {
      const source = sourceOf(file);
      const findings = file.findings.map(finding => findingOf(finding, source));
      return { path: file.path, language: file.language, findings };
    }),
  };
  return `${JSON.stringify(report)}\n`;
}

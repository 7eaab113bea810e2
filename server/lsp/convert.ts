// Conversions from the core's values to those of the protocol. Positions of the protocol exist in this folder alone.
import type { Diagnostic, DiagnosticSeverity, Range, TextEdit } from 'vscode-languageserver';
import type { Finding, Severity } from '../core/engine/finding.ts';
import { rulePageUrl } from '../core/report/links.ts';
import type { Edit } from '../core/text/edit.ts';
import type { LineIndex } from '../core/text/lines.ts';
import type { Span } from '../core/text/span.ts';
import type { Abilities } from './abilities.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  info: 3,
  hint: 4,
};

export const rangeOf = (lines: LineIndex, { start, end }: Span): Range => ({
  start: lines.positionAt(start),
  end: lines.positionAt(end),
});

export const spanOf = (lines: LineIndex, { start, end }: Range): Span => ({
  start: lines.offsetAt(start),
  end: lines.offsetAt(end),
});

export const textEditsOf = (lines: LineIndex, edits: readonly Edit[]): TextEdit[] =>
  edits.map(({ span, text }) => ({ range: rangeOf(lines, span), newText: text }));

/** A text in which something was found; an open document or not. */
export interface Shown {
  readonly document: { readonly uri: string; readonly lines: LineIndex };
  /** Takes what is secret in the text out of words that are shown. */
  hide(words: string): string;
}

export function diagnosticOf(shown: Shown, finding: Finding, abilities: Abilities): Diagnostic {
  const { uri, lines } = shown.document;
  const diagnostic: Diagnostic = {
    range: rangeOf(lines, finding.span),
    severity: severities[finding.severity],
    code: finding.rule,
    source: 'bulkhead',
    message: shown.hide(finding.message),
  };
  if (abilities.codeDescription) diagnostic.codeDescription = { href: rulePageUrl(finding.rule) };
  if (abilities.relatedInformation && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(({ span, message }) => ({
      location: { uri, range: rangeOf(lines, span) },
      message: shown.hide(message),
    }));
  }
  return diagnostic;
}

// Sizes at the lines of a Dockerfile: what each weighed when its image was inspected, as long as the line is still there.
import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  Disposable as Disposables,
  EventEmitter,
  InlayHint,
  l10n,
  languages,
  type Position,
  type TextDocument,
  type TextLine,
  workspace,
} from 'vscode';
import type { InspectSizeResult } from '../server/core/protocol/messages.ts';

export type Inspected = Extract<InspectSizeResult, { html: string }>;

export const linesOf = (document: TextDocument): string[] => document.getText().split(/\r\n?|\n/);

/** What was found, and the lines of the document at that time. */
export interface Finding {
  readonly result: Inspected;
  readonly lines: readonly string[];
}

export const isStale = ({ lines }: Finding, document: TextDocument): boolean =>
  lines.join('\n') !== linesOf(document).join('\n');

/** What was found at lines, where these are by now. */
function placed<Found extends { readonly line: number }>(
  finding: Finding,
  document: TextDocument,
  found: readonly Found[],
): (readonly [Found, TextLine])[] {
  const lines = linesOf(document);
  const stale = isStale(finding, document);
  return found.flatMap(each => {
    const at = stale ? lines.indexOf(finding.lines[each.line] ?? '') : each.line;
    return at < 0 ? [] : [[each, document.lineAt(at)] as const];
  });
}

/** What stands behind it is out of sight in half a window. */
const longLine = 50;

/** At the end of the line, or where it is long behind its first word. */
const hintPlace = ({ text, range, firstNonWhitespaceCharacterIndex: start }: TextLine): Position => {
  const word = /^\S+/.exec(text.slice(start))?.[0].length ?? 0;
  return text.length > longLine ? range.start.translate(0, start + word) : range.end;
};

function hintsFor(finding: Finding, document: TextDocument): InlayHint[] {
  const stale = isStale(finding, document);
  return placed(finding, document, finding.result.hints).map(([{ text, more }, line]) => {
    const hint = new InlayHint(hintPlace(line), stale ? l10n.t('{0} before the last changes', text) : text);
    hint.paddingLeft = true;
    if (more !== '') hint.tooltip = more;
    return hint;
  });
}

const problemsFor = (finding: Finding, document: TextDocument): Diagnostic[] =>
  placed(finding, document, finding.result.notices).map(([{ message, rule }, { range }]) => {
    const problem = new Diagnostic(range, message, DiagnosticSeverity.Information);
    problem.source = 'bulkhead size';
    if (rule !== null) problem.code = rule;
    return problem;
  });

export interface SizeHints extends Disposable {
  /** They stay until there are newer ones; what could be spared is among the problems as long as its line is there. */
  show(document: TextDocument, finding: Finding): void;
}

export function createSizeHints(): SizeHints {
  const findings = new Map<string, Finding>();
  const changed = new EventEmitter<void>();
  const problems = languages.createDiagnosticCollection('bulkhead-size');
  const showProblems = (document: TextDocument): void => {
    const finding = findings.get(document.uri.toString());
    if (finding) problems.set(document.uri, problemsFor(finding, document));
  };
  const parts = Disposables.from(
    changed,
    problems,
    workspace.onDidChangeTextDocument(({ document }) => showProblems(document)),
    languages.registerInlayHintsProvider(
      { language: 'dockerfile' },
      {
        onDidChangeInlayHints: changed.event,
        provideInlayHints(document) {
          const finding = findings.get(document.uri.toString());
          return finding ? hintsFor(finding, document) : [];
        },
      },
    ),
  );
  return {
    show(document, finding) {
      findings.set(document.uri.toString(), finding);
      changed.fire();
      showProblems(document);
    },
    dispose: () => parts.dispose(),
  };
}

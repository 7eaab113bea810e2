// Sizes at the lines of a Dockerfile: what each weighed when its image was inspected, as long as the line is still there.
import { type Disposable, EventEmitter, InlayHint, l10n, languages, type TextDocument } from 'vscode';
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

function hintsFor(finding: Finding, document: TextDocument): InlayHint[] {
  const lines = linesOf(document);
  const stale = isStale(finding, document);
  return finding.result.hints.flatMap(({ line, text, more }) => {
    const at = stale ? lines.indexOf(finding.lines[line] ?? '') : line;
    if (at < 0) return [];
    const label = stale ? l10n.t('{0} before the last changes', text) : text;
    const hint = new InlayHint(document.lineAt(at).range.end, label);
    hint.paddingLeft = true;
    if (more !== '') hint.tooltip = more;
    return [hint];
  });
}

export interface SizeHints extends Disposable {
  /** They stay until there are newer ones. */
  show(document: TextDocument, finding: Finding): void;
}

export function createSizeHints(): SizeHints {
  const findings = new Map<string, Finding>();
  const changed = new EventEmitter<void>();
  const provider = languages.registerInlayHintsProvider(
    { language: 'dockerfile' },
    {
      onDidChangeInlayHints: changed.event,
      provideInlayHints(document) {
        const finding = findings.get(document.uri.toString());
        return finding ? hintsFor(finding, document) : [];
      },
    },
  );
  return {
    show(document, finding) {
      findings.set(document.uri.toString(), finding);
      changed.fire();
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}

// Diagnostics: pulled by clients that can, pushed with a version to the others.
import type {
  CancellationToken,
  Connection,
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Abilities } from './abilities.ts';
import type { Check, Checks } from './checks.ts';
import { diagnosticOf } from './convert.ts';
import type { Elsewhere } from './elsewhere.ts';
import { throwIfCancelled } from './refusal.ts';

export interface Diagnostics {
  report(params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport>;
  /** What these documents rest on may have changed: their own text, another file, a setting, a fact that has arrived. */
  revisit(uris: readonly string[]): Promise<void>;
  /** Others show more, or less, in the document. */
  shownElsewhere(uri: string): Promise<void>;
  closed(uri: string): Promise<void>;
}

export function createDiagnostics(
  connection: Connection,
  abilities: Abilities,
  checks: Checks,
  elsewhere: Elsewhere,
): Diagnostics {
  const published = new Map<string, string>();
  /** What clients that pull have been given last. */
  const reported = new Map<string, string>();

  const diagnosticsOf = (check: Check): Diagnostic[] =>
    elsewhere.ownOf(check).map(finding => diagnosticOf(check, finding, abilities));

  /** Names what is shown: the findings of a check, or what others leave of them. */
  const resultIdOf = (check: Check): string => {
    const own = elsewhere.ownOf(check);
    if (own.length === check.findings.length) return String(check.id);
    return `${check.id}:${own.map(finding => check.findings.indexOf(finding)).join()}`;
  };

  const publish = async (uri: string): Promise<void> => {
    const check = await checks.of(uri);
    if (!check || published.get(uri) === resultIdOf(check)) return;
    published.set(uri, resultIdOf(check));
    const { version } = check.document;
    await connection.sendDiagnostics({ uri, version, diagnostics: diagnosticsOf(check) });
  };

  const refresh = async (uris: readonly string[]): Promise<void> => {
    if (!abilities.refreshesDiagnostics) return;
    const now = await Promise.all(uris.map(uri => checks.of(uri)));
    // Whoever has asked for something else meanwhile may have made the newest check: it is not shown for that.
    const isOld = (check: Check | undefined, uri = ''): boolean =>
      check !== undefined && reported.has(uri) && reported.get(uri) !== resultIdOf(check);
    if (now.some((check, i) => isOld(check, uris[i]))) await connection.languages.diagnostics.refresh();
  };

  return {
    async report({ textDocument, previousResultId }, token) {
      const check = await checks.of(textDocument.uri);
      throwIfCancelled(token);
      if (!check) return { kind: 'full', items: [] };
      const resultId = resultIdOf(check);
      reported.set(textDocument.uri, resultId);
      return previousResultId === resultId
        ? { kind: 'unchanged', resultId }
        : { kind: 'full', resultId, items: diagnosticsOf(check) };
    },
    async revisit(uris) {
      if (abilities.pullsDiagnostics) await refresh(uris);
      else await Promise.all(uris.map(publish));
    },
    async shownElsewhere(uri) {
      if (!abilities.pullsDiagnostics) await publish(uri);
      else if (abilities.refreshesDiagnostics) await connection.languages.diagnostics.refresh();
    },
    async closed(uri) {
      published.delete(uri);
      reported.delete(uri);
      if (!abilities.pullsDiagnostics) await connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}

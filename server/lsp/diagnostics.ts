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
import { throwIfCancelled } from './refusal.ts';

export interface Diagnostics {
  report(params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport>;
  /** What these documents rest on may have changed: their own text, another file, a setting, a fact that has arrived. */
  revisit(uris: readonly string[]): Promise<void>;
  closed(uri: string): Promise<void>;
}

export function createDiagnostics(connection: Connection, abilities: Abilities, checks: Checks): Diagnostics {
  const published = new Map<string, Check>();

  const diagnosticsOf = (check: Check): Diagnostic[] =>
    check.findings.map(finding => diagnosticOf(check, finding, abilities));

  const publish = async (uri: string): Promise<void> => {
    const check = await checks.of(uri);
    if (!check || published.get(uri) === check) return;
    published.set(uri, check);
    const { version } = check.document;
    await connection.sendDiagnostics({ uri, version, diagnostics: diagnosticsOf(check) });
  };

  const refresh = async (uris: readonly string[]): Promise<void> => {
    if (!abilities.refreshesDiagnostics) return;
    const before = uris.map(uri => checks.latest(uri));
    const after = await Promise.all(uris.map(uri => checks.of(uri)));
    if (after.some((check, i) => check !== before[i])) await connection.languages.diagnostics.refresh();
  };

  return {
    async report({ textDocument, previousResultId }, token) {
      const check = await checks.of(textDocument.uri);
      throwIfCancelled(token);
      if (!check) return { kind: 'full', items: [] };
      const resultId = String(check.id);
      return previousResultId === resultId
        ? { kind: 'unchanged', resultId }
        : { kind: 'full', resultId, items: diagnosticsOf(check) };
    },
    async revisit(uris) {
      if (abilities.pullsDiagnostics) await refresh(uris);
      else await Promise.all(uris.map(publish));
    },
    async closed(uri) {
      published.delete(uri);
      if (!abilities.pullsDiagnostics) await connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}

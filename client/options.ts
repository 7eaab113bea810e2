// What the language client asks of the server, and for which documents.
import { workspace } from 'vscode';
import type { DocumentFilter, LanguageClientOptions } from 'vscode-languageclient/node';
import type { InitializationOptions } from '../server/core/protocol/settings.ts';

/** Where a document is edited; not, for instance, the old side of a comparison. */
const editedSchemes = (): string[] => [
  ...new Set(['file', 'untitled', ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]),
];

const read: readonly DocumentFilter[] = [
  { language: 'dockerfile' },
  { language: 'dockercompose' },
  { language: 'yaml', pattern: '**/*compose*.{yaml,yml}' },
  { language: 'yaml', pattern: '**/.{bulkhead,hadolint}.{yaml,yml}' },
];

/** Programs of the machine are for folders of the machine that the person trusts. */
const mayRunPrograms = (): boolean =>
  workspace.isTrusted && (workspace.workspaceFolders ?? []).every(({ uri }) => uri.scheme === 'file');

export function clientOptions(): LanguageClientOptions {
  const options = (): InitializationOptions => ({ readsFiles: true, runsPrograms: mayRunPrograms() });
  return {
    documentSelector: editedSchemes().flatMap(scheme => read.map(filter => ({ ...filter, scheme }))),
    initializationOptions: options,
    diagnosticPullOptions: { onChange: true, onTabs: true },
  };
}

// What the language client asks of the server, and for which documents.
import { workspace } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient/browser';
import { askRegistryCommand } from '../server/core/protocol/messages.ts';
import type { InitializationOptions } from '../server/core/protocol/settings.ts';
import { showAnswer } from './commands/show-answer.ts';
import { offeredElsewhere } from './offered.ts';

/** Of our diagnostics. */
export const source = 'bulkhead';

/** Where a document is edited; not, for instance, the old side of a comparison. */
const editedSchemes = (): string[] => [
  ...new Set(['file', 'untitled', ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]),
];

interface Filter {
  readonly language: string;
  readonly pattern?: string;
}

const read: readonly Filter[] = [
  { language: 'dockerfile' },
  { language: 'dockercompose' },
  { language: 'yaml', pattern: '**/*compose*.{yaml,yml}' },
  { language: 'yaml', pattern: '**/.{bulkhead,hadolint}.{yaml,yml}' },
];

export const editedDocuments = (): (Filter & { readonly scheme: string })[] =>
  editedSchemes().flatMap(scheme => read.map(filter => ({ ...filter, scheme })));

/** Programs of the machine are for folders of the machine that the person trusts. */
const mayRunPrograms = (): boolean =>
  workspace.isTrusted && (workspace.workspaceFolders ?? []).every(({ uri }) => uri.scheme === 'file');

export const clientOptions = (): LanguageClientOptions => ({
  documentSelector: editedDocuments(),
  initializationOptions: (): InitializationOptions => ({
    readsFiles: true,
    runsPrograms: mayRunPrograms(),
    offeredElsewhere: offeredElsewhere(),
    picksImages: true,
    completeCommand: 'editor.action.triggerSuggest',
  }),
  diagnosticPullOptions: { onChange: true },
  markdown: { isTrusted: { enabledCommands: [askRegistryCommand] } },
  middleware: {
    async executeCommand(command, given, next) {
      await next(command, given);
      if (command === askRegistryCommand) await showAnswer(given[0]);
    },
  },
});

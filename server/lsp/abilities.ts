// Abilities: what the client can do, read once from what it says at the start.
import type { InitializeParams } from 'vscode-languageserver';
import { initializationOptions } from '../core/protocol/settings.ts';

export interface Abilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** Code actions may be more than commands. */
  readonly actionLiterals: boolean;
  readonly preferredActions: boolean;
  /** The edit of a code action may be made when it is chosen. */
  readonly resolvesEdits: boolean;
  readonly versionedEdits: boolean;
  readonly createsFiles: boolean;
  readonly markdown: boolean;
  readonly showsDocuments: boolean;
  /** The settings of a document can be asked for. */
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly completionMarkdown: boolean;
  /** It can be said that a completion is inserted as it is written. */
  readonly insertTextModes: boolean;
  /** Symbols may hold symbols. */
  readonly nestedSymbols: boolean;
  readonly preparesRename: boolean;
  /** Answers `bulkhead/readFile` and `bulkhead/listFolder`. */
  readonly readsFiles: boolean;
}

export function abilitiesOf({ capabilities, initializationOptions: sent }: InitializeParams): Abilities {
  const { workspace, textDocument, window } = capabilities;
  const actions = textDocument?.codeAction;
  const item = textDocument?.completion?.completionItem;
  const diagnostics = { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic };
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: diagnostics.relatedInformation === true,
    codeDescription: diagnostics.codeDescriptionSupport === true,
    actionLiterals: actions?.codeActionLiteralSupport !== undefined,
    preferredActions: actions?.isPreferredSupport === true,
    resolvesEdits:
      actions?.dataSupport === true && actions.resolveSupport?.properties.includes('edit') === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    showsDocuments: window?.showDocument?.support === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    completionMarkdown: item?.documentationFormat?.includes('markdown') === true,
    insertTextModes: item?.insertTextModeSupport?.valueSet.includes(1) === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    readsFiles: initializationOptions(sent).readsFiles === true,
  };
}

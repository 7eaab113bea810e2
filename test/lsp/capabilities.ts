// What clients say they can do: an editor of today, and one that knows little more than the protocol's beginnings.
import type { ClientCapabilities } from 'vscode-languageserver';

export const modern = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    synchronization: {},
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    diagnostic: { dynamicRegistration: false },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source'] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: {
      completionItem: {
        documentationFormat: ['markdown', 'plaintext'],
        insertTextModeSupport: { valueSet: [1, 2] },
      },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
  },
  window: { showDocument: { support: true } },
} satisfies ClientCapabilities;

const { diagnostic: _, ...withoutPulling } = modern.textDocument;

/** Modern, but told of findings instead of asking for them. */
export const pushed: ClientCapabilities = { ...modern, textDocument: withoutPulling };

export const plain: ClientCapabilities = {};

// Entry of the language server in a web worker. Every file that is not open comes from the client.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createServer } from '../lsp/server.ts';

declare const self: DedicatedWorkerGlobalScope;

createServer(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  disk: null,
  scriptChecker: null,
  turn: () => new Promise(resolve => setTimeout(resolve, 0)),
});

// Entry of the language server in a web worker. Every file that is not open comes from the client.
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  createServer,
} from '../lsp/connection.ts';
import type * as session from '../lsp/session.ts';

// The server process of the extension takes the library from the same bundle.
export * from '../lsp/connection.ts';

/** The script of the session, once it has run, leaves this behind. */
declare const bulkheadSession: typeof session;
declare const self: DedicatedWorkerGlobalScope;

function serve(): void {
  const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
  const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0));
  createServer(connection, { disk: null, scriptChecker: null, turn }, async ({ sessionScript }) => {
    if (sessionScript === undefined) throw new Error('The client has not said where the session is.');
    self.importScripts(sessionScript);
    return bulkheadSession;
  });
}

if (typeof importScripts === 'function') serve();

// Entry of the language server in a web worker. Every file that is not open comes from the client.
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  createServer,
} from '../lsp/connection.ts';
import type { ServerHost } from '../lsp/host.ts';
import type * as session from '../lsp/session.ts';

// The server process of the extension takes the library from the same bundle.
export * from '../lsp/connection.ts';

/** The script of the session, once it has run, leaves this behind. */
declare const bulkheadSession: typeof session;
declare const self: DedicatedWorkerGlobalScope;

function serve(): void {
  const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
  const wait = (milliseconds: number): Promise<void> =>
    new Promise(resolve => setTimeout(resolve, milliseconds));
  const host: ServerHost = {
    disk: null,
    scriptChecker: null,
    turn: () => wait(0),
    pause: () => wait(400),
  };
  createServer(connection, host, async ({ sessionScript }) => {
    if (sessionScript === undefined) throw new Error('The client has not said where the session is.');
    self.importScripts(sessionScript);
    return bulkheadSession;
  });
}

if (typeof importScripts === 'function') serve();

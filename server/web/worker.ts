// Entry of the language server in a web worker. Every file that is not open comes from the client.
import type { WorkerScripts } from '../core/protocol/settings.ts';
import type * as connection from '../lsp/connection.ts';
import type { ServerHost } from '../lsp/host.ts';
import type * as session from '../lsp/session.ts';

/** What the scripts leave behind, once they have run. */
declare const bulkheadConnection: typeof connection;
declare const bulkheadSession: typeof session;
declare const self: DedicatedWorkerGlobalScope;

const wait = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds));

const host: ServerHost = {
  disk: null,
  scriptChecker: null,
  versionFinder: null,
  imageInspector: null,
  registries: null,
  imageScanner: null,
  sizeInspector: null,
  imageBuilder: null,
  turn: () => wait(0),
  pause: () => wait(400),
};

function serve(scripts: WorkerScripts): void {
  self.importScripts(scripts.protocol, scripts.connection);
  const { BrowserMessageReader, BrowserMessageWriter, createConnection, createServer } = bulkheadConnection;
  const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
  createServer(connection, host, async () => {
    self.importScripts(scripts.session);
    return bulkheadSession;
  });
}

// The first message tells where the rest of the program is; those of the protocol follow.
self.onmessage = ({ data }: MessageEvent<WorkerScripts>): void => serve(data);

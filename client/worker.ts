// Messages to and from a server in a worker.
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  type MessageTransports,
} from 'vscode-languageclient/browser';

export const workerTransports = (worker: Worker): MessageTransports => ({
  reader: new BrowserMessageReader(worker),
  writer: new BrowserMessageWriter(worker),
});

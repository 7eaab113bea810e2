// The server without its session and without a machine: what a worker and a process take from one bundle.
export {
  AbstractMessageReader,
  AbstractMessageWriter,
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from 'vscode-languageserver/browser';
export { createServer } from './server.ts';

// The protocol's library as it runs anywhere, with or without Node: what a worker and a process share.
export {
  AbstractMessageReader,
  AbstractMessageWriter,
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from 'vscode-languageserver/browser';
export { createServer } from './server.ts';

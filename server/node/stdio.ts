// Entry of the language server on Node: over standard streams, or over what the arguments name (`--node-ipc`, `--pipe`, `--socket`).
import { createConnection } from 'vscode-languageserver/node';
import { createServer } from '../lsp/server.ts';
import { machine } from './machine.ts';
import { wholeMessages } from './whole-messages.ts';

const namesTransport = process.argv.some(word => /^--(?:node-ipc|pipe|socket)\b/.test(word));
const connection = namesTransport
  ? createConnection()
  : createConnection(process.stdin, wholeMessages(process.stdout));

createServer(connection, machine, () => import('../lsp/session.ts'));

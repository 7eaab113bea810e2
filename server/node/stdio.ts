// Entry of the language server on Node: over standard streams, or over what the arguments name (`--node-ipc`, `--pipe`, `--socket`).
import { fileURLToPath } from 'node:url';
import { createConnection } from 'vscode-languageserver/node';
import type { Location } from '../host/files.ts';
import type { FileSource } from '../lsp/host.ts';
import { createServer } from '../lsp/server.ts';
import { diskFiles } from './files.ts';
import { scriptChecker } from './shellcheck.ts';

/** There is nothing at a URI that names no path here. */
const atPath =
  <Result>(look: (path: string) => Promise<Result | null>) =>
  async (uri: Location): Promise<Result | null> => {
    try {
      return await look(fileURLToPath(uri));
    } catch {
      return null;
    }
  };

const disk: FileSource = { read: atPath(diskFiles.read), list: atPath(diskFiles.list) };

const namesTransport = process.argv.some(word => /^--(?:node-ipc|pipe|socket)\b/.test(word));
const connection = namesTransport ? createConnection() : createConnection(process.stdin, process.stdout);

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
createServer(connection, { disk, scriptChecker, turn }, () => import('../lsp/session.ts'));

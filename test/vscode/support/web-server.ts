// A web server for the files of folders, as the one from which VS Code in a browser gets extensions.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.cjs': 'text/javascript',
  '.json': 'application/json',
};

export interface WebServer {
  readonly authority: string;
  close(): void;
}

/** `folders` are those below its root, by name. */
export async function serve(folders: Readonly<Record<string, string>>): Promise<WebServer> {
  const server = createServer(async ({ url = '/' }, response) => {
    const [, name = '', ...rest] = path.posix
      .normalize(decodeURIComponent(new URL(url, 'http://h').pathname))
      .split('/');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', types[path.extname(url)] ?? 'application/octet-stream');
    try {
      response.end(await readFile(path.join(folders[name] ?? '', ...rest)));
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { authority: `localhost:${port}`, close: () => server.close() };
}

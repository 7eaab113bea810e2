// The extension as VS Code on a desktop or a remote machine starts it: the server is a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import type { ExtensionContext } from 'vscode';

function startProcess(module: string): ChildProcess {
  // What VS Code itself was started with, such as a debugger's port, is not for the server.
  const server = fork(module, [], { silent: true, execArgv: [] });
  // The client hears of the end; until it listens, nobody else would.
  server.on('error', () => {});
  return server;
}

/** The server starts while the client is still being read. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/channel.cjs');
  let server = startProcess(module);
  let isUsed = false;
  context.subscriptions.push({ dispose: () => server.kill() });

  const { processTransports, start } = await import('./main.ts');
  start(context, {
    async connect(log) {
      if (isUsed) {
        server.kill();
        server = startProcess(module);
      }
      isUsed = true;
      for (const stream of [server.stdout, server.stderr]) stream?.setEncoding('utf8').on('data', log);
      return processTransports(server);
    },
  });
}

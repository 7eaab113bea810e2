// The extension as VS Code on a desktop or a remote machine starts it: the server is a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import type { ExtensionContext } from 'vscode';
import { processTransports, start } from './extension.web.ts';

export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/channel.cjs');
  let server: ChildProcess | undefined;
  context.subscriptions.push({ dispose: () => server?.kill() });
  start(context, {
    async connect(log) {
      server?.kill();
      // What VS Code itself was started with, such as a debugger's port, is not for the server.
      server = fork(module, [], {
        silent: true,
        execArgv: [],
      });
      for (const stream of [server.stdout, server.stderr]) stream?.setEncoding('utf8').on('data', log);
      return processTransports(server);
    },
  });
}

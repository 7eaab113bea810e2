// The extension as VS Code on a desktop or a remote machine starts it. It waits for nothing: the server starts beside it.
import { commands, type ExtensionContext, workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { answerFileRequests } from './files.ts';
import { clientOptions } from './options.ts';

export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.cjs');
  const client = new LanguageClient(
    'bulkhead',
    'Bulkhead',
    { module, transport: TransportKind.ipc },
    clientOptions(),
  );
  context.subscriptions.push(
    client,
    commands.registerCommand('bulkhead.restartServer', () => client.restart()),
    commands.registerCommand('bulkhead.showLog', () => client.outputChannel.show()),
    workspace.onDidGrantWorkspaceTrust(() => client.restart()),
    ...answerFileRequests(client),
  );
  void client.start();
}

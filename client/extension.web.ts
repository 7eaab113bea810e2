// The extension as VS Code in a browser starts it: the server is a worker. The desktop's entry takes the rest from here.
import { type ExtensionContext, Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter } from 'vscode-languageclient/browser';
import { start } from './session.ts';

export { processTransports } from './process.ts';
export { start };

export function activate(context: ExtensionContext): void {
  const script = (name: string): string => Uri.joinPath(context.extensionUri, 'dist', name).toString(true);
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  start(context, {
    async connect() {
      worker?.terminate();
      worker = new Worker(script('worker.js'));
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    },
    sessionScript: script('session.js'),
  });
}

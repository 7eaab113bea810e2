// The extension as VS Code in a browser starts it: the server is a worker.
import * as vscode from 'vscode';
import type { WorkerScripts } from '../server/core/protocol/settings.ts';
import type * as main from './main.ts';

/**
 * VS Code in a browser loads one file of an extension, by `fetch` and `Function`, whose `require` knows only `vscode`. The
 * files that belong to it are loaded in the same way.
 */
async function text(script: string): Promise<string> {
  const response = await fetch(script);
  if (!response.ok)
    throw new Error(`${script} cannot be loaded: ${response.status}. Reload the window to try again.`);
  return response.text();
}

function run<Exports>(source: string, require: (name: string) => unknown): Exports {
  const module = { exports: {} };
  new Function('module', 'exports', 'require', source)(module, module.exports, require);
  return module.exports as Exports;
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = (name: string): string =>
    vscode.Uri.joinPath(context.extensionUri, 'dist', name).toString(true);
  const scripts: WorkerScripts = {
    protocol: script('protocol.js'),
    connection: script('connection.js'),
    session: script('session.js'),
  };
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });

  const sources = await Promise.all([text(scripts.protocol), text(script('client.cjs'))]);
  const protocol = run(sources[0], () => undefined);
  const { start, workerTransports } = run<typeof main>(sources[1], name =>
    name === 'vscode' ? vscode : protocol,
  );
  start(context, {
    async connect() {
      worker?.terminate();
      worker = new Worker(script('worker.js'));
      worker.postMessage(scripts);
      return workerTransports(worker);
    },
  });
}

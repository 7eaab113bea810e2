// A build as a task of VS Code: a terminal that shows what the server tells, with problems read from it, and a progress that
// can be stopped.
import {
  CancellationTokenSource,
  CustomExecution,
  EventEmitter,
  l10n,
  type Progress,
  ProgressLocation,
  type Pseudoterminal,
  Task,
  TaskRevealKind,
  TaskScope,
  tasks,
  Uri,
  window,
  workspace,
} from 'vscode';
import {
  type BuildOutput,
  type BuildParams,
  type BuildResult,
  buildOutputNotification,
  buildRequest,
} from '../server/core/protocol/messages.ts';
import type { Client } from './client.ts';

let builds = 0;
/** Milliseconds. */
const reading = 500;

/** Undefined where the server went away. */
export function runBuild(
  client: Client,
  asked: Omit<BuildParams, 'id'>,
  tag: string,
): Thenable<BuildResult | undefined> {
  const options = {
    location: ProgressLocation.Notification,
    title: asked.compare
      ? l10n.t('Building {0} before and after the repairs', tag)
      : l10n.t('Building {0}', tag),
    cancellable: true,
  };
  return window.withProgress(options, (progress, token) => {
    const stopping = new CancellationTokenSource();
    token.onCancellationRequested(() => stopping.cancel());
    return new Promise<BuildResult | undefined>((resolve, reject) => {
      const terminal = terminalOf(client, asked, { progress, stopping, done: resolve });
      const folder = workspace.getWorkspaceFolder(Uri.parse(asked.uri)) ?? TaskScope.Workspace;
      const definition = { type: 'bulkhead', command: 'build' };
      const run = new CustomExecution(async () => terminal);
      // Problems of a build are its own: a task takes away what its matcher has told before, and no finding is to go.
      const task = new Task(definition, folder, l10n.t('build'), 'Bulkhead', run, '$bulkhead-build');
      task.presentationOptions = { reveal: TaskRevealKind.Silent, clear: true };
      tasks.executeTask(task).then(undefined, reject);
    });
  });
}

interface Watching {
  readonly progress: Progress<{ message: string }>;
  readonly stopping: CancellationTokenSource;
  done(result: BuildResult | undefined): void;
}

function terminalOf(
  client: Client,
  asked: Omit<BuildParams, 'id'>,
  { progress, stopping, done }: Watching,
): Pseudoterminal {
  const written = new EventEmitter<string>();
  const closed = new EventEmitter<number>();
  const id = `build-${++builds}`;
  const write = (text: string): void => written.fire(`${text.replace(/\n/g, '\r\n')}\r\n`);
  const build = async (): Promise<void> => {
    const output = client.onNotification(buildOutputNotification, (told: BuildOutput) => {
      if (told.id !== id) return;
      if (told.isStep) progress.report({ message: told.text });
      write(told.isStep ? `\x1b[1m${told.text}\x1b[22m` : told.text);
    });
    let result: BuildResult | undefined;
    try {
      const params: BuildParams = { ...asked, id };
      result = await client.sendRequest<BuildResult>(buildRequest, params, stopping.token);
    } catch (error) {
      const summary = error instanceof Error ? error.message : String(error);
      result = { ending: stopping.token.isCancellationRequested ? 'cancelled' : 'failed', summary };
    }
    output.dispose();
    write(`\n${result.summary.trimEnd()}`);
    // What a terminal says right before it closes, VS Code reads no problems from.
    setTimeout(() => closed.fire(result.ending === 'built' ? 0 : 1), reading);
    done(result);
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => void build(),
    close: () => stopping.cancel(),
    handleInput: text => {
      if (text === '\x03') stopping.cancel();
    },
  };
}

// Tasks: the command line on the folders of the workspace, as VS Code runs and reads it.
import {
  type Disposable,
  l10n,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskScope,
  tasks,
  type WorkspaceFolder,
  workspace,
} from 'vscode';

const type = 'bulkhead';

/** As `taskDefinitions` in package.json describes it. */
interface Definition extends TaskDefinition {
  readonly command: 'lint' | 'fix' | 'build';
  readonly program?: string;
  readonly profile?: string;
  readonly paths?: readonly string[];
}

function taskOf(definition: Definition, scope: WorkspaceFolder | TaskScope.Workspace): Task {
  const { command, program = 'bulkhead', profile, paths = ['.'] } = definition;
  const words = [command, ...(profile === undefined ? [] : ['--profile', profile]), ...paths];
  const name = command === 'lint' ? l10n.t('lint') : command === 'fix' ? l10n.t('fix') : l10n.t('build');
  // Without a shell: what stands in a folder's tasks.json is for no shell to read.
  const matcher = command === 'build' ? '$bulkhead-build' : '$bulkhead';
  return new Task(definition, scope, name, 'Bulkhead', new ProcessExecution(program, words), matcher);
}

export const provideTasks = (): Disposable =>
  tasks.registerTaskProvider(type, {
    provideTasks: () =>
      (workspace.workspaceFolders ?? []).flatMap(folder =>
        (['lint', 'fix'] as const).map(command => taskOf({ type, command }, folder)),
      ),
    resolveTask: ({ definition, scope }) =>
      taskOf(definition as Definition, typeof scope === 'object' ? scope : TaskScope.Workspace),
  });

// Tasks: the command line as VS Code runs it, and what the problem matcher makes of its words.
import assert from 'node:assert/strict';
import { type Diagnostic, DiagnosticSeverity, languages, type Task, tasks } from 'vscode';
import { facts, idOf, type Test, when } from '../support/suite.ts';
import { setSetting, write } from './files.ts';

const definition = { type: 'bulkhead', command: 'lint', program: facts.cli, paths: ['task'] };

const ended = (task: Task): Promise<number | undefined> =>
  new Promise(resolve => {
    const listening = tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve(exitCode);
    });
  });

/**
 * What a terminal says more than 100 ms after its process has ended, VS Code no longer reads: on a busy machine that happens,
 * and the task is run again.
 */
async function problemAfter(task: Task, look: () => Diagnostic | undefined): Promise<Diagnostic> {
  for (let left = 4; ; left--) {
    const end = ended(task);
    await tasks.executeTask(task);
    assert.equal(await end, 1);
    try {
      return await when('a problem', [languages.onDidChangeDiagnostics], look, 10_000);
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

export const taskTests: readonly Test[] = [
  [
    'tasks to lint and to fix are offered for the folder',
    async () => {
      const offered = await tasks.fetchTasks({ type: 'bulkhead' });
      const names = offered.filter(({ source }) => source === 'Bulkhead').map(({ name }) => name);
      assert.deepEqual(names.sort(), ['fix', 'lint']);
    },
  ],
  [
    'a task of tasks.json runs the command line, and its findings are among the problems',
    async () => {
      const uri = await write('task/Dockerfile', 'FROM node:22-slim\nUSER root\nCMD ["node", "x.js"]\n');
      const task = { ...definition, label: 'harden', problemMatcher: ['$bulkhead'] };
      await setSetting('tasks', [task], 'tasks');
      const [mine = assert.fail('There is no such task.')] = (await tasks.fetchTasks()).filter(
        ({ name }) => name === 'harden',
      );
      // What is found is not from the extension itself.
      await setSetting('enable', false);
      const found = await problemAfter(mine, () =>
        languages.getDiagnostics(uri).find(one => idOf(one) === 'root-user'),
      );
      await setSetting('enable', undefined);
      assert.equal(found.range.start.line, 1);
      assert.equal(found.severity, DiagnosticSeverity.Warning);
      assert.equal(found.source, 'bulkhead');
      assert.match(found.message, /root/);
    },
  ],
];

// Builds: where they are offered, what becomes of a failure, and that a stop reaches the engine.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';
import { type CodeLens, commands, languages, tasks, window } from 'vscode';
import { dockerfiles } from '../../build/recorded/dockerfiles.ts';
import { facts, findings, idOf, rulesIn, type Test, when } from '../support/suite.ts';
import { isPage, open, uriOf } from './files.ts';
import { run } from './palette.ts';
import { small } from './texts.ts';

const failing = dockerfiles.failrun ?? assert.fail('There is no such Dockerfile.');

const lensesOf = async (file: string): Promise<string[]> => {
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uriOf(file), 20);
  return lenses
    .filter(({ command }) => command?.command === 'bulkhead.buildImage')
    .map(({ range, command }) => `${range.start.line} ${command?.title}`);
};

/** Waits until the stand-in for Docker has come so far. */
const reached = (state: 'started' | 'stopped'): Promise<void> =>
  new Promise(resolve => {
    const look = (): void => {
      if (!existsSync(facts.build) || readFileSync(facts.build, 'utf8') !== `${state}\n`) return;
      watching.close();
      resolve();
    };
    const watching = watch(path.dirname(facts.build), look);
    look();
  });

export const builds: readonly Test[] = [
  [
    'a build is offered over each stage, and over a service that is built',
    async () => {
      await open('lenses/Dockerfile', failing);
      assert.deepEqual(await lensesOf('lenses/Dockerfile'), ['0 Build build', '5 Build Image']);
      await open('lenses/compose.yaml', 'services:\n  db:\n    image: postgres:18\n  web:\n    build: .\n');
      assert.deepEqual(await lensesOf('lenses/compose.yaml'), ['3 Build Image']);
    },
  ],
  [
    'Build Image runs a task, and what fails is among the problems at its line',
    async () => {
      const document = await open('build/Dockerfile', failing);
      const found = await findings(document, 'something', rules => rules.length > 0);
      const ending = new Promise<string>(resolve => {
        const listening = tasks.onDidEndTask(({ execution }) => {
          if (execution.task.name !== 'build') return;
          listening.dispose();
          resolve(execution.task.source);
        });
      });
      await run('bulkhead.buildImage', { uri: document.uri.toString(), tag: 'shop:1' });
      assert.equal(await ending, 'Bulkhead');
      const problem = await when('the problem', [languages.onDidChangeDiagnostics], () =>
        languages.getDiagnostics(document.uri).find(one => idOf(one) === 'build-failed'),
      );
      assert.equal(problem.range.start.line, 2);
      assert.deepEqual(rulesIn(document.uri), found);
      assert.equal(problem.message, 'The command ended with exit code 1. Its last words: oops');
    },
  ],
  [
    'Build and Compare builds the file before and after its repairs, and shows both images',
    async () => {
      const document = await open('compare/Dockerfile', small);
      await run('bulkhead.compareBuilds', {
        uri: document.uri.toString(),
        tag: 'compared:1',
        upTo: 'unsafe',
      });
      await when('the page', [window.tabGroups.onDidChangeTabs], () =>
        isPage('Before and after: compared:1'),
      );
      assert.equal(document.getText(), small);
      await commands.executeCommand('workbench.action.closeAllEditors');
    },
  ],
  [
    'a build that is ended as a task ends in the engine too',
    async () => {
      const document = await open('slow/Dockerfile', 'FROM scratch\n');
      const building = run('bulkhead.buildImage', { uri: document.uri.toString(), tag: 'slow:1' });
      await reached('started');
      const execution =
        tasks.taskExecutions.find(({ task }) => task.name === 'build') ?? assert.fail('Nothing is built.');
      execution.terminate();
      await building;
      await reached('stopped');
    },
  ],
];

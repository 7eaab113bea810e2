// A folder that the person does not trust: findings and repairs, and nothing is started.
import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { runTests, type Test } from '../support/suite.ts';
import { appearance, folders, lightbulb, reading, saving } from './editing.ts';
import { installed, startsNothing } from './life.ts';

const untrusted: Test = ['the folder is not trusted', async () => assert.equal(workspace.isTrusted, false)];

export const run = (): Promise<void> =>
  runTests('a folder without trust', [
    untrusted,
    ...appearance,
    ...lightbulb,
    ...saving,
    ...reading,
    ...folders,
    installed,
    startsNothing,
  ]);

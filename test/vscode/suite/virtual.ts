// A folder that is on no disk: what the server cannot read, it asks the client for; and nothing is started.
import assert from 'node:assert/strict';
import { runTests, type Test } from '../support/suite.ts';
import { appearance, folders, lightbulb, reading, settings } from './editing.ts';
import { folder } from './files.ts';
import { language } from './language.ts';
import { installed, startsNothing } from './life.ts';

const virtual: Test = ['the folder is on no disk', async () => assert.equal(folder().scheme, 'memory')];

export const run = (): Promise<void> =>
  runTests('a virtual folder', [
    virtual,
    ...appearance,
    ...lightbulb,
    ...reading,
    ...language,
    ...settings,
    ...folders,
    installed,
    startsNothing,
  ]);

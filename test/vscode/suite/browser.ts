// VS Code in a browser, without a machine behind it: the server is a worker, the folder is in memory.
import assert from 'node:assert/strict';
import { env, UIKind } from 'vscode';
import { runTests, type Test } from '../support/suite.ts';
import { appearance, folders, lightbulb, reading, saving, settings } from './editing.ts';
import { folder } from './files.ts';
import { language } from './language.ts';
import { palette } from './palette.ts';
import { production } from './production.ts';

const browser: Test = [
  'nothing of Node is there',
  async () => {
    assert.equal(env.uiKind, UIKind.Web);
    assert.equal(typeof process === 'object' && process.versions?.node, false);
    assert.equal(folder().scheme, 'memory');
  },
];

export const run = (): Promise<void> =>
  runTests("a browser's extension host", [
    browser,
    ...appearance,
    ...lightbulb,
    ...saving,
    ...reading,
    ...language,
    ...settings,
    ...folders,
    ...production,
    ...palette,
  ]);

// The commands of the palette; one of the manifest that is not tried here fails the suite.
import assert from 'node:assert/strict';
import { commands, extensions, TabInputTextDiff, window, workspace } from 'vscode';
import { byCommandLine, findings, type Test, when } from '../support/suite.ts';
import { textAfter } from './editing.ts';
import { open, setSetting, uriOf, weak } from './files.ts';
import { small, untidy } from './texts.ts';

const tried = new Set<string>();

export const run = (command: string, ...given: unknown[]): Thenable<unknown> => {
  tried.add(command);
  return commands.executeCommand(command, ...given);
};

export const palette: readonly Test[] = [
  [
    'Fix All applies the safe repairs',
    async () => {
      const document = await open('all/Dockerfile', untidy);
      await findings(document, 'something', rules => rules.length > 0);
      await run('bulkhead.fixAll');
      assert.equal(await textAfter(document, untidy), byCommandLine('safe', untidy));
    },
  ],
  [
    'Harden shows what it would do, and does it when told so',
    async () => {
      const document = await open('harden/Dockerfile', small);
      await findings(document, 'root-user', rules => rules.includes('root-user'));
      await run('bulkhead.harden');
      const input = await when('the difference', [window.tabGroups.onDidChangeTabs], () => {
        const shown = window.tabGroups.activeTabGroup.activeTab?.input;
        return shown instanceof TabInputTextDiff && shown;
      });
      const preview = await workspace.openTextDocument(input.modified);
      assert.equal(preview.getText(), byCommandLine('unsafe', small));
      assert.equal(document.getText(), small);
      await run('bulkhead.applyHardening');
      assert.equal(document.getText(), byCommandLine('unsafe', small));
      assert.ok(!(window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputTextDiff));
    },
  ],
  [
    'Show Rule lists the rules',
    async () => {
      await open('Dockerfile', weak);
      const shown = run('bulkhead.chooseRule');
      await commands.executeCommand('workbench.action.closeQuickOpen');
      await shown;
    },
  ],
  [
    'pinning and picking images ask nobody where a setting says never',
    async () => {
      await setSetting('registry.lookups', 'never');
      const document = await open('unpinned/Dockerfile', 'FROM node\nUSER node\n');
      await run('bulkhead.pinImages', { to: 'versions' });
      await run('bulkhead.pickImage', { of: 'tags', uri: document.uri.toString(), start: 'FROM '.length });
      assert.equal(document.getText(), 'FROM node\nUSER node\n');
      await setSetting('registry.lookups', undefined);
    },
  ],
  [
    'Show Log and Restart Server do what they say',
    async () => {
      await run('bulkhead.showLog');
      await run('bulkhead.restartServer');
      const document = await open('restarted/Dockerfile', 'FROM node:22-slim\nCMD ["node", "server.js"]\n');
      await findings(document, 'root-user', rules => rules.includes('root-user'));
    },
  ],
  [
    'Lint the Workspace and Create Configuration run again, where everything is there',
    async () => {
      await run('bulkhead.lintWorkspace');
      await run('bulkhead.createConfiguration');
      assert.equal(window.activeTextEditor?.document.uri.toString(), uriOf('.bulkhead.yaml').toString());
    },
  ],
  [
    'Inspect Image Size of an image by its name',
    async () => {
      await run('bulkhead.inspectSize', 'app:1');
    },
  ],
  [
    'no command of the manifest is untried',
    async () => {
      const { packageJSON } =
        extensions.getExtension('bulkhead.bulkhead') ?? assert.fail('It is not installed.');
      // Where files are on no disk, what needs a machine is not offered.
      const isApart = workspace.workspaceFolders?.[0]?.uri.scheme !== 'file';
      const listed = (packageJSON.contributes.commands as { command: string; enablement?: string }[])
        .filter(({ enablement = '' }) => !isApart || !enablement.includes('!virtualWorkspace'))
        .map(({ command }) => command);
      const missing = listed.filter(command => !tried.has(command));
      assert.deepEqual(missing, []);
    },
  ],
];

// What a person meets of a service before production: its posture, its hardening with a preview, the report.
import assert from 'node:assert/strict';
import {
  type CodeAction,
  commands,
  Position,
  Range,
  Selection,
  TabInputTextDiff,
  TabInputWebview,
  window,
  workspace,
} from 'vscode';
import { type Test, when } from '../support/suite.ts';
import { hoverAt, open } from './files.ts';
import { run } from './palette.ts';

const stack =
  'x-log: &log\n  driver: none\nservices:\n  web:\n    image: nginx:1.30\n    logging: *log\n  db:\n    image: postgres:18.6\n    logging: *log\n';

export const production: readonly Test[] = [
  [
    'hovering over the name of a service tells its posture',
    async () => {
      const document = await open('posture/compose.yaml', stack);
      const text = await hoverAt(document, new Position(3, 3));
      assert.match(text, /Security posture of `web`/);
      assert.match(text, /\*\*File system\*\* can be written/);
    },
  ],
  [
    'the lightbulb on the name of a service offers to harden it, and says who else changes',
    async () => {
      const document = await open('bulb/compose.yaml', stack);
      const actions = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new Range(3, 3, 3, 3),
        'refactor',
      );
      assert.deepEqual(
        actions.map(({ title }) => title).filter(title => title.startsWith('Harden ')),
        ['Harden web: all fixes, also those that may change behaviour, changes db too'],
      );
    },
  ],
  [
    'Harden This Service shows what it would do to the one at the cursor, and does it when told so',
    async () => {
      const document = await open('service/compose.yaml', stack);
      const editor = window.activeTextEditor ?? assert.fail('No editor is active.');
      editor.selection = new Selection(6, 4, 6, 4);
      await run('bulkhead.hardenService', { upTo: 'unsafe' });
      const input = await when('the difference', [window.tabGroups.onDidChangeTabs], () => {
        const shown = window.tabGroups.activeTabGroup.activeTab?.input;
        return (
          shown instanceof TabInputTextDiff && shown.original.toString() === document.uri.toString() && shown
        );
      });
      const hardened = (await workspace.openTextDocument(input.modified)).getText();
      assert.match(hardened, /^ {2}web:\n {4}image: nginx:1\.30\n {4}logging: \*log\n {2}db:$/m);
      assert.match(hardened, /^ {4}read_only: true$/m);
      await run('bulkhead.applyHardening');
      assert.equal(document.getText(), hardened);
    },
  ],
  [
    'Show Production Report opens a page beside the file, once',
    async () => {
      await open('report/compose.yaml', stack);
      const pages = () =>
        window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .filter(
            ({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('bulkhead.report'),
          );
      await run('bulkhead.showReport');
      const [page] = await when('the page', [window.tabGroups.onDidChangeTabs], () => {
        const shown = pages();
        return shown.length > 0 && shown;
      });
      assert.equal(page?.label, 'Production: compose.yaml');
      await open('report/compose.yaml', stack);
      await run('bulkhead.showReport');
      assert.equal(pages().length, 1);
      await window.tabGroups.close(pages());
    },
  ],
];

// The size of an image, as a person sees it: a page beside the file, and at its lines what each adds.
import assert from 'node:assert/strict';
import { commands, type InlayHint, Range, type TextDocument, WorkspaceEdit, window, workspace } from 'vscode';
import { type Test, when } from '../support/suite.ts';
import { isPage, open } from './files.ts';
import { run } from './palette.ts';

const text = 'FROM debian:13\n# why\nRUN make\n';

async function hintsIn(document: TextDocument): Promise<string[]> {
  const range = new Range(0, 0, document.lineCount, 0);
  const hints = await commands.executeCommand<InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    range,
  );
  return hints.map(({ label, position }) => `${position.line} ${label}`);
}

export const size: readonly Test[] = [
  [
    'Inspect Image Size finds the image of a Dockerfile, shows a page, and the sizes at the lines',
    async () => {
      const document = await open('size/Dockerfile', text);
      assert.deepEqual(await hintsIn(document), []);
      await run('bulkhead.inspectSize');
      await when('the page', [window.tabGroups.onDidChangeTabs], () => isPage('Size: app:1'));
      assert.deepEqual(await hintsIn(document), ['0 +3 MB', '2 +2 MB']);
      // Once the file has changed, those that are still there say how old they are.
      const edit = new WorkspaceEdit();
      edit.replace(document.uri, new Range(0, 0, 2, 0), 'FROM debian:12\n');
      await workspace.applyEdit(edit);
      assert.deepEqual(await hintsIn(document), ['1 +2 MB before the last changes']);
      await commands.executeCommand('workbench.action.closeAllEditors');
    },
  ],
];

// What a person meets in a Compose file besides findings, the same in every VS Code. Nothing of Node is used.
import assert from 'node:assert/strict';
import {
  type CompletionList,
  commands,
  type DocumentLink,
  type DocumentSymbol,
  type Location,
  Position,
  Selection,
  type TextDocument,
  type WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Test } from '../support/suite.ts';
import { hoverAt, open, setSetting, uriOf, write } from './files.ts';

const stack =
  'services:\n  web:\n    build: {context: ., target: }\n    depends_on: [db]\n    \n  db:\n    image: nginx\n';

const ask = <Answer>(command: string, document: TextDocument, ...rest: unknown[]): Thenable<Answer> =>
  commands.executeCommand<Answer>(`vscode.execute${command}`, document.uri, ...rest);

const labelsAt = async (document: TextDocument, position: Position): Promise<string[]> => {
  const { items } = await ask<CompletionList>('CompletionItemProvider', document, position);
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
};

/** The end of the words in the text. */
const behind = (document: TextDocument, words: string): Position =>
  document.positionAt(document.getText().indexOf(words) + words.length);

const patience = 20_000;

/** Asks until the answer is yes: nothing tells of what the editor offers by itself. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patience;
  while (!(await isSo())) assert.ok(Date.now() < end, `Asked in vain for ${what}.`);
}

export const language: readonly Test[] = [
  [
    'a key that is typed is completed in the indentation of the file',
    async () => {
      const document = await open('typed/compose.yaml', stack);
      const editor = window.activeTextEditor ?? assert.fail('No editor is active.');
      const place = new Position(4, 4);
      editor.selection = new Selection(place, place);
      await commands.executeCommand('type', { text: 'healthc' });
      await commands.executeCommand('editor.action.triggerSuggest');
      await until('the key is there', async () => {
        await commands.executeCommand('acceptSelectedSuggestion');
        return document.getText().includes('healthcheck:');
      });
      await commands.executeCommand('hideSuggestWidget');
      assert.equal(document.getText(), stack.replace('    \n', '    healthcheck:\n      \n'));
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    },
  ],
  [
    'stages of the Dockerfile beside it are completed',
    async () => {
      await write('stages/Dockerfile', 'FROM a AS build\nFROM b AS prod\n');
      const document = await open('stages/compose.yaml', stack);
      const labels = await labelsAt(document, behind(document, 'target: '));
      assert.ok(labels.includes('build') && labels.includes('prod'), labels.join());
    },
  ],
  [
    'a name leads to its declaration and to its uses, and is renamed at both',
    async () => {
      const document = await open('names/compose.yaml', stack);
      const use = behind(document, 'depends_on: [d');
      const [definition] = await ask<Location[]>('DefinitionProvider', document, use);
      assert.equal(definition?.range.start.line, 5);
      const references = await ask<Location[]>('ReferenceProvider', document, use);
      assert.deepEqual(
        references.map(({ range }) => range.start.line),
        [3, 5],
      );
      const edit = await ask<WorkspaceEdit>('DocumentRenameProvider', document, use, 'store');
      assert.ok(await workspace.applyEdit(edit));
      assert.equal(document.getText(), stack.replace('[db]', '[store]').replace('  db:', '  store:'));
      const refusal = await ask('DocumentRenameProvider', document, use, 'web').then(() => 'none', String);
      assert.match(refusal, /There is a service "web" already/);
    },
  ],
  [
    'links, symbols and what the specification says of a key',
    async () => {
      const document = await open('read/compose.yaml', stack);
      const links = await ask<DocumentLink[]>('LinkProvider', document);
      assert.deepEqual(
        links.map(({ target }) => target?.toString(true)),
        [uriOf('read/Dockerfile').toString(true), 'https://hub.docker.com/_/nginx'],
      );
      const [services] = await ask<DocumentSymbol[]>('DocumentSymbolProvider', document);
      assert.deepEqual(
        services?.children.map(({ name }) => name),
        ['web', 'db'],
      );
      assert.match(await hoverAt(document, behind(document, 'depends_')), /compose-file/);
    },
  ],
  [
    'a setting switches it off',
    async () => {
      const document = await open('off/compose.yaml', stack);
      const place = new Position(4, 4);
      assert.ok((await labelsAt(document, place)).includes('healthcheck'));
      await setSetting('compose.languageFeatures', 'off');
      await until(
        'no key is offered',
        async () => !(await labelsAt(document, place)).includes('healthcheck'),
      );
      await setSetting('compose.languageFeatures', undefined);
      await until('keys again', async () => (await labelsAt(document, place)).includes('healthcheck'));
    },
  ],
];

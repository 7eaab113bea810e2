// What every suite does with files: writes them, shows them, repairs them from the lightbulb.
import assert from 'node:assert/strict';
import {
  type CodeAction,
  ConfigurationTarget,
  commands,
  type Diagnostic,
  type Hover,
  languages,
  type Position,
  TabInputWebview,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { idOf, rulesIn } from '../support/suite.ts';

export const weak =
  'FROM node\nARG NPM_TOKEN\nENV API_PASSWORD=correct-horse\nWORKDIR /srv\nCOPY . .\nRUN npm ci\nEXPOSE 3000\nCMD ["node", "server.js"]\n';

export const folder = (): Uri => workspace.workspaceFolders?.[0]?.uri ?? assert.fail('No folder is open.');
export const uriOf = (path: string): Uri => Uri.joinPath(folder(), path);

export async function write(path: string, text: string): Promise<Uri> {
  const uri = uriOf(path);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

export async function open(path: string, text: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(await write(path, text));
  await window.showTextDocument(document);
  return document;
}

export const ours = ({ uri }: TextDocument, rule: string): Diagnostic =>
  languages.getDiagnostics(uri).find(one => one.source === 'bulkhead' && idOf(one) === rule) ??
  assert.fail(`${rule} is not found: ${rulesIn(uri)}`);

/** The actions at a finding, as the lightbulb lists them. The editor drops an answer when findings change meanwhile: it asks again. */
export async function actionsFor(document: TextDocument, rule: string): Promise<CodeAction[]> {
  for (let asked = 1; ; asked++) {
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      ours(document, rule).range,
      'quickfix',
      100,
    );
    if (actions[0]?.edit || asked === 5) return actions;
  }
}

/** A page of ours is open under this title. */
export const isPage = (title: string): boolean =>
  window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ label, input }) => label === title && input instanceof TabInputWebview);

export async function apply(action: CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit, 'There is no such action, or it edits nothing.');
  assert.ok(await workspace.applyEdit(action.edit));
}

/** What hovering tells. */
export async function hoverAt({ uri }: TextDocument, place: Position): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, place);
  const parts = hovers.flatMap(({ contents }) => contents);
  return parts.map(part => (typeof part === 'string' ? part : part.value)).join('\n');
}

export async function setSetting(name: string, value: unknown, section = 'bulkhead'): Promise<void> {
  await workspace.getConfiguration(section).update(name, value, ConfigurationTarget.Workspace);
}

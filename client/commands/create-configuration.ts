// "Create configuration": a `.bulkhead.yaml` to start from, or the one that is there.
import { Uri, window, workspace } from 'vscode';
import { initialConfigurationRequest } from '../../server/core/protocol/messages.ts';
import type { Client } from '../client.ts';

const exists = (uri: Uri): Thenable<boolean> =>
  workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

async function chosenFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const chosen = folders.length > 1 ? await window.showWorkspaceFolderPick() : folders[0];
  return chosen?.uri;
}

export async function createConfiguration(client: Client): Promise<void> {
  const folder = await chosenFolder();
  if (!folder) return;
  const file = Uri.joinPath(folder, '.bulkhead.yaml');
  if (!(await exists(file))) {
    const text = await client.sendRequest<string>(initialConfigurationRequest);
    await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  }
  await window.showTextDocument(file);
}

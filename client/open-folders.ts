// The folders that are open, as the server is told of them.
import { workspace } from 'vscode';

export const openFolders = (): string[] =>
  (workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString());

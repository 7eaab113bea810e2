// Files for the server, out of folders that it cannot reach itself: those of virtual workspaces.
import { type Disposable, FileType, Uri, workspace } from 'vscode';
import {
  type FileParams,
  type ListFolderResult,
  listFolderRequest,
  type ReadFileResult,
  readFileRequest,
} from '../server/core/protocol/messages.ts';
import type { Client } from './client.ts';

async function readFile({ uri }: FileParams): Promise<ReadFileResult> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(uri)));
  } catch {
    return null;
  }
}

/** Links count as neither: the server does not follow them. */
const kinds: ReadonlyMap<FileType, 'file' | 'folder'> = new Map([
  [FileType.File, 'file'],
  [FileType.Directory, 'folder'],
]);

async function listFolder({ uri }: FileParams): Promise<ListFolderResult> {
  try {
    const entries = await workspace.fs.readDirectory(Uri.parse(uri));
    return entries.flatMap(([name, type]) => {
      const kind = kinds.get(type);
      return kind ? [{ name, kind }] : [];
    });
  } catch {
    return null;
  }
}

export const answerFileRequests = (client: Client): Disposable[] => [
  client.onRequest(readFileRequest, readFile),
  client.onRequest(listFolderRequest, listFolder),
];

// Files as the language server sees them: open documents first, then the disk, then the client for all other places.
import type { Connection } from 'vscode-languageserver';
import {
  type FileParams,
  type ListFolderResult,
  listFolderRequest,
  type ReadFileResult,
  readFileRequest,
} from '../core/protocol/messages.ts';
import type { FileSystem, Location } from '../host/files.ts';
import type { Documents } from './documents.ts';
import type { FileSource } from './host.ts';
import { parent, relative, resolve } from './locations.ts';

/** The client's files by its answers; a client that fails has no such file. */
export function clientFiles(connection: Connection): FileSource {
  const ask = async <Result>(method: string, uri: Location): Promise<Result | null> => {
    const params: FileParams = { uri };
    try {
      return await connection.sendRequest<Result | null>(method, params);
    } catch {
      return null;
    }
  };
  return {
    read: location => ask<ReadFileResult>(readFileRequest, location),
    list: folder => ask<ListFolderResult>(listFolderRequest, folder),
  };
}

const noFiles: FileSource = { read: async () => null, list: async () => null };

export function openFiles(
  documents: Documents,
  disk: FileSource | null,
  client: FileSource | null,
): FileSystem {
  const sourceOf = (location: Location): FileSource =>
    (location.startsWith('file:') ? disk : null) ?? client ?? noFiles;
  return {
    read: async location => documents.at(location)?.text ?? sourceOf(location).read(location),
    list: folder => sourceOf(folder).list(folder),
    resolve,
    parent,
    relative,
  };
}

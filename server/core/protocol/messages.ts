// Messages between our client and our server beyond the Language Server Protocol. Plain types: both sides import them.

/** Sent by the server to a client that has said `readsFiles`: the text of a file, null where there is none. */
export const readFileRequest = 'bulkhead/readFile';
/** Likewise: what a folder holds, null where there is no such folder. */
export const listFolderRequest = 'bulkhead/listFolder';

export interface FileParams {
  readonly uri: string;
}

export type ReadFileResult = string | null;
export type ListFolderResult = readonly { readonly name: string; readonly kind: 'file' | 'folder' }[] | null;

/** Opens the page of the rule whose id is the only argument. The server carries it out. */
export const showRuleCommand = 'bulkhead.showRule';

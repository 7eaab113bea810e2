// Files as every host sees them: disk, open editors over disk, or the client of a browser. Implemented by the hosts.

/** Where a file or folder is: a path or a URI. Only a FileSystem takes it apart. */
export type Location = string;

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

export interface FileSystem {
  /** Null where there is no such file, or it may not be read. Never throws. */
  read(location: Location): Promise<string | null>;
  /** Null where there is no such folder. Links are not followed. Never throws. */
  list(folder: Location): Promise<readonly FolderEntry[] | null>;
  /** The place that a relative path with `/` names, seen from a folder. */
  resolve(folder: Location, path: string): Location;
  /** The folder that holds it; null at the top. */
  parent(location: Location): Location | null;
  /** The path from a folder down to a location, with `/`; null where it is not below. */
  relative(folder: Location, location: Location): string | null;
}

// What a process or worker lends to the language server.
import type { FileSystem } from '../host/files.ts';

/** Reads below `file:` URIs, or wherever a client reads for us. */
export type FileSource = Pick<FileSystem, 'read' | 'list'>;

export interface ServerHost {
  /** For `file:` locations; null where there is no disk. */
  readonly disk: FileSource | null;
  /** Resolves in a later turn of the event loop; messages that have arrived come in between, one a turn. */
  turn(): Promise<void>;
}

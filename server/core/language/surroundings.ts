// Surroundings: what the host knows of the files beside a document. Paths are relative to its folder and use `/`.
import type { DockerfileModel } from '../model/dockerfile/model.ts';

/** Null: it is not there. Undefined: not known, or not yet. */
export type Known<T> = T | null | undefined;

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

export interface Surroundings {
  dockerfile(path: string): Known<DockerfileModel>;
  folder(path: string): Known<readonly FolderEntry[]>;
  /** The text of another Compose file, or of one with variables. */
  text(path: string): Known<string>;
}

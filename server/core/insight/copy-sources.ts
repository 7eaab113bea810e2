// Where COPY and ADD take their sources from: an address, a repository, the build context.
import { isOtherArchive, isTarArchive } from '../knowledge/archives.ts';
import type { CopyInstruction, Word } from '../model/dockerfile/model.ts';
import { filledIn } from './copy-target.ts';

export type SourceKind =
  /** Fetched over HTTP. */
  | 'download'
  /** A Git repository. */
  | 'repository'
  /** An archive in the build context that ADD unpacks. */
  | 'archive'
  /** One that it does not unpack. */
  | 'other-archive'
  /** Another file, a folder or a pattern. */
  | 'plain'
  /** A variable hides what it is. */
  | 'unknown'
  /** The history of an image (`ADD file:8b88… in /`): nothing that a build could read. */
  | 'history';

const isRepository = (source: string): boolean =>
  /^(?:git@|(?:git|ssh):\/\/)/.test(source) || /^https?:\/\/[^?#]*\.git(?:[?#]|$)/.test(source);

/** What a source is, once the variables in it are filled in. */
export function sourceKind({ before }: CopyInstruction, { value }: Word): SourceKind {
  if (isRepository(value)) return 'repository';
  if (/^https?:\/\//i.test(value)) return 'download';
  const path = filledIn(value, before);
  if (path === null) return isTarArchive(value) ? 'archive' : 'unknown';
  if (path !== value) return isRepository(path) ? 'repository' : kindOfPath(path);
  return kindOfPath(path);
}

function kindOfPath(path: string): SourceKind {
  if (/^(?:file|multi|dir):[\da-f]{8,}/.test(path)) return 'history';
  if (/^https?:\/\//i.test(path)) return 'download';
  if (isTarArchive(path)) return 'archive';
  return isOtherArchive(path) ? 'other-archive' : 'plain';
}

// Workspace edits: changes of a document, and of files beside it, in the form that the client understands.
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { changeFile } from '../core/engine/file-change.ts';
import type { FileChange } from '../core/engine/finding.ts';
import { minimalEdits } from '../core/text/diff.ts';
import type { Edit } from '../core/text/edit.ts';
import { lineIndex } from '../core/text/lines.ts';
import type { FileSystem, Location } from '../host/files.ts';
import type { Abilities } from './abilities.ts';
import { textEditsOf } from './convert.ts';
import type { Documents, OpenDocument } from './documents.ts';

export interface Change {
  readonly edits: readonly Edit[];
  readonly files: readonly FileChange[];
}

/** A document to be edited; the version is null where it is not open. */
export interface EditedDocument extends Pick<OpenDocument, 'uri' | 'location' | 'lines'> {
  readonly version: number | null;
}

/** Null where the client cannot carry out all of it: half a repair is worse than none. */
export type EditMaker = (document: EditedDocument, change: Change) => Promise<WorkspaceEdit | null>;

/** One text and its edits; the version is null where the file is not open. */
export interface TextChange {
  readonly uri: string;
  readonly version: number | null;
  readonly isNew: boolean;
  readonly edits: TextEdit[];
}

export function workspaceEdit(
  changes: readonly TextChange[],
  { versionedEdits, createsFiles }: Abilities,
): WorkspaceEdit | null {
  if (changes.some(({ isNew }) => isNew) && !(createsFiles && versionedEdits)) return null;
  if (!versionedEdits) return { changes: Object.fromEntries(changes.map(({ uri, edits }) => [uri, edits])) };
  return {
    documentChanges: changes.flatMap(({ uri, version, isNew, edits }) => [
      ...(isNew ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }] : []),
      { textDocument: { uri, version }, edits },
    ]),
  };
}

export function editMaker(abilities: Abilities, files: FileSystem, documents: Documents): EditMaker {
  /** Changes of one file follow one another: a later one sees what the earlier ones wrote. */
  const changeOf = async (location: Location, changes: readonly FileChange[]): Promise<TextChange | null> => {
    const before = await files.read(location);
    const after = changes.reduce<string | null>(changeFile, before);
    if (after === null || after === before) return null;
    const open = documents.at(location);
    const text = before ?? '';
    return {
      uri: open?.uri ?? location,
      version: open?.version ?? null,
      isNew: before === null,
      edits: textEditsOf(lineIndex(text), minimalEdits(text, after)),
    };
  };

  return async (document, { edits, files: fileChanges }) => {
    const { uri, version, lines, location } = document;
    const own: TextChange = { uri, version, isNew: false, edits: textEditsOf(lines, edits) };
    const folder = files.parent(location);
    if (folder === null && fileChanges.length > 0) return null;
    const byPlace = new Map<Location, FileChange[]>();
    for (const change of fileChanges) {
      const place = files.resolve(folder ?? location, change.path);
      byPlace.set(place, [...(byPlace.get(place) ?? []), change]);
    }
    const others = await Promise.all([...byPlace].map(([place, changes]) => changeOf(place, changes)));
    return workspaceEdit([own, ...others.filter(other => other !== null)], abilities);
  };
}

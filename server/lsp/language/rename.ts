// Renaming in Compose files.
import type {
  CancellationToken,
  PrepareRenameParams,
  Range,
  RenameParams,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { type Refused, renamableAt, renameAt } from '../../core/language/compose/rename.ts';
import { rangeOf, textEditsOf } from '../convert.ts';
import { cannot } from '../refusal.ts';
import { isCompose, type LanguageContext, type ReadFor } from './place.ts';

export interface Rename {
  prepare(
    params: PrepareRenameParams,
    token: CancellationToken,
  ): Promise<{ readonly range: Range; readonly placeholder: string } | null>;
  at(params: RenameParams, token: CancellationToken): Promise<WorkspaceEdit | null>;
}

/** The client shows the words of an error to the person who asked. */
function notRefused<T extends object>(answer: T | Refused): T {
  if ('refused' in answer) throw cannot(answer.refused);
  return answer;
}

export const renameWith = ({ abilities }: LanguageContext, read: ReadFor): Rename => ({
  async prepare({ textDocument, position }, token) {
    const found = await read('rename', textDocument, token);
    if (!isCompose(found)) return null;
    const { lines } = found.document;
    const { span, name } = notRefused(renamableAt(found.model, lines.offsetAt(position)));
    return { range: rangeOf(lines, span), placeholder: name };
  },
  async at({ textDocument, position, newName }, token) {
    const found = await read('rename', textDocument, token);
    if (!isCompose(found)) return null;
    const { lines, uri, version } = found.document;
    const edits = textEditsOf(
      lines,
      notRefused(renameAt(found.model, lines.offsetAt(position), newName.trim())),
    );
    return abilities.versionedEdits
      ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
      : { changes: { [uri]: edits } };
  },
});

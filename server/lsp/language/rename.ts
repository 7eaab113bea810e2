// Renaming in Compose files: one edit of all files of a project.
import type {
  CancellationToken,
  PrepareRenameParams,
  Range,
  RenameParams,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { type Refused, renamableAt, renameAt } from '../../core/language/compose/rename.ts';
import { lineIndex } from '../../core/text/lines.ts';
import { rangeOf, textEditsOf } from '../convert.ts';
import { cannot, outdated } from '../refusal.ts';
import { workspaceEdit } from '../workspace-edit.ts';
import { isCompose, type LanguageContext, type ReadFor } from './place.ts';
import { filesAround } from './project.ts';

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

export const renameWith = (context: LanguageContext, read: ReadFor): Rename => ({
  async prepare({ textDocument, position }, token) {
    const found = await read('rename', textDocument, token);
    if (!isCompose(found)) return null;
    const { lines } = found.document;
    const { file, files } = await filesAround(context, found, token, true);
    const { span, name } = notRefused(renamableAt(files, file, lines.offsetAt(position)));
    return { range: rangeOf(lines, span), placeholder: name };
  },
  async at({ textDocument, position, newName }, token) {
    const found = await read('rename', textDocument, token);
    if (!isCompose(found)) return null;
    const { document } = found;
    const { file, files } = await filesAround(context, found, token, true);
    const renamed = renameAt(files, file, document.lines.offsetAt(position), newName.trim());
    const changes = notRefused(renamed).map(({ file: { location, model }, edits }) => {
      const open = context.documents.at(location);
      // Of a text that has changed meanwhile the places are not known.
      if (open && open.text !== model.text) throw outdated();
      return {
        uri: open?.uri ?? location,
        version: open?.version ?? null,
        isNew: false,
        edits: textEditsOf(open?.lines ?? lineIndex(model.text), edits),
      };
    });
    return workspaceEdit(changes, context.abilities);
  },
});

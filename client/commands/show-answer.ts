// What a registry has said of an image, shown where it was asked for.
import { commands, Range, Uri, window, workspace } from 'vscode';
import type { ImagePlace } from '../../server/core/protocol/messages.ts';

/** Shows once more what is known of an image, from the place where that was asked for. */
export async function showAnswer({ uri, position: { line, character } }: ImagePlace): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri, true));
  const selection = new Range(line, character, line, character);
  await window.showTextDocument(document, { selection });
  await commands.executeCommand('editor.action.showHover');
}

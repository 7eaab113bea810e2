// Settings of the editor for a document: asked of the client where it answers, else as it last sent them.
import type { Connection } from 'vscode-languageserver';
import {
  type EditorSettings,
  editorSettings,
  settingsIn,
  settingsSection,
} from '../core/protocol/settings.ts';

export interface Settings {
  of(uri: string): Promise<EditorSettings>;
  /** The client says that some have changed; `sent` holds them only where it cannot be asked. */
  changed(sent: unknown): void;
  /** The document is closed. */
  drop(uri: string): void;
}

/** Asks once for each document. */
export function askedSettings(connection: Connection): Settings {
  const asked = new Map<string, Promise<EditorSettings>>();
  const ask = async (uri: string): Promise<EditorSettings> => {
    try {
      return editorSettings(
        await connection.workspace.getConfiguration({ scopeUri: uri, section: settingsSection }),
      );
    } catch (error) {
      connection.console.warn(`The client did not give its settings for ${uri}: ${error}`);
      return editorSettings(null);
    }
  };
  return {
    of(uri) {
      const known = asked.get(uri) ?? ask(uri);
      asked.set(uri, known);
      return known;
    },
    changed: () => asked.clear(),
    drop: uri => asked.delete(uri),
  };
}

export function sentSettings(atStart: unknown): Settings {
  let current = editorSettings(settingsIn(atStart));
  return {
    of: async () => current,
    changed(sent) {
      current = editorSettings(settingsIn(sent));
    },
    drop: () => {},
  };
}

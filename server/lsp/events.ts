// Events: what happens to documents, files and settings becomes new findings.
import type {
  DidChangeConfigurationParams,
  DidChangeWatchedFilesParams,
  FileChangeType,
} from 'vscode-languageserver';
import type { ShownElsewhereParams } from '../core/protocol/messages.ts';
import type { Checks } from './checks.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { OpenDocument } from './documents.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Folders } from './folders.ts';
import type { Foundations } from './foundations.ts';
import { locationOf } from './locations.ts';

/** Of the protocol's kinds of change to a file the one that neither makes nor removes it. */
const contentChanged: FileChangeType = 2;

export interface Events {
  shownElsewhere(params: ShownElsewhereParams): Promise<void>;
  /** Opened, or a newer version. */
  documentChanged(document: OpenDocument): Promise<void>;
  documentClosed(document: OpenDocument): Promise<void>;
  settingsChanged(params: DidChangeConfigurationParams): Promise<void>;
  filesChanged(params: DidChangeWatchedFilesParams): Promise<void>;
}

/** Who has to hear of what happens. */
interface Watching {
  readonly checks: Checks;
  readonly diagnostics: Diagnostics;
  readonly folders: Folders;
  readonly elsewhere: Elsewhere;
}

/** What happens outside becomes new findings. */
export function eventsOf(
  { documents, abilities, settings, projects }: Foundations,
  { checks, diagnostics, folders, elsewhere }: Watching,
): Events {
  const revisitOpen = (): Promise<void> => diagnostics.revisit(documents.all().map(({ uri }) => uri));
  const revisitAll = async (): Promise<void> => {
    await revisitOpen();
    await folders.revisit();
  };
  /** Clients that pull ask by themselves after an edit; others are told, first of the document itself. */
  const textChanged = async ({ uri, location }: OpenDocument): Promise<void> => {
    projects.forget(location, 'content');
    if (abilities.pullsDiagnostics) return;
    await diagnostics.revisit([uri]);
    await revisitOpen();
  };
  return {
    async documentChanged(document) {
      await folders.takeBack(document.location);
      await textChanged(document);
    },
    async documentClosed(document) {
      checks.drop(document.uri);
      settings.drop(document.uri);
      elsewhere.drop(document.uri);
      await diagnostics.closed(document.uri);
      await textChanged(document);
      await folders.revisit([document.location]);
    },
    async settingsChanged({ settings: sent }) {
      settings.changed(sent);
      await revisitAll();
    },
    async filesChanged({ changes }) {
      for (const { uri, type } of changes) {
        projects.forget(locationOf(uri), type === contentChanged ? 'content' : 'presence');
      }
      await revisitAll();
    },
    async shownElsewhere(params) {
      elsewhere.shown(params);
      await diagnostics.shownElsewhere(params.uri);
    },
  };
}

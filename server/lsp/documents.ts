// Documents: what is open in the editor, each version an immutable value.
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LineIndex, lineIndex } from '../core/text/lines.ts';
import type { Location } from '../host/files.ts';
import { locationOf } from './locations.ts';

/** One version of an open document: while it is the newest, `Documents.get` gives this very object. */
export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  readonly location: Location;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
  /** The same for all versions of it, from when it is opened until it is closed. */
  readonly source: object;
}

export interface Documents {
  get(uri: string): OpenDocument | undefined;
  at(location: Location): OpenDocument | undefined;
  all(): readonly OpenDocument[];
}

export interface DocumentEvents {
  /** Opened, or a newer version. */
  changed(document: OpenDocument): void;
  closed(document: OpenDocument): void;
}

/** The library's document changes in place; it only carries the text from version to version. */
interface Synced extends OpenDocument {
  readonly source: TextDocument;
}

function snapshot(source: TextDocument): Synced {
  const { uri, languageId, version } = source;
  const text = source.getText();
  return {
    uri,
    location: locationOf(uri),
    languageId,
    version,
    text,
    lines: lineIndex(text),
    source,
  };
}

export function openDocuments(connection: Connection, events: DocumentEvents): Documents {
  const documents = new TextDocuments<Synced>({
    create: (uri, languageId, version, text) => snapshot(TextDocument.create(uri, languageId, version, text)),
    update: ({ source }, changes, version) => snapshot(TextDocument.update(source, changes, version)),
  });
  documents.onDidChangeContent(({ document }) => events.changed(document));
  documents.onDidClose(({ document }) => events.closed(document));
  documents.listen(connection);
  return {
    get: uri => documents.get(uri),
    at: location => documents.all().find(document => document.location === location),
    all: () => documents.all(),
  };
}

// A session with a server, as an editor holds it: a folder with files, documents open in it, findings and actions asked for.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  FullDocumentDiagnosticReport,
  InitializeResult,
  Range,
  TextDocumentContentChangeEvent,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { temporaryFolder } from './bundle.ts';
import { modern } from './capabilities.ts';
import { type Answers, type Channel, type Client, createClient } from './client.ts';

export interface SessionOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly answers?: Answers;
  /** Path -> text, written before the server starts. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Session extends Client {
  readonly introduction: InitializeResult;
  uriOf(path: string): string;
  writeFile(path: string, text: string): void;
  open(path: string, text: string, languageId?: string): void;
  change(path: string, version: number, ...changes: TextDocumentContentChangeEvent[]): void;
  /** Pulls. */
  report(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  diagnostics(path: string): Promise<readonly Diagnostic[]>;
  actions(path: string, range: Range, only?: readonly string[]): Promise<CodeAction[]>;
}

const languageIds: Readonly<Record<string, string>> = {
  Dockerfile: 'dockerfile',
  'compose.yaml': 'dockercompose',
};

const inFolder = (folder: string, name: string, text: string): void => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};

export async function startSession(channel: Channel, options: SessionOptions = {}): Promise<Session> {
  const { capabilities = modern, initializationOptions, answers = {}, files = {} } = options;
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) inFolder(folder, name, text);
  const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
  const client = createClient(channel, answers);
  const introduction = await client.request<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities,
    initializationOptions,
  });
  client.notify('initialized', {});

  const report = (name: string, previousResultId?: string) =>
    client.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: uriOf(name) },
      previousResultId,
    });
  return {
    ...client,
    introduction,
    uriOf,
    writeFile: (name, text) => inFolder(folder, name, text),
    open(name, text, languageId = languageIds[path.basename(name)] ?? 'yaml') {
      const textDocument = { uri: uriOf(name), languageId, version: 1, text };
      client.notify('textDocument/didOpen', { textDocument });
    },
    change(name, version, ...contentChanges) {
      client.notify('textDocument/didChange', {
        textDocument: { uri: uriOf(name), version },
        contentChanges,
      });
    },
    report,
    diagnostics: async name => ((await report(name)) as FullDocumentDiagnosticReport).items,
    actions: (name, range, only) =>
      client.request('textDocument/codeAction', {
        textDocument: { uri: uriOf(name) },
        range,
        context: { diagnostics: [], ...(only && { only }) },
      }),
  };
}

/** `rule@line:character`, as a test states findings. */
export const summary = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code, range: { start } }) => `${code}@${start.line}:${start.character}`);

const edited = (text: string, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create('', '', 1, text), [...edits]);

/** The texts that a workspace edit leaves behind; files that it makes begin empty. Refused where it is for another version. */
export function applyEdit(
  edit: WorkspaceEdit | undefined,
  texts: Readonly<Record<string, string>>,
  version: number,
): Record<string, string> {
  const result: Record<string, string> = { ...texts };
  for (const change of edit?.documentChanges ?? []) {
    if ('kind' in change) {
      assert.equal(change.kind, 'create');
      assert.equal(result[change.uri], undefined, 'a file is made that is there');
      result[change.uri] = '';
    } else {
      const { uri } = change.textDocument;
      if (change.textDocument.version !== null) assert.equal(change.textDocument.version, version);
      result[uri] = edited(
        result[uri] ?? assert.fail(`${uri} is edited, but not there`),
        change.edits as TextEdit[],
      );
    }
  }
  return result;
}

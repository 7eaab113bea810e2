// Coexistence: the server hears what other extensions show, so that it leaves that to them. Their settings stay theirs.
import {
  type Diagnostic,
  type Disposable,
  Disposable as Disposables,
  languages,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { State } from 'vscode-languageclient/browser';
import { type ShownElsewhereParams, shownElsewhereNotification } from '../server/core/protocol/messages.ts';
import type { Client } from './client.ts';
import { editedDocuments } from './options.ts';

/** What dockerfile-utils, in Container Tools and Docker DX, means by its numbers. */
const dockerfileUtilsIds = [
  'CASING_INSTRUCTION',
  'CASING_DIRECTIVE',
  'ARGUMENT_MISSING',
  'ARGUMENT_EXTRA',
  'ARGUMENT_REQUIRES_ONE',
  'ARGUMENT_REQUIRES_AT_LEAST_ONE',
  'ARGUMENT_REQUIRES_TWO',
  'ARGUMENT_REQUIRES_AT_LEAST_TWO',
  'ARGUMENT_REQUIRES_ONE_OR_THREE',
  'ARGUMENT_UNNECESSARY',
  'DUPLICATE_BUILD_STAGE_NAME',
  'EMPTY_CONTINUATION_LINE',
  'INVALID_BUILD_STAGE_NAME',
  'FLAG_AT_LEAST_ONE',
  'FLAG_DUPLICATE',
  'FLAG_INVALID_DURATION',
  'FLAG_LESS_THAN_1MS',
  'FLAG_MISSING_DURATION',
  'FLAG_MISSING_VALUE',
  'FLAG_UNKNOWN_UNIT',
  'NO_SOURCE_IMAGE',
  'INVALID_ESCAPE_DIRECTIVE',
  'INVALID_AS',
  'INVALID_DESTINATION',
  'INVALID_PORT',
  'INVALID_PROTO',
  'INVALID_REFERENCE_FORMAT',
  'INVALID_SIGNAL',
  'INVALID_SYNTAX',
  'ONBUILD_CHAINING_DISALLOWED',
  'ONBUILD_TRIGGER_DISALLOWED',
  'SHELL_JSON_FORM',
  'SHELL_REQUIRES_ONE',
  'SYNTAX_MISSING_EQUALS',
  'SYNTAX_MISSING_NAMES',
  'SYNTAX_MISSING_SINGLE_QUOTE',
  'SYNTAX_MISSING_DOUBLE_QUOTE',
  'MULTIPLE_INSTRUCTIONS',
  'UNKNOWN_INSTRUCTION',
  'UNKNOWN_ADD_FLAG',
  'UNKNOWN_COPY_FLAG',
  'UNKNOWN_FROM_FLAG',
  'UNKNOWN_HEALTHCHECK_FLAG',
  'UNKNOWN_TYPE',
  'UNSUPPORTED_MODIFIER',
  'DEPRECATED_MAINTAINER',
  'HEALTHCHECK_CMD_ARGUMENT_MISSING',
  'FLAG_INVALID_FROM_VALUE',
  'FLAG_EXPECTED_BOOLEAN_VALUE',
  'JSON_IN_SINGLE_QUOTES',
  'WORKDIR_IS_NOT_ABSOLUTE',
  'BASE_NAME_EMPTY',
  'DUPLICATED_ESCAPE_DIRECTIVE',
] as const;

/** The tools behind the sources of diagnostics, in small letters. */
const tools: ReadonlyMap<string, string> = new Map([
  ['hadolint', 'hadolint'],
  ['docker-language-server', 'buildkit'],
  ['dockerfile-utils', 'dockerfile-utils'],
  ['checkov', 'checkov'],
  ['trivy', 'trivy'],
  ['semgrep', 'semgrep'],
]);

/** Undefined where it is ours, or of somebody unknown. */
function equivalentOf({ source = '', code }: Diagnostic): string | undefined {
  const tool = tools.get(source.toLowerCase());
  const value = typeof code === 'object' ? code.value : code;
  if (tool === undefined || value === undefined) return undefined;
  return `${tool}:${typeof value === 'number' ? dockerfileUtilsIds[value] : value}`;
}

const shownIn = (uri: Uri): ShownElsewhereParams['findings'] =>
  languages.getDiagnostics(uri).flatMap(diagnostic => {
    const equivalent = equivalentOf(diagnostic);
    return equivalent === undefined ? [] : [{ equivalent, line: diagnostic.range.start.line }];
  });

export function watchOthers(client: Client): Disposable {
  /** What the server has heard of each document, as text. */
  const told = new Map<string, string>();
  const tell = (document: TextDocument): void => {
    const uri = document.uri.toString();
    if (languages.match(editedDocuments(), document) === 0) return;
    const findings = shownIn(document.uri);
    const key = JSON.stringify(findings);
    if ((told.get(uri) ?? '[]') === key) return;
    told.set(uri, key);
    const params: ShownElsewhereParams = { uri: client.code2ProtocolConverter.asUri(document.uri), findings };
    // A server that is not there hears of it once it is.
    client.sendNotification(shownElsewhereNotification, params).catch(() => told.delete(uri));
  };
  return Disposables.from(
    languages.onDidChangeDiagnostics(({ uris }) => {
      const changed = new Set(uris.map(uri => uri.toString()));
      workspace.textDocuments.filter(({ uri }) => changed.has(uri.toString())).forEach(tell);
    }),
    // The server forgets a document that is closed, and everything when it starts anew.
    workspace.onDidCloseTextDocument(({ uri }) => told.delete(uri.toString())),
    workspace.onDidOpenTextDocument(tell),
    client.onDidChangeState(({ newState }) => {
      if (newState !== State.Running) return;
      told.clear();
      workspace.textDocuments.forEach(tell);
    }),
  );
}

// Status: what Bulkhead says beside the language of a file: whether it runs, by which profile, how much it has found.
import {
  type Command,
  type Disposable,
  Disposable as Disposables,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
  Uri,
  window,
  workspace,
} from 'vscode';
import { State } from 'vscode-languageclient/browser';
import { type StatusResult, statusRequest } from '../server/core/protocol/messages.ts';
import type { Client } from './client.ts';
import { editedDocuments } from './options.ts';

function wordsFor({ state, findings, shownElsewhere }: StatusResult): string {
  if (state === 'off') return l10n.t('Off');
  if (state === 'excluded') return l10n.t('Not read: the configuration excludes it');
  if (findings === 0) return l10n.t('No findings');
  if (shownElsewhere > 0) {
    return l10n.t('Findings: {0}, {1} of them shown by other extensions', findings, shownElsewhere);
  }
  return findings === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', findings);
}

function showProfile(item: LanguageStatusItem, { profile, configuration }: StatusResult): void {
  item.text = l10n.t('Profile: {0}', profile);
  if (configuration === null) {
    item.command = { title: l10n.t('Configure'), command: 'bulkhead.createConfiguration' };
  } else {
    const uri = Uri.parse(configuration);
    item.detail = workspace.asRelativePath(uri);
    item.command = { title: l10n.t('Open'), command: 'vscode.open', arguments: [uri] };
  }
}

const showLog = (): Command => ({ title: l10n.t('Show Log'), command: 'bulkhead.showLog' });
const restartServer = (): Command => ({
  title: l10n.t('Restart Server'),
  command: 'bulkhead.restartServer',
});

export function showStatus(client: Client): Disposable {
  const state = languages.createLanguageStatusItem('bulkhead.state', editedDocuments());
  const profile = languages.createLanguageStatusItem('bulkhead.profile', editedDocuments());
  state.name = 'Bulkhead';
  profile.name = l10n.t('Bulkhead profile');

  const showDocument = async (uri: Uri): Promise<void> => {
    const status = await client.sendRequest<StatusResult | null>(statusRequest, {
      uri: client.code2ProtocolConverter.asUri(uri),
    });
    if (!status || uri !== window.activeTextEditor?.document.uri) return;
    state.text = wordsFor(status);
    showProfile(profile, status);
  };
  const refresh = (): void => {
    state.busy = client.state === State.Starting;
    state.severity =
      client.state === State.Stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    state.detail = 'Bulkhead';
    state.command = client.state === State.Stopped ? restartServer() : showLog();
    if (client.state === State.Stopped) state.text = l10n.t('The server does not run');
    else if (client.state === State.Starting) state.text = l10n.t('Starting');
    const document = window.activeTextEditor?.document;
    const isOurs = document && languages.match(editedDocuments(), document) > 0;
    // A server that goes away meanwhile changes the state, which brings us here again.
    if (isOurs && client.state === State.Running) showDocument(document.uri).catch(() => {});
  };
  refresh();
  return Disposables.from(
    state,
    profile,
    client.onDidChangeState(refresh),
    window.onDidChangeActiveTextEditor(refresh),
    languages.onDidChangeDiagnostics(({ uris }) => {
      const active = window.activeTextEditor?.document.uri.toString();
      if (uris.some(uri => uri.toString() === active)) refresh();
    }),
  );
}

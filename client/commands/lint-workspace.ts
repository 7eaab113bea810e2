// "Lint the workspace": every Dockerfile and Compose file of the open folders, with the findings among the problems.
import { commands, l10n, window, workspace } from 'vscode';
import { WorkDoneProgress } from 'vscode-languageclient/browser';
import {
  type LintFoldersParams,
  type LintFoldersResult,
  lintFoldersRequest,
} from '../../server/core/protocol/messages.ts';
import type { Client } from '../client.ts';
import { openFolders } from '../open-folders.ts';
import { cancellable } from './cancellable.ts';

/** Undefined where the person has cancelled it. */
function lint(client: Client): Thenable<LintFoldersResult | undefined> {
  const folders = openFolders();
  const workDoneToken = 'bulkhead-workspace';
  const params: LintFoldersParams = { folders, workDoneToken };
  return cancellable(l10n.t('Linting the workspace'), async (token, progress) => {
    let done = 0;
    const reports = client.onProgress(WorkDoneProgress.type, workDoneToken, report => {
      if (report.kind !== 'report') return;
      const { percentage = done, message = '' } = report;
      const file = workspace.asRelativePath(decodeURIComponent(message.slice(message.lastIndexOf('/') + 1)));
      progress.report({ increment: percentage - done, message: file });
      done = percentage;
    });
    try {
      return await client.sendRequest<LintFoldersResult>(lintFoldersRequest, params, token);
    } finally {
      reports.dispose();
    }
  });
}

export async function lintWorkspace(client: Client): Promise<LintFoldersResult | undefined> {
  const result = await lint(client);
  if (result) void tell(result);
  return result;
}

async function tell({ files, findings }: LintFoldersResult): Promise<void> {
  if (files === 0) {
    void window.showInformationMessage(
      l10n.t('There is no Dockerfile and no Compose file in this workspace.'),
    );
    return;
  }
  const show = l10n.t('Show Problems');
  const message = l10n.t('Findings: {0}. Files: {1}.', findings, files);
  const answer = await window.showInformationMessage(message, ...(findings > 0 ? [show] : []));
  if (answer === show) await commands.executeCommand('workbench.actions.view.problems');
}

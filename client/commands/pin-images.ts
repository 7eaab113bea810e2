// Images in registries: "Pin images in the workspace", with what would change shown first, and the tags of an image to pick from.
import { CancellationError, l10n, ProgressLocation, type QuickPickItem, window, workspace } from 'vscode';
import {
  type PinImagesParams,
  type PinImagesResult,
  pinImagesRequest,
  type TagsResult,
  tagsRequest,
} from '../../server/core/protocol/messages.ts';
import type { Client } from '../client.ts';

type Target = PinImagesParams['to'];

/** The editor itself shows an edit that is to be confirmed. */
async function apply(client: Client, sent: unknown): Promise<void> {
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(sent as never);
  if (edit) await workspace.applyEdit(edit, { isRefactoring: true });
}

function ask(client: Client, to: Target): Thenable<PinImagesResult | undefined> {
  const params: PinImagesParams = {
    folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()),
    to,
  };
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Asking the registries of the images'),
    cancellable: true,
  };
  return window.withProgress(options, async (_progress, token) => {
    try {
      return await client.sendRequest<PinImagesResult>(pinImagesRequest, params, token);
    } catch (error) {
      if (token.isCancellationRequested || error instanceof CancellationError) return undefined;
      throw error;
    }
  });
}

async function chosenTarget(): Promise<Target | undefined> {
  const choices: (QuickPickItem & { readonly to: Target })[] = [
    { label: l10n.t('Digests'), description: 'node:lts@sha256:...', to: 'digests' },
    { label: l10n.t('Exact versions'), description: 'node:lts -> node:24.9.0', to: 'versions' },
  ];
  return (await window.showQuickPick(choices, { placeHolder: l10n.t('Pin the images to what?') }))?.to;
}

/** A keybinding may say to what: `{ "to": "digests" }`. */
export async function pinImages(client: Client, given: unknown): Promise<void> {
  const { to } = { ...(given as { readonly to?: unknown } | undefined) };
  const target = to === 'digests' || to === 'versions' ? to : await chosenTarget();
  const result = target && (await ask(client, target));
  if (!result) return;
  const [first, ...others] = result.problems;
  if (first !== undefined) void window.showWarningMessage([first, ...others].slice(0, 5).join(' '));
  if (result.edit) await apply(client, result.edit);
  else if (first === undefined) void window.showInformationMessage(l10n.t('There is no image to pin.'));
}

/** The place comes from the server. */
export async function showTags(client: Client, place: unknown): Promise<void> {
  const result = await client.sendRequest<TagsResult | null>(tagsRequest, place);
  if (!result) return;
  const items = result.tags.map(({ tag, detail, edit }) => ({ label: tag, description: detail, edit }));
  const picked = await window.showQuickPick(items, { placeHolder: result.name, matchOnDescription: true });
  if (picked?.edit) await apply(client, picked.edit);
}

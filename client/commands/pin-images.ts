// Images in registries: "Pin images in the workspace", with what would change shown first, the tags and platforms of an image to
// pick from, and what a registry has said.
import {
  commands,
  l10n,
  type QuickPickItem,
  type TextDocument,
  Uri,
  type WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import {
  type ImageChoicesResult,
  imageChoicesRequest,
  type PinImagesParams,
  type PinImagesResult,
  pinImagesRequest,
} from '../../server/core/protocol/messages.ts';
import type { Client } from '../client.ts';
import { openFolders } from '../open-folders.ts';
import { cancellable } from './cancellable.ts';
import { textAfter } from './harden.ts';

type Wish = Omit<PinImagesParams, 'folders'>;

/** Of the documents that show files as they would be. */
const scheme = 'bulkhead-pinned';

interface Pinned {
  readonly document: TextDocument;
  readonly version: number;
  readonly place: Uri;
  readonly text: string;
}

const pinnedIn = (edit: WorkspaceEdit): Promise<Pinned[]> =>
  Promise.all(
    edit.entries().map(async ([uri, edits]) => {
      const document = await workspace.openTextDocument(uri);
      const place = Uri.from({ scheme, path: uri.path, query: uri.toString() });
      return { document, version: document.version, place, text: textAfter(document, edits) };
    }),
  );

/** Shows the differences, and writes them when told so. */
async function confirm(edit: WorkspaceEdit): Promise<void> {
  const files = await pinnedIn(edit);
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: uri => files.find(({ place }) => place.toString() === uri.toString())?.text,
  });
  const title = l10n.t('Pinned images');
  const rows = files.map(({ document: { uri }, place }) => [uri, uri, place]);
  await commands.executeCommand('vscode.changes', title, rows);
  const yes = l10n.t('Apply');
  const answer = await window.showInformationMessage(
    l10n.t('Write these pins? Files: {0}.', files.length),
    yes,
  );
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  await window.tabGroups.close(tabs.filter(({ label }) => label.startsWith(title)));
  provider.dispose();
  if (answer !== yes) return;
  if (files.every(({ document, version }) => document.version === version)) await workspace.applyEdit(edit);
  else
    void window.showWarningMessage(l10n.t('A file has changed meanwhile: nothing was written. Pin again.'));
}

const editIn = (client: Client, sent: unknown): Promise<WorkspaceEdit | undefined> =>
  client.protocol2CodeConverter.asWorkspaceEdit(sent as never);

function ask(client: Client, wish: Wish): Thenable<PinImagesResult | undefined> {
  const params: PinImagesParams = { folders: openFolders(), ...wish };
  return cancellable(l10n.t('Asking the registries of the images'), token =>
    client.sendRequest<PinImagesResult>(pinImagesRequest, params, token),
  );
}

/** Those that most images are made for; others are told by an image that is not made for one of them. */
const platforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le', 'linux/s390x'];

async function chosenWish(): Promise<Wish | undefined> {
  const all = { label: l10n.t('Digests'), description: 'node:lts@sha256:...' };
  const one: QuickPickItem = { label: l10n.t('Digests for one platform'), description: 'linux/arm64' };
  const exact = { label: l10n.t('Exact versions'), description: 'node:lts -> node:24.9.0' };
  const placeHolder = l10n.t('Pin the images to what?');
  const chosen = await window.showQuickPick([all, one, exact], { placeHolder });
  if (chosen !== one) return chosen && { to: chosen === all ? 'digests' : 'versions', platform: null };
  const platform = await window.showQuickPick(platforms, { placeHolder: l10n.t('For which platform?') });
  return platform === undefined ? undefined : { to: 'digests', platform };
}

/** A keybinding may say to what: `{ "to": "digests", "platform": "linux/arm64" }`. */
export async function pinImages(client: Client, given: unknown): Promise<void> {
  const { to, platform } = { ...(given as Partial<Record<keyof Wish, unknown>> | undefined) };
  const wish: Wish | undefined =
    to === 'digests' || to === 'versions'
      ? { to, platform: typeof platform === 'string' ? platform : null }
      : await chosenWish();
  const result = wish && (await ask(client, wish));
  if (!result) return;
  const [first, ...others] = result.problems;
  if (first !== undefined) void window.showWarningMessage([first, ...others].slice(0, 5).join(' '));
  const edit = await editIn(client, result.edit);
  if (edit) await confirm(edit);
  else if (first === undefined) void window.showInformationMessage(l10n.t('There is no image to pin.'));
}

/** The place comes from the server. */
export async function pickImage(client: Client, place: unknown): Promise<void> {
  const result = await client.sendRequest<ImageChoicesResult | null>(imageChoicesRequest, place);
  if (!result) return;
  const items = result.choices.map(({ label, detail, edit }) => ({ label, description: detail, edit }));
  const picked = await window.showQuickPick(items, { placeHolder: result.name, matchOnDescription: true });
  const edit = picked && (await editIn(client, picked.edit));
  if (edit) await workspace.applyEdit(edit);
}

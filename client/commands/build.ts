// "Build image" and "Build and compare": asks for what nobody can know, remembers it for the file, and builds as a task that can
// be stopped.
import { commands, l10n, type Memento, Uri, ViewColumn, window, workspace } from 'vscode';
import {
  type BuildFormParams,
  type BuildFormResult,
  type BuildParams,
  type BuildResult,
  type BuildWish,
  buildFormRequest,
} from '../../server/core/protocol/messages.ts';
import {
  askArgument,
  askChoices,
  askRepairs,
  askRest,
  askSecret,
  Dismissed,
  isGuarded,
  pick,
  type Wish,
} from '../build-questions.ts';
import { runBuild } from '../build-task.ts';
import type { Client } from '../client.ts';
import { makeNonce } from './nonce.ts';

/** What a CodeLens, a keybinding or the explorer gives along. */
interface Given {
  readonly uri?: Uri;
  readonly target?: string;
  readonly service?: string;
  /** Nothing is asked of what has one. */
  readonly tag?: string;
  /** All choices are asked for again. */
  readonly isChange: boolean;
  /** With which repairs the image is compared. */
  readonly upTo?: UpTo;
}

type Compare = NonNullable<BuildParams['compare']>;
type UpTo = Compare['upTo'];

const word = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function givenIn(given: unknown): Given {
  if (given instanceof Uri) return { uri: given, isChange: false };
  const { uri, target, service, tag, isChange, upTo } =
    typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const [place, stage, name, image] = [uri, target, service, tag].map(word);
  return {
    ...(place !== undefined && { uri: Uri.parse(place) }),
    ...(stage !== undefined && { target: stage }),
    ...(name !== undefined && { service: name }),
    ...(image !== undefined && { tag: image }),
    isChange: isChange === true,
    ...((upTo === 'safe' || upTo === 'unsafe') && { upTo }),
  };
}

function showPage(html: string, tag: string): void {
  const title = l10n.t('Before and after: {0}', tag);
  const panel = window.createWebviewPanel('bulkhead.compare', title, ViewColumn.Beside, {
    localResourceRoots: [],
  });
  panel.webview.html = html;
}

export interface Building {
  image(given: unknown): Promise<void>;
  /** A keybinding may say with which repairs: `{ "upTo": "unsafe" }`. */
  compare(given: unknown): Promise<void>;
}

function formOf(client: Client, uri: string, wish: BuildWish): Promise<BuildFormResult> {
  const params: BuildFormParams = { uri, wish };
  return client.sendRequest<BuildFormResult>(buildFormRequest, params);
}

/** The tag of what is to be built; undefined where it is not. */
async function complete(
  client: Client,
  uri: string,
  wish: Wish,
  { isFirst, isChange }: { readonly isFirst: boolean; readonly isChange: boolean },
): Promise<string | undefined> {
  let form = await formOf(client, uri, wish);
  if ('services' in form) {
    wish.service = await pick(l10n.t('The service to build'), form.services);
    form = await formOf(client, uri, wish);
  }
  if ('problem' in form) {
    void window.showErrorMessage(form.problem);
    return undefined;
  }
  if (!('tag' in form)) return undefined;
  if (isFirst || isChange) await askChoices(wish, form);
  if (isChange) await askRest(wish, form);
  for (const name of form.args) wish.args = [...wish.args, ...(await askArgument(name))];
  for (const secret of form.secrets) wish.secrets = [...wish.secrets, ...(await askSecret(secret))];
  const yes = l10n.t('Build');
  if (form.largeContext !== null) {
    const answer = await window.showWarningMessage(form.largeContext, { modal: true }, yes);
    if (answer !== yes) return undefined;
  }
  return wish.tag ?? form.tag;
}

export function createBuilding(client: Client, memory: Memento): Building {
  const build = async (document: Uri, given: Given, isComparison: boolean): Promise<void> => {
    const uri = client.code2ProtocolConverter.asUri(document);
    const key = ['build', uri, given.service ?? '', given.target ?? ''].join(' ');
    const { target, service, tag: named, isChange } = given;
    const known = memory.get<BuildWish>(key);
    const wish: Wish = {
      args: [],
      secrets: [],
      ...(isChange ? {} : known),
      ...(target !== undefined && { target }),
      ...(service !== undefined && { service }),
      ...(named !== undefined && { tag: named }),
    };
    const tag = await complete(client, uri, wish, {
      isFirst: known === undefined && named === undefined,
      isChange,
    });
    if (tag === undefined) return;
    const args = wish.args.filter(arg => !isGuarded(arg.slice(0, arg.indexOf('='))));
    await memory.update(key, { ...wish, args });
    const compare: Compare | undefined = isComparison
      ? { upTo: given.upTo ?? (await askRepairs()), nonce: makeNonce() }
      : undefined;
    const result = await runBuild(client, { uri, wish, compare }, tag);
    if (result?.page) showPage(result.page, tag);
    const again = { uri, target, service, isChange: true };
    if (result) void tell(result, again, isComparison ? null : tag);
  };

  const start =
    (isComparison: boolean) =>
    async (written: unknown): Promise<void> => {
      const given = givenIn(written);
      const uri = given.uri ?? window.activeTextEditor?.document.uri;
      if (!uri) return;
      const document = await workspace.openTextDocument(uri);
      // What is built is the file on disk.
      if (document.isDirty) await document.save();
      try {
        await build(document.uri, given, isComparison);
      } catch (error) {
        if (!(error instanceof Dismissed)) throw error;
      }
    };

  return { image: start(false), compare: start(true) };
}

/** The arguments of the command once more, with all choices. */
type Again = Readonly<Record<string, unknown>> & {
  readonly uri: string;
  readonly service: string | undefined;
};

async function showRepairs(uri: string): Promise<void> {
  await window.showTextDocument(Uri.parse(uri), { viewColumn: ViewColumn.One });
  await commands.executeCommand('bulkhead.harden');
}

/** What was built is an image; null where two of them were compared. */
async function tell({ ending, summary }: BuildResult, again: Again, image: string | null): Promise<void> {
  if (ending === 'cancelled') return;
  const { uri, service } = again;
  const at = (command: string, given: unknown) => () => commands.executeCommand(command, given);
  const offers: [isOffered: boolean, label: string, run: () => Thenable<unknown>][] = [
    [
      image === null && ending === 'built' && service === undefined,
      l10n.t('Show the Repairs'),
      () => showRepairs(uri),
    ],
    [image !== null && ending === 'built', l10n.t('Scan'), at('bulkhead.scanImage', { uri, image })],
    [
      image !== null && ending === 'built',
      l10n.t('Inspect Size'),
      at('bulkhead.inspectSize', service === undefined ? Uri.parse(uri) : image),
    ],
    [ending === 'failed', l10n.t('Show Problems'), at('workbench.actions.view.problems', undefined)],
    [
      true,
      l10n.t('Build Differently'),
      at(image === null ? 'bulkhead.compareBuilds' : 'bulkhead.buildImage', again),
    ],
  ];
  const next = offers.filter(([isOffered]) => isOffered);
  const show = ending === 'failed' ? window.showErrorMessage : window.showInformationMessage;
  const answer = await show(summary.split('\n')[0] ?? '', ...next.map(([, label]) => label));
  await next.find(([, label]) => label === answer)?.[2]();
}

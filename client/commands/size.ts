// "Inspect image size": a page about an image, and at the lines of its Dockerfile what each of them weighs.
import {
  commands,
  type Disposable,
  Disposable as Disposables,
  l10n,
  Range,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import {
  type InspectSizeParams,
  type InspectSizeResult,
  inspectSizeRequest,
  type SizeMessage,
} from '../../server/core/protocol/messages.ts';
import type { Client } from '../client.ts';
import {
  createSizeHints,
  type Finding,
  type Inspected,
  isStale,
  linesOf,
  type SizeHints,
} from '../size-hints.ts';
import { cancellable } from './cancellable.ts';
import { nameOf } from './harden.ts';
import { makeNonce } from './nonce.ts';

/** A Dockerfile, or the name of an image. */
type Subject = TextDocument | string;
type Problem = Extract<InspectSizeResult, { problem: string }>;

const extensions = { json: 'json', csv: 'csv', markdown: 'md' } as const;

/** Undefined where the person has cancelled it. */
function request(
  client: Client,
  subject: Subject,
  isRemote: boolean,
): Thenable<InspectSizeResult | undefined> {
  const isImage = typeof subject === 'string';
  const params: InspectSizeParams = {
    uri: isImage ? null : client.code2ProtocolConverter.asUri(subject.uri),
    image: isImage ? subject : null,
    isRemote,
    nonce: makeNonce(),
  };
  const title = l10n.t('Inspecting the size of {0}', isImage ? subject : nameOf(subject));
  return cancellable(title, token =>
    client.sendRequest<InspectSizeResult>(inspectSizeRequest, params, token),
  );
}

/** Says what is in the way; true where the person wants the image read in its registry. */
async function tellProblem({ problem, registry }: Problem): Promise<boolean> {
  const buttons = registry === undefined ? [] : [l10n.t('Read from {0}', registry)];
  return (await window.showWarningMessage(problem, ...buttons)) !== undefined;
}

async function save({ image, exports }: Inspected, format: keyof typeof extensions): Promise<void> {
  const name = `${image.replace(/[^\w.-]+/g, '-')}-size.${extensions[format]}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog(folder ? { defaultUri: Uri.joinPath(folder, name) } : {});
  if (!target) return;
  await workspace.fs.writeFile(target, new TextEncoder().encode(exports[format]));
  await window.showTextDocument(target);
}

async function goTo(document: TextDocument, line: number, repair = false): Promise<void> {
  const beside = window.visibleTextEditors.find(
    ({ document: { uri } }) => uri.toString() === document.uri.toString(),
  );
  const start = document.lineAt(Math.min(line, document.lineCount - 1)).firstNonWhitespaceCharacterIndex;
  const selection = new Range(line, start, line, start);
  await window.showTextDocument(document.uri, {
    selection,
    viewColumn: beside?.viewColumn ?? ViewColumn.One,
  });
  if (repair) await commands.executeCommand('editor.action.quickFix');
}

/** One page, until it is closed. */
function openPage(finding: Finding, document: TextDocument | null, again: () => Promise<void>): Disposable {
  const { result } = finding;
  const title = l10n.t('Size: {0}', result.image);
  const options = { enableScripts: true, localResourceRoots: [] };
  const panel = window.createWebviewPanel('bulkhead.size', title, ViewColumn.Beside, options);
  const tellStale = async (): Promise<void> => {
    await panel.webview.postMessage({ isStale: document !== null && isStale(finding, document) });
  };
  const carryOut = async (message: SizeMessage): Promise<void> => {
    if (message.kind === 'ready') await tellStale();
    else if (message.kind === 'again') await again();
    else if (message.kind === 'export') await save(result, message.format);
    else if (document) await goTo(document, message.line, message.repair);
  };
  const watched = Disposables.from(
    panel.webview.onDidReceiveMessage(carryOut),
    workspace.onDidChangeTextDocument(({ document: { uri } }) => {
      if (uri.toString() === document?.uri.toString()) void tellStale();
    }),
  );
  panel.onDidDispose(() => watched.dispose());
  panel.webview.html = result.html;
  return panel;
}

export interface Sizes extends Disposable {
  /** Of a file of the explorer, or the one that is being edited; else of an image that is asked for. */
  inspect(given: unknown): Promise<void>;
}

async function chooseSubject(given: unknown): Promise<Subject | undefined> {
  // A keybinding may name the image.
  if (typeof given === 'string') return given;
  const document =
    given instanceof Uri ? await workspace.openTextDocument(given) : window.activeTextEditor?.document;
  if (document?.languageId === 'dockerfile') return document;
  const image = await window.showInputBox({
    title: l10n.t('Inspect Image Size'),
    prompt: l10n.t('The name of an image, or the path of an archive that docker save has written'),
  });
  return image?.trim() || undefined;
}

export function createSizes(client: Client): Sizes {
  const pages = new Map<string, Disposable>();
  let hints: SizeHints | undefined;
  const show = async (subject: Subject, isRemote = false): Promise<void> => {
    const document = typeof subject === 'string' ? null : subject;
    const lines = document ? linesOf(document) : [];
    const result = await request(client, subject, isRemote);
    if (!result) return;
    if ('problem' in result) {
      void tellProblem(result).then(isWanted => (isWanted ? show(subject, true) : undefined));
      return;
    }
    const finding = { result, lines };
    const key = typeof subject === 'string' ? subject : subject.uri.toString();
    pages.get(key)?.dispose();
    pages.set(
      key,
      openPage(finding, document, () => show(subject, isRemote)),
    );
    hints ??= createSizeHints();
    if (document) hints.show(document, finding);
  };
  return {
    async inspect(given) {
      const subject = await chooseSubject(given);
      if (subject !== undefined) await show(subject);
    },
    dispose() {
      for (const page of pages.values()) page.dispose();
      hints?.dispose();
    },
  };
}

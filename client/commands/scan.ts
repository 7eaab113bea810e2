// "Scan image" and "Scan workspace": what a scanner finds in images, at the lines that bring it, and as a tree.
import { type Disposable, env, l10n, languages, type Memento, Uri, window, workspace } from 'vscode';
import { WorkDoneProgress } from 'vscode-languageclient/browser';
import {
  type AcceptParams,
  acceptRequest,
  type ScanParams,
  type ScanProblem,
  type ScanResult,
  scanRequest,
} from '../../server/core/protocol/messages.ts';
import type { Client } from '../client.ts';
import { openFolders } from '../open-folders.ts';
import { editedDocuments } from '../options.ts';
import { type Acceptable, createScanView, type ScanView } from '../scan-view.ts';
import { cancellable } from './cancellable.ts';

type Asked = Pick<ScanParams, 'uris' | 'image'> & Partial<Pick<ScanParams, 'folders'>>;

/** Where scanners are to be had. */
const scanners = { Trivy: 'https://trivy.dev', Grype: 'https://github.com/anchore/grype' };

/** Undefined where the person has cancelled it. */
function request(client: Client, asked: Asked, mayUpdate: boolean): Thenable<ScanResult | undefined> {
  const workDoneToken = 'bulkhead-scan';
  return cancellable(l10n.t('Scanning images'), async (token, progress) => {
    const reports = client.onProgress(WorkDoneProgress.type, workDoneToken, report => {
      if (report.kind === 'report' && report.message) progress.report({ message: report.message });
    });
    try {
      const params: ScanParams = { folders: [], ...asked, mayUpdate, workDoneToken };
      return await client.sendRequest<ScanResult>(scanRequest, params, token);
    } finally {
      reports.dispose();
    }
  });
}

/** Says what is in the way; true where the person lets the scanner fetch a database. */
async function tellProblems(problems: readonly ScanProblem[]): Promise<boolean> {
  const told = problems.filter(({ kind }) => kind !== 'cancelled');
  const [first] = told;
  if (!first) return false;
  const fetch = l10n.t('Fetch Database');
  const buttons =
    first.kind === 'no scanner' ? Object.keys(scanners) : first.kind === 'no database' ? [fetch] : [];
  const text = told.map(problem => problem.text).join(' ');
  const answer = await window.showWarningMessage(text, ...buttons);
  const page = scanners[answer as keyof typeof scanners];
  if (page) await env.openExternal(Uri.parse(page));
  return answer === fetch;
}

async function scan(client: Client, view: ScanView, asked: Asked, mayUpdate = false): Promise<void> {
  const result = await request(client, asked, mayUpdate);
  if (!result) return;
  const { images, problems } = result;
  if (images.length > 0) view.show(images);
  if (images.length + problems.length === 0) {
    void window.showInformationMessage(l10n.t('There is no image to scan here.'));
  }
  const tell = async (): Promise<void> => {
    if (await tellProblems(problems)) await scan(client, view, asked, true);
  };
  // What is known is shown before anybody answers.
  void tell();
}

/** What was built from a file is remembered for it. */
async function askImage(memory: Memento, key: string, placeHolder: string): Promise<string | undefined> {
  const value = memory.get(key, '');
  const image = await window.showInputBox({ title: l10n.t('Scan Image'), placeHolder, value });
  await memory.update(key, image?.trim());
  return image?.trim() || undefined;
}

/** Of a Dockerfile either what it builds on or what was built from it, of a Compose file what its services name. */
async function chooseImages(memory: Memento, given: unknown): Promise<Asked | undefined> {
  // After a build both are known.
  const { uri, image: built } = { ...(given as { readonly uri?: unknown; readonly image?: unknown }) };
  if (typeof uri === 'string' && typeof built === 'string') return { uris: [uri], image: built };
  const document = window.activeTextEditor?.document;
  const isOurs = document && languages.match(editedDocuments(), document) > 0;
  if (!isOurs) {
    const image = await askImage(memory, 'scan', 'debian:12');
    return image === undefined ? undefined : { uris: [], image };
  }
  const uris = [document.uri.toString()];
  if (document.languageId !== 'dockerfile') return { uris, image: null };
  // A keybinding may say it.
  if (typeof given === 'string') return { uris, image: given };
  const own = l10n.t('The image that was built from this file…');
  const bases = l10n.t('The images that it starts from');
  const answer = await window.showQuickPick([own, bases], { title: l10n.t('Scan Image') });
  if (answer === bases) return { uris, image: null };
  const image = answer && (await askImage(memory, `scan ${document.uri}`, 'shop:1'));
  return image ? { uris, image } : undefined;
}

async function accept(client: Client, given: Acceptable): Promise<void> {
  const { uri, vulnerabilities } = given;
  const items = vulnerabilities.map(each => ({
    label: each.id,
    description: each.package,
    detail: each.title,
    each,
  }));
  const title = l10n.t('Accept a Vulnerability');
  const chosen =
    items.length > 1 ? await window.showQuickPick(items, { title, matchOnDescription: true }) : items[0];
  const reason =
    chosen &&
    (await window.showInputBox({ title, prompt: l10n.t('Why does {0} do no harm here?', chosen.label) }));
  if (!reason) return;
  const { id, package: name } = chosen.each;
  const params: AcceptParams = { uri: uri.toString(), id, package: name, reason };
  const sent = await client.sendRequest<unknown>(acceptRequest, params);
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(sent as never);
  if (!edit) {
    void window.showWarningMessage(
      l10n.t('.bulkhead.yaml is written so that nothing can be put in. Add it by hand.'),
    );
    return;
  }
  await workspace.applyEdit(edit);
  void window.showInformationMessage(l10n.t('{0} is accepted from the next scan on.', id));
}

export interface Scans extends Disposable {
  /** A keybinding may give the name of the image that was built from the file. */
  image(given: unknown): Promise<void>;
  workspace(): Promise<void>;
  /** By an action, or on a node of the tree. */
  accept(given: unknown): Promise<void>;
}

export function createScans(client: Client, memory: Memento): Scans {
  let view: ScanView | undefined;
  const run = async (asked: Asked | undefined): Promise<void> => {
    // Nothing of it is there before it is asked for.
    view ??= createScanView(client);
    if (asked) await scan(client, view, asked);
  };
  return {
    image: async given => run(await chooseImages(memory, given)),
    workspace: async () => run({ uris: [], folders: openFolders(), image: null }),
    async accept(given) {
      const { acceptable, ...own } = given as Partial<Acceptable> & { acceptable?: Acceptable };
      await accept(client, acceptable ?? (own as Acceptable));
    },
    dispose: () => view?.dispose(),
  };
}

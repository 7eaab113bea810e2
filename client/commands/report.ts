// "Show production report": a page beside the file that is being edited. The server makes it; here it is shown, and what its
// buttons say is done.
import {
  type Disposable,
  Disposable as Disposables,
  l10n,
  languages,
  type TextDocument,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import {
  type ReportFixParams,
  type ReportMessage,
  type ReportParams,
  type ReportResult,
  reportFixRequest,
  reportRequest,
} from '../../server/core/protocol/messages.ts';
import type { Client } from '../client.ts';
import { type Hardening, nameOf } from './harden.ts';
import { hardenServiceOf } from './harden-service.ts';
import { makeNonce } from './nonce.ts';

function requestReport(client: Client, document: TextDocument, nonce: string): Promise<ReportResult | null> {
  const params: ReportParams = { uri: client.code2ProtocolConverter.asUri(document.uri), nonce };
  return client.sendRequest<ReportResult | null>(reportRequest, params);
}

/** One page, for as long as it is open. */
class Report {
  readonly #client: Client;
  readonly #hardening: Hardening;
  readonly #document: TextDocument;
  readonly #panel: WebviewPanel;
  readonly #nonce: string;
  #shown: ReportResult;
  #refreshing: Promise<void> | undefined;
  #isStale = false;

  constructor(
    client: Client,
    hardening: Hardening,
    document: TextDocument,
    panel: WebviewPanel,
    { nonce, first }: { readonly nonce: string; readonly first: ReportResult },
  ) {
    this.#client = client;
    this.#nonce = nonce;
    this.#shown = first;
    this.#hardening = hardening;
    this.#document = document;
    this.#panel = panel;
    const watched = Disposables.from(
      this.#panel.webview.onDidReceiveMessage((message: ReportMessage) => this.#carryOut(message)),
      workspace.onDidChangeTextDocument(({ document: changed }) => this.#noticed(changed.uri)),
      languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) this.#noticed(uri);
      }),
    );
    this.#panel.onDidDispose(() => watched.dispose());
    this.#panel.webview.html = first.html;
  }

  get panel(): WebviewPanel {
    return this.#panel;
  }

  #speaksOf(uri: Uri): boolean {
    return this.#shown.locations.some(location => Uri.parse(location).toString() === uri.toString());
  }

  #noticed(uri: Uri): void {
    if (this.#speaksOf(uri)) void this.refresh();
  }

  /** One at a time; what changes meanwhile is seen by the next one. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    this.#refreshing ??= this.#refreshUntilFresh().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  async #refreshUntilFresh(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const result = await requestReport(this.#client, this.#document, this.#nonce);
      // Closed meanwhile, it stays as it was.
      if (result) await this.#show(result);
    }
  }

  /** The page is loaded once; afterwards only its body changes, so that nobody loses the place. */
  async #show(result: ReportResult): Promise<void> {
    const { body } = this.#shown;
    this.#shown = result;
    if (body !== result.body) await this.#panel.webview.postMessage({ body: result.body });
  }

  async #carryOut(message: ReportMessage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        // A page that was hidden is loaded anew, as it was at first. By its state it is found again after a reload of the window.
        await this.#panel.webview.postMessage({
          body: this.#shown.body,
          state: this.#document.uri.toString(),
        });
        break;
      case 'open':
        await this.#open(message.location, message.range);
        break;
      case 'fix': {
        const { kind, ...fix } = message;
        await this.#fix(fix);
        break;
      }
      case 'harden':
        await hardenServiceOf(this.#client, this.#hardening, await this.#opened(), message.service);
        break;
    }
  }

  /** Closed meanwhile, it is opened again. */
  #opened(): Thenable<TextDocument> {
    return workspace.openTextDocument(this.#document.uri);
  }

  async #open(location: string, range: Extract<ReportMessage, { kind: 'open' }>['range']): Promise<void> {
    const uri = Uri.parse(location);
    if (!this.#speaksOf(uri)) return;
    const selection = this.#client.protocol2CodeConverter.asRange(range);
    const beside = window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === this.#document.uri.toString(),
    );
    await window.showTextDocument(uri, {
      selection,
      viewColumn: beside?.viewColumn ?? ViewColumn.One,
    });
  }

  async #fix(fix: Omit<ReportFixParams, 'uri'>): Promise<void> {
    const document = await this.#opened();
    const uri = this.#client.code2ProtocolConverter.asUri(document.uri);
    const params: ReportFixParams = { ...fix, uri };
    const sent = await this.#client.sendRequest<unknown>(reportFixRequest, params);
    const edit = await this.#client.protocol2CodeConverter.asWorkspaceEdit(sent as never);
    if (edit) await workspace.applyEdit(edit);
    else void window.showWarningMessage(l10n.t('The file has changed: the report is made anew.'));
    await this.refresh();
  }
}

export interface Reports extends Disposable {
  /** Of the file that is being edited. */
  show(): Promise<void>;
}

const viewType = 'bulkhead.report';
const options = { enableScripts: true, localResourceRoots: [] };

export function createReports(client: Client, hardening: Hardening): Reports {
  const open = new Map<string, Report>();
  /** False where there is nothing to show. */
  const fill = async (document: TextDocument, panelFor: () => WebviewPanel): Promise<boolean> => {
    const nonce = makeNonce();
    const first = await requestReport(client, document, nonce);
    if (!first) return false;
    const key = document.uri.toString();
    const panel = panelFor();
    open.set(key, new Report(client, hardening, document, panel, { nonce, first }));
    panel.onDidDispose(() => open.delete(key));
    return true;
  };
  const afterReload = window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel: WebviewPanel, state: unknown) {
      panel.webview.options = options;
      try {
        const document = await workspace.openTextDocument(Uri.parse(String(state), true));
        if (await fill(document, () => panel)) return;
      } catch {
        // The file is gone: so is its report.
      }
      panel.dispose();
    },
  });
  return {
    async show() {
      const document = window.activeTextEditor?.document;
      if (!document) return;
      const known = open.get(document.uri.toString());
      if (known) {
        known.panel.reveal();
        await known.refresh();
        return;
      }
      const title = l10n.t('Production: {0}', nameOf(document));
      const isShown = await fill(document, () =>
        window.createWebviewPanel(viewType, title, ViewColumn.Beside, options),
      );
      if (!isShown)
        void window.showInformationMessage(l10n.t('There is nothing to report on in {0}.', nameOf(document)));
    },
    dispose() {
      afterReload.dispose();
      for (const { panel } of open.values()) panel.dispose();
    },
  };
}

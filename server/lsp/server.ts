// The language server: what it says it can, and who answers which message. Everything heavy waits behind the session.
import {
  type CancellationToken,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import {
  type AcceptParams,
  acceptRequest,
  type BuildFormParams,
  type BuildFormResult,
  type BuildParams,
  buildFormRequest,
  buildPlacesRequest,
  buildRequest,
  type FileParams,
  type HardenServiceParams,
  hardenServiceRequest,
  type ImageChoicesParams,
  type InspectSizeParams,
  type InspectSizeResult,
  imageChoicesRequest,
  initialConfigurationRequest,
  inspectSizeRequest,
  type LintFoldersParams,
  lintFoldersRequest,
  offeredElsewhereNotification,
  type PinImagesParams,
  pinImagesRequest,
  type ReportFixParams,
  type ReportParams,
  reportFixRequest,
  reportRequest,
  rulesRequest,
  type ScanParams,
  type ShownElsewhereParams,
  scanRequest,
  servicesRequest,
  shownElsewhereNotification,
  statusRequest,
} from '../core/protocol/messages.ts';
import type { Offered } from '../core/protocol/settings.ts';
import { abilitiesOf } from './abilities.ts';
import { actionKinds } from './action-kinds.ts';
import { commandsFor } from './commands.ts';
import { openDocuments } from './documents.ts';
import type { SessionContext } from './foundations.ts';
import type { ServerHost } from './host.ts';
import { isRefusal } from './refusal.ts';
import { register } from './registration.ts';
import type { Session } from './session.ts';

/** Characters that begin something else than a word: values, items, parts of a path, variables, names behind a colon. */
const completionTriggers = [' ', '/', '.', ':', '$', '{', '*', '@'];

function introduction(params: InitializeParams): InitializeResult {
  const abilities = abilitiesOf(params);
  return {
    serverInfo: { name: 'Bulkhead' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters: completionTriggers },
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentLinkProvider: {},
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      renameProvider: abilities.preparesRename ? { prepareProvider: true } : true,
      codeActionProvider: abilities.actionLiterals
        ? { codeActionKinds: actionKinds, resolveProvider: abilities.resolvesEdits }
        : true,
      executeCommandProvider: { commands: commandsFor(abilities) },
      ...(abilities.pullsDiagnostics && {
        diagnosticProvider: {
          identifier: 'bulkhead',
          interFileDependencies: true,
          workspaceDiagnostics: false,
        },
      }),
    },
  };
}

type Failed = (what: string, error: unknown) => void;

type Answer = <Params, Result>(
  what: string,
  nothing: (params: Params) => Result,
  handle: (session: Session, params: Params, token: CancellationToken) => Promise<Result>,
) => (params: Params, token: CancellationToken) => Promise<Result>;

/** A request whose handler fails gets the answer that there is nothing. */
const answering =
  (session: Promise<Session>, failed: Failed): Answer =>
  (what, nothing, handle) =>
  async (params, token) => {
    try {
      return await handle(await session, params, token);
    } catch (error) {
      if (isRefusal(error)) throw new ResponseError(error.code, error.message);
      failed(what, error);
      return nothing(params);
    }
  };

/** The requests of the protocol. */
function answerRequests(connection: Connection, answer: Answer): void {
  connection.languages.diagnostics.on(
    answer(
      'diagnostics',
      () => ({ kind: 'full', items: [] }),
      ({ diagnostics }, params, token) => diagnostics.report(params, token),
    ),
  );
  connection.onCodeAction(
    answer(
      'code actions',
      () => [],
      ({ codeActions }, params, token) => codeActions.at(params, token),
    ),
  );
  connection.onCodeActionResolve(
    answer(
      'a code action',
      action => action,
      ({ codeActions }, action, token) => codeActions.resolve(action, token),
    ),
  );
  connection.onHover(
    answer(
      'hover',
      () => null,
      ({ hover }, params, token) => hover(params, token),
    ),
  );
  connection.onExecuteCommand(
    answer(
      'a command',
      () => undefined,
      ({ execute }, params, token) => execute(params, token),
    ),
  );
}

/** What editors offer in a document beyond findings. */
function answerLanguageRequests(connection: Connection, answer: Answer): void {
  const nothing = (): null => null;
  connection.onCompletion(
    answer('completion', nothing, ({ language }, params, token) => language.complete(params, token)),
  );
  connection.onDefinition(
    answer('a definition', nothing, ({ language }, params, token) => language.definition(params, token)),
  );
  connection.onReferences(
    answer('references', nothing, ({ language }, params, token) => language.references(params, token)),
  );
  connection.onDocumentHighlight(
    answer('highlights', nothing, ({ language }, params, token) => language.highlights(params, token)),
  );
  connection.onPrepareRename(
    answer('a name', nothing, ({ language }, params, token) => language.rename.prepare(params, token)),
  );
  connection.onRenameRequest(
    answer('renaming', nothing, ({ language }, params, token) => language.rename.at(params, token)),
  );
  connection.onDocumentLinks(
    answer('links', nothing, ({ language }, params, token) => language.links(params, token)),
  );
  connection.onDocumentSymbol(
    answer('symbols', nothing, ({ language }, params, token) => language.symbols(params, token)),
  );
  connection.onFoldingRanges(
    answer('folding', nothing, ({ language }, params, token) => language.folds(params, token)),
  );
}

/** Those of our own. */
function answerOwnRequests(connection: Connection, answer: Answer): void {
  connection.onRequest(
    lintFoldersRequest,
    answer(
      'linting folders',
      () => ({ files: 0, findings: 0 }),
      ({ folders }, params: LintFoldersParams, token) => folders.lint(params, token),
    ),
  );
  connection.onRequest(
    statusRequest,
    answer(
      'the status',
      () => null,
      ({ status }, { uri }: FileParams) => status(uri),
    ),
  );
  connection.onRequest(
    rulesRequest,
    answer(
      'the rules',
      () => [],
      async ({ rules }) => rules,
    ),
  );
  connection.onRequest(
    initialConfigurationRequest,
    answer(
      'a configuration',
      () => '',
      async ({ initialConfiguration }) => initialConfiguration,
    ),
  );
}

/** Those about images in registries. */
function answerRegistryRequests(connection: Connection, answer: Answer): void {
  connection.onRequest(
    imageChoicesRequest,
    answer(
      'what an image could be',
      () => null,
      ({ imageChoices }, params: ImageChoicesParams, token) => imageChoices(params, token),
    ),
  );
  connection.onRequest(
    pinImagesRequest,
    answer(
      'pinning images',
      () => ({ edit: null, problems: [] }),
      ({ pinImages }, params: PinImagesParams, token) => pinImages(params, token),
    ),
  );
}

/** Those about builds. */
function answerBuildRequests(connection: Connection, answer: Answer): void {
  const problem = 'The build could not be prepared: the log says why.';
  connection.onRequest(
    buildPlacesRequest,
    answer(
      'builds',
      () => [],
      ({ builds }, params: FileParams) => builds.places(params),
    ),
  );
  connection.onRequest<BuildFormResult, void>(
    buildFormRequest,
    answer(
      'what a build asks',
      () => ({ problem }),
      ({ builds }, params: BuildFormParams) => builds.form(params),
    ),
  );
  connection.onRequest(
    buildRequest,
    answer(
      'a build',
      () => ({ ending: 'failed' as const, summary: problem }),
      ({ builds }, params: BuildParams, token) => builds.build(params, token),
    ),
  );
}

/** Those about production. */
function answerProductionRequests(connection: Connection, answer: Answer): void {
  connection.onRequest(
    reportRequest,
    answer(
      'a report',
      () => null,
      ({ production }, params: ReportParams) => production.report(params),
    ),
  );
  connection.onRequest(
    reportFixRequest,
    answer(
      'a repair of a report',
      () => null,
      ({ production }, params: ReportFixParams) => production.fix(params),
    ),
  );
  connection.onRequest(
    servicesRequest,
    answer(
      'the services',
      () => [],
      ({ production }, params: FileParams) => production.services(params),
    ),
  );
  connection.onRequest(
    hardenServiceRequest,
    answer(
      'hardening a service',
      () => null,
      ({ production }, params: HardenServiceParams) => production.harden(params),
    ),
  );
}

/** Those about images. */
function answerScanRequests(connection: Connection, answer: Answer): void {
  connection.onRequest(
    scanRequest,
    answer(
      'a scan',
      () => ({ images: [], problems: [] }),
      ({ scans }, params: ScanParams, token) => scans.scan(params, token),
    ),
  );
  connection.onRequest(
    acceptRequest,
    answer(
      'accepting a vulnerability',
      () => null,
      ({ scans }, params: AcceptParams) => scans.accept(params),
    ),
  );
}

/** Those about images. */
function answerImageRequests(connection: Connection, answer: Answer): void {
  connection.onRequest<InspectSizeResult, void>(
    inspectSizeRequest,
    answer<InspectSizeParams, InspectSizeResult>(
      'the size of an image',
      () => ({ problem: 'The image could not be inspected: the log tells why.' }),
      ({ inspectSize }, params, token) => inspectSize(params, token),
    ),
  );
}

/** Gets the larger part of the server, which the first answer does not need. */
type LoadSession = () => Promise<{ createSession(context: SessionContext): Session }>;

/** Serves one client until it says goodbye. Nothing that fails inside ends the process. */
export function createServer(connection: Connection, host: ServerHost, loadSession: LoadSession): void {
  const failed: Failed = (what, error) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(`Failed at ${what}: ${text}`);
  };
  const inBackground = (what: string, task: Promise<unknown>): void => {
    task.catch(error => failed(what, error));
  };
  const initialized = new Promise<InitializeParams>(resolve =>
    connection.onInitialize(params => {
      resolve(params);
      return introduction(params);
    }),
  );
  const tell = (what: string, receive: (session: Session) => Promise<void>): void =>
    inBackground(what, session.then(receive));
  const documents = openDocuments(connection, {
    changed: document => tell(`checking ${document.uri}`, ({ documentChanged }) => documentChanged(document)),
    closed: document => tell(`closing ${document.uri}`, ({ documentClosed }) => documentClosed(document)),
  });

  const start = async (): Promise<Session> => {
    const params = await initialized;
    // The client's answer is written in a turn to come; only then is there time to load the rest.
    await host.turn();
    await host.turn();
    const { createSession } = await loadSession();
    return createSession({ connection, host, documents, params, inBackground });
  };
  const session = start();
  inBackground('starting', session);

  const answer = answering(session, failed);
  answerRequests(connection, answer);
  answerLanguageRequests(connection, answer);
  answerOwnRequests(connection, answer);
  answerProductionRequests(connection, answer);
  answerRegistryRequests(connection, answer);
  answerScanRequests(connection, answer);
  answerImageRequests(connection, answer);
  answerBuildRequests(connection, answer);
  connection.onDidChangeConfiguration(params =>
    tell('new settings', ({ settingsChanged }) => settingsChanged(params)),
  );
  connection.onDidChangeWatchedFiles(params =>
    tell('changed files', ({ filesChanged }) => filesChanged(params)),
  );
  connection.onNotification(shownElsewhereNotification, (params: ShownElsewhereParams) =>
    tell('what others show', ({ shownElsewhere }) => shownElsewhere(params)),
  );
  connection.onNotification(offeredElsewhereNotification, (params: Offered) =>
    tell('what others offer', async ({ offeredElsewhere }) => offeredElsewhere(params)),
  );
  connection.onInitialized(async () =>
    inBackground('registering', register(connection, abilitiesOf(await initialized))),
  );
  connection.listen();
}

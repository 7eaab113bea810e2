// Session: the features put together for one client. Loaded when the client has had its first answer; so nothing here or
// below it takes more than types from the protocol's library, which would be loaded twice.
import type {
  CancellationToken,
  Connection,
  DidChangeConfigurationParams,
  DidChangeWatchedFilesParams,
  ExecuteCommandParams,
  FileChangeType,
  InitializeParams,
} from 'vscode-languageserver';
import { catalogueOf } from '../core/engine/catalogue.ts';
import { initialConfiguration } from '../core/engine/config/initial.ts';
import type { FactRequest } from '../core/engine/facts.ts';
import {
  askRegistryCommand,
  type ImageChoicesParams,
  type ImageChoicesResult,
  type ImagePlace,
  type RulesResult,
  type ShownElsewhereParams,
  type StatusResult,
} from '../core/protocol/messages.ts';
import { initializationOptions, type Offered, offeredIn } from '../core/protocol/settings.ts';
import { rules } from '../core/rules/index.generated.ts';
import { noImages, rememberImages } from '../host/local-images.ts';
import type { Project } from '../host/project.ts';
import { type RegistryAccess, rememberRegistries } from '../host/registries.ts';
import { noVersions, rememberVersions, versionsSoFar } from '../host/versions.ts';
import { abilitiesOf } from './abilities.ts';
import { type Builds, createBuilds } from './builds.ts';
import { type Checks, createChecks } from './checks.ts';
import { type CodeActions, createCodeActions } from './code-actions.ts';
import { executeCommand } from './commands.ts';
import { createDiagnostics, type Diagnostics } from './diagnostics.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { createElsewhere, type Elsewhere } from './elsewhere.ts';
import { clientFiles, openFiles } from './files.ts';
import { fixAllWith } from './fix-all.ts';
import { createFolders, type Folders } from './folders.ts';
import type { ServerHost } from './host.ts';
import { type HoverAt, hoverWith } from './hover.ts';
import { createLanguageFeatures, type LanguageFeatures } from './language/features.ts';
import { locationOf } from './locations.ts';
import { createModels } from './models.ts';
import { type PinImages, pinImagesWith } from './pin-images.ts';
import { createProductionRequests, type ProductionRequests } from './production-requests.ts';
import { createProjects } from './projects.ts';
import { createRegistryActions } from './registry-actions.ts';
import { registryFacts } from './registry-facts.ts';
import { createScans, type Scans } from './scans.ts';
import { askedSettings, sentSettings } from './settings.ts';
import { createSizeFixes } from './size-fixes.ts';
import { createSizeRequests, type InspectSize } from './size-requests.ts';
import { statusOf } from './status.ts';
import { versionLookUp } from './version-lookup.ts';
import { editMaker } from './workspace-edit.ts';

/** Of the protocol's kinds of change to a file the one that neither makes nor removes it. */
const contentChanged: FileChangeType = 2;

export interface Session {
  readonly diagnostics: Diagnostics;
  readonly codeActions: CodeActions;
  readonly hover: HoverAt;
  readonly language: LanguageFeatures;
  readonly folders: Folders;
  readonly rules: RulesResult;
  readonly initialConfiguration: string;
  readonly production: ProductionRequests;
  readonly pinImages: PinImages;
  readonly builds: Builds;
  imageChoices(params: ImageChoicesParams, token: CancellationToken): Promise<ImageChoicesResult | null>;
  readonly scans: Scans;
  readonly inspectSize: InspectSize;
  status(uri: string): Promise<StatusResult | null>;
  shownElsewhere(params: ShownElsewhereParams): Promise<void>;
  /** Other extensions offer something else from now on. */
  offeredElsewhere(offered: Offered): void;
  /** Opened, or a newer version. */
  documentChanged(document: OpenDocument): Promise<void>;
  documentClosed(document: OpenDocument): Promise<void>;
  settingsChanged(params: DidChangeConfigurationParams): Promise<void>;
  filesChanged(params: DidChangeWatchedFilesParams): Promise<void>;
  execute(params: ExecuteCommandParams, token: CancellationToken): Promise<void>;
}

export interface SessionContext {
  readonly connection: Connection;
  readonly host: ServerHost;
  readonly documents: Documents;
  readonly params: InitializeParams;
  inBackground(what: string, task: Promise<void>): void;
}

/** The folders that are open, in the forms in which clients tell of them. */
const foldersOf = ({ workspaceFolders, rootUri }: InitializeParams): string[] =>
  workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);

/** Loaded when it is first needed. */
function once(
  load: ServerHost['registries'],
  folders: readonly string[],
): (() => Promise<RegistryAccess>) | null {
  let loaded: Promise<RegistryAccess> | undefined;
  if (load === null) return null;
  return () => {
    loaded ??= load(folders);
    return loaded;
  };
}

/** What the features rest on. */
function foundations({ connection, host, documents, params }: SessionContext) {
  const abilities = abilitiesOf(params);
  const catalogue = catalogueOf(rules);
  const files = openFiles(documents, host.disk, abilities.readsFiles ? clientFiles(connection) : null);
  const options = initializationOptions(params.initializationOptions);
  const settings = abilities.configuration ? askedSettings(connection) : sentSettings(options.settings);
  const scriptChecker = options.runsPrograms ? host.scriptChecker : null;
  const versionFinder = options.runsPrograms ? host.versionFinder : null;
  const scanner = options.runsPrograms ? host.imageScanner : null;
  const found = versionFinder ? rememberVersions(versionFinder(foldersOf(params))) : null;
  const inspector = options.runsPrograms ? host.imageInspector : null;
  const watched = { imageChanged: () => {} };
  const images = inspector
    ? rememberImages(inspector(foldersOf(params)), { changed: () => watched.imageChanged() })
    : noImages;
  const access = options.runsPrograms ? once(host.registries, foldersOf(params)) : null;
  const registries = access && { access, found: rememberRegistries(access) };
  const programs = {
    scriptChecker,
    versions: found ? versionsSoFar(found) : noVersions,
    images,
    registries: registries?.found ?? null,
  };
  const projects = createProjects(files, catalogue, programs, message => connection.console.warn(message));
  const sizeInspector = (options.runsPrograms && host.sizeInspector?.(foldersOf(params))) || null;
  const lookUpVersions = found ? versionLookUp(connection, found) : null;
  const modelOf = createModels();
  return {
    connection,
    host,
    documents,
    abilities,
    catalogue,
    files,
    settings,
    projects,
    modelOf,
    lookUpVersions,
    sizeInspector,
    images,
    registries,
    watched,
    scanner,
  };
}

type Events = Pick<
  Session,
  'documentChanged' | 'documentClosed' | 'settingsChanged' | 'filesChanged' | 'shownElsewhere'
>;

/** Who has to hear of what happens. */
interface Watching {
  readonly checks: Checks;
  readonly diagnostics: Diagnostics;
  readonly folders: Folders;
  readonly elsewhere: Elsewhere;
}

/** What happens outside becomes new findings. */
function eventsOf(
  { documents, abilities, settings, projects }: ReturnType<typeof foundations>,
  { checks, diagnostics, folders, elsewhere }: Watching,
): Events {
  const revisitOpen = (): Promise<void> => diagnostics.revisit(documents.all().map(({ uri }) => uri));
  const revisitAll = async (): Promise<void> => {
    await revisitOpen();
    await folders.revisit();
  };
  /** Clients that pull ask by themselves after an edit; others are told, first of the document itself. */
  const textChanged = async ({ uri, location }: OpenDocument): Promise<void> => {
    projects.forget(location, 'content');
    if (abilities.pullsDiagnostics) return;
    await diagnostics.revisit([uri]);
    await revisitOpen();
  };
  return {
    async documentChanged(document) {
      await folders.takeBack(document.location);
      await textChanged(document);
    },
    async documentClosed(document) {
      checks.drop(document.uri);
      settings.drop(document.uri);
      elsewhere.drop(document.uri);
      await diagnostics.closed(document.uri);
      await textChanged(document);
      await folders.revisit([document.location]);
    },
    async settingsChanged({ settings: sent }) {
      settings.changed(sent);
      await revisitAll();
    },
    async filesChanged({ changes }) {
      for (const { uri, type } of changes) {
        projects.forget(locationOf(uri), type === contentChanged ? 'content' : 'presence');
      }
      await revisitAll();
    },
    async shownElsewhere(params) {
      elsewhere.shown(params);
      await diagnostics.shownElsewhere(params.uri);
    },
  };
}

/** Pauses more before a registry hears of a name: what is half typed is nobody's business. */
const stillness = 4;

type Place = Pick<OpenDocument, 'location' | 'uri' | 'version'>;

/**
 * Files are at hand. What programs and registries have to say comes once nobody types; until then no check, and no document
 * with its model, is kept alive.
 */
function factLookUps(
  { host, documents }: ReturnType<typeof foundations>,
  revisit: (uri: string) => Promise<void>,
): (project: Project, place: Place, missing: readonly FactRequest[]) => Promise<void> {
  const fetch = async (
    project: Project,
    { location, uri }: Pick<OpenDocument, 'location' | 'uri'>,
    missing: readonly FactRequest[],
  ): Promise<void> => {
    if (missing.length === 0) return;
    await project.fetch(location, missing);
    await revisit(uri);
  };
  return async (project: Project, place: Place, missing: readonly FactRequest[]): Promise<void> => {
    const isRemote = ({ kind }: FactRequest): boolean => kind === 'registry';
    const isProgram = (request: FactRequest): boolean =>
      request.kind === 'shellcheck' || request.kind === 'image' || isRemote(request);
    await fetch(
      project,
      place,
      missing.filter(request => !isProgram(request)),
    );
    const byProgram = missing.filter(isProgram);
    if (byProgram.length > 0) await host.pause();
    if (documents.get(place.uri)?.version !== place.version) return;
    await fetch(
      project,
      place,
      byProgram.filter(request => !isRemote(request)),
    );
    const byRegistry = byProgram.filter(isRemote);
    for (let turn = 0; byRegistry.length > 0 && turn < stillness; turn++) await host.pause();
    if (documents.get(place.uri)?.version === place.version) await fetch(project, place, byRegistry);
  };
}

export function createSession(context: SessionContext): Session {
  const { inBackground } = context;
  const base = foundations(context);
  const { connection, documents, abilities, catalogue, files } = base;
  const lookUp = factLookUps(base, uri => diagnostics.revisit([uri]));
  const checks = createChecks({
    ...base,
    lookUp: ({ project, document: { location, uri, version } }, missing) =>
      inBackground('looking up facts', lookUp(project, { location, uri, version }, missing)),
  });
  const elsewhere = createElsewhere();
  const diagnostics: Diagnostics = createDiagnostics(connection, abilities, checks, elsewhere);
  const folders = createFolders(base);
  const options = initializationOptions(context.params.initializationOptions);
  const openFolders = foldersOf(context.params).map(locationOf);
  let offered = options.offeredElsewhere;
  const facts =
    base.registries &&
    registryFacts({
      ...base,
      ...base.registries,
      linksCommands: options.picksImages && abilities.markdown,
    });
  const around = { folders: openFolders, offeredElsewhere: () => offered };
  const language = createLanguageFeatures({ ...base, ...around }, { ...options, registries: facts });
  const editOf = editMaker(abilities, files, documents);
  const registries =
    base.registries &&
    createRegistryActions({
      ...base,
      ...base.registries,
      editOf,
      picksImages: options.picksImages,
      toldMore: () => base.watched.imageChanged(),
    });
  base.watched.imageChanged = () =>
    inBackground('new facts of images', diagnostics.revisit(documents.all().map(({ uri }) => uri)));
  const sizeFixes = createSizeFixes(catalogue);
  const builder = options.runsPrograms ? base.host.imageBuilder : null;
  return {
    ...eventsOf(base, { checks, diagnostics, folders, elsewhere }),
    diagnostics,
    codeActions: createCodeActions({
      ...{ ...base, checks, editOf, registries, sizeFixes },
      fixAll: fixAllWith(catalogue),
    }),
    hover: hoverWith(catalogue, abilities, checks, language.read, facts),
    language,
    offeredElsewhere: told => {
      offered = offeredIn(told);
    },
    pinImages: pinImagesWith({ ...base, found: base.registries?.found ?? null }),
    async imageChoices(params, token) {
      const check = await checks.of(params.uri);
      return check && registries ? registries.choices(params, check, token) : null;
    },
    builds: createBuilds({
      ...base,
      checks,
      builder: builder?.(foldersOf(context.params)) ?? null,
      folders: openFolders,
    }),
    production: createProductionRequests({ checks, catalogue, documents, editOf }),
    scans: createScans({ ...base, editOf, folders: openFolders }),
    inspectSize: createSizeRequests(base.sizeInspector, checks, sizeFixes),
    folders,
    rules: catalogue.infos.map(({ id, title, severity }) => ({ id, title, severity })),
    initialConfiguration,
    status: uri => statusOf(checks, elsewhere, uri),
    async execute(command, token) {
      if (command.command !== askRegistryCommand) return executeCommand(connection, abilities, command);
      const place: ImagePlace | undefined = command.arguments?.[0];
      const check = place && (await checks.of(place.uri));
      if (check) await registries?.ask(place, check, token);
    },
  };
}

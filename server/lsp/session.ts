// Session: the features put together for one client. Loaded when the client has had its first answer; so nothing here or
// below it takes more than types from the protocol's library, which would be loaded twice.
import type { CancellationToken, ExecuteCommandParams } from 'vscode-languageserver';
import { initialConfiguration } from '../core/engine/config/initial.ts';
import {
  askRegistryCommand,
  type ImageChoicesParams,
  type ImageChoicesResult,
  type ImagePlace,
  type RulesResult,
  type StatusResult,
} from '../core/protocol/messages.ts';
import { initializationOptions, type Offered, offeredIn } from '../core/protocol/settings.ts';
import { type Builds, createBuilds } from './builds.ts';
import { createChecks } from './checks.ts';
import { type CodeActions, createCodeActions } from './code-actions.ts';
import { executeCommand } from './commands.ts';
import { createDiagnostics, type Diagnostics } from './diagnostics.ts';
import { createElsewhere } from './elsewhere.ts';
import { type Events, eventsOf } from './events.ts';
import { fixAllWith } from './fix-all.ts';
import { createFolders, type Folders } from './folders.ts';
import { type Foundations, foldersOf, foundations, type SessionContext } from './foundations.ts';
import { type HoverAt, hoverWith } from './hover.ts';
import { createLanguageFeatures, type LanguageFeatures } from './language/features.ts';
import { locationOf } from './locations.ts';
import { factLookUps } from './look-ups.ts';
import { type PinImages, pinImagesWith } from './pin-images.ts';
import { createProductionRequests, type ProductionRequests } from './production-requests.ts';
import { createRegistryActions } from './registry-actions.ts';
import { registryFacts } from './registry-facts.ts';
import { createScans, type Scans } from './scans.ts';
import { createSizeFixes } from './size-fixes.ts';
import { createSizeRequests, type InspectSize } from './size-requests.ts';
import { statusOf } from './status.ts';
import { type EditMaker, editMaker } from './workspace-edit.ts';

export interface Session extends Events {
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
  /** Other extensions offer something else from now on. */
  offeredElsewhere(offered: Offered): void;
  execute(params: ExecuteCommandParams, token: CancellationToken): Promise<void>;
}

/** What registries have to say: in hovers and completions, and as actions. Null where the host has no way to them. */
function registryFeatures(base: Foundations, picksImages: boolean, editOf: EditMaker) {
  const { registries, abilities, watched } = base;
  if (registries === null) return { facts: null, registries: null };
  const shared = { ...base, ...registries };
  return {
    facts: registryFacts({ ...shared, linksCommands: picksImages && abilities.markdown }),
    registries: createRegistryActions({
      ...shared,
      editOf,
      picksImages,
      toldMore: () => watched.imageChanged(),
    }),
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
  const editOf = editMaker(abilities, files, documents);
  const { facts, registries } = registryFeatures(base, options.picksImages, editOf);
  const around = { folders: openFolders, offeredElsewhere: () => offered };
  const language = createLanguageFeatures({ ...base, ...around }, { ...options, registries: facts });
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
    inspectSize: createSizeRequests({
      ...{ ...base, checks, sizeFixes },
      folders: foldersOf(context.params),
    }),
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

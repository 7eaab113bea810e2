// Foundations: what all features of one client rest on, made from what the client can do and what the host has to offer.
import type { Connection, InitializeParams } from 'vscode-languageserver';
import { catalogueOf } from '../core/engine/catalogue.ts';
import { initializationOptions } from '../core/protocol/settings.ts';
import { rules } from '../core/rules/index.generated.ts';
import { noImages, rememberImages } from '../host/local-images.ts';
import { type RegistryAccess, rememberRegistries } from '../host/registries.ts';
import { noVersions, rememberVersions, versionsSoFar } from '../host/versions.ts';
import { abilitiesOf } from './abilities.ts';
import type { Documents } from './documents.ts';
import { clientFiles, openFiles } from './files.ts';
import type { ServerHost } from './host.ts';
import { createModels } from './models.ts';
import { createProjects } from './projects.ts';
import { askedSettings, sentSettings } from './settings.ts';
import { versionLookUp } from './version-lookup.ts';

export interface SessionContext {
  readonly connection: Connection;
  readonly host: ServerHost;
  readonly documents: Documents;
  readonly params: InitializeParams;
  inBackground(what: string, task: Promise<void>): void;
}

/** The folders that are open, in the forms in which clients tell of them. */
export const foldersOf = ({ workspaceFolders, rootUri }: InitializeParams): string[] =>
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
export function foundations({ connection, host, documents, params }: SessionContext) {
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

export type Foundations = ReturnType<typeof foundations>;

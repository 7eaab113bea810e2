// Folders: findings of files that are not open, published where somebody has asked for them once.
import type { CancellationToken, Connection, Diagnostic } from 'vscode-languageserver';
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { LintFoldersParams, LintFoldersResult } from '../core/protocol/messages.ts';
import { hideWith } from '../core/report/sensitive.ts';
import { lineIndex } from '../core/text/lines.ts';
import { lintDocument } from '../host/check.ts';
import type { FileSystem, Location } from '../host/files.ts';
import { type FoundFile, search } from '../host/search.ts';
import type { Abilities } from './abilities.ts';
import { diagnosticOf } from './convert.ts';
import type { Documents } from './documents.ts';
import type { ServerHost } from './host.ts';
import { locationOf } from './locations.ts';
import type { Projects } from './projects.ts';
import { throwIfCancelled } from './refusal.ts';
import type { Settings } from './settings.ts';

export interface Folders {
  lint(params: LintFoldersParams, token: CancellationToken): Promise<LintFoldersResult>;
  /** These files, or all: they were closed, or what they rest on has changed. */
  revisit(locations?: readonly Location[]): Promise<void>;
  /** The file is open: others say what is found in it. */
  takeBack(location: Location): Promise<void>;
}

export interface FoldersContext {
  readonly connection: Connection;
  readonly abilities: Abilities;
  readonly documents: Documents;
  readonly files: FileSystem;
  readonly settings: Settings;
  readonly projects: Projects;
  readonly catalogue: Catalogue;
  readonly host: ServerHost;
}

type Report = (percentage: number, message: string) => Promise<void>;

export function createFolders(context: FoldersContext): Folders {
  const { connection, abilities, documents, files, settings, projects, catalogue, host } = context;
  const linted = new Map<Location, FoundFile>();
  const published = new Set<Location>();

  const diagnosticsIn = async ({ location, language }: FoundFile): Promise<Diagnostic[]> => {
    const { enable, showDuplicates: _, ...editor } = await settings.of(location);
    const project = projects.under(editor);
    const { excluded } = await project.configuration(location);
    const text = enable && !excluded ? await files.read(location) : null;
    if (text === null) return [];
    const { findings, sensitive } = await lintDocument(project, catalogue, { location, text, language });
    const shown = { document: { uri: location, lines: lineIndex(text) }, hide: hideWith(text, sensitive) };
    return findings.map(finding => diagnosticOf(shown, finding, abilities));
  };

  const publish = async (file: FoundFile): Promise<number> => {
    const { location: uri } = file;
    const diagnostics = await diagnosticsIn(file);
    if (documents.at(uri) === undefined && (diagnostics.length > 0 || published.has(uri))) {
      published.add(uri);
      await connection.sendDiagnostics({ uri, diagnostics });
    }
    return diagnostics.length;
  };

  const reporter = ({ workDoneToken: token }: LintFoldersParams): Report =>
    token === undefined
      ? async () => {}
      : (percentage, message) =>
          connection.sendNotification('$/progress', {
            token,
            value: { kind: 'report', percentage, message },
          });

  return {
    async lint(params, token) {
      const stopIfCancelled = (): void => throwIfCancelled(token);
      const report = reporter(params);
      const found: FoundFile[] = [];
      for (const folder of params.folders) {
        found.push(...(await search(files, locationOf(folder), stopIfCancelled)));
      }
      let findings = 0;
      for (const [index, file] of found.entries()) {
        // Requests about what is being edited come in between.
        await host.turn();
        stopIfCancelled();
        await report(Math.round((100 * index) / found.length), file.location);
        linted.set(file.location, file);
        findings += await publish(file);
      }
      return { files: found.length, findings };
    },
    async revisit(locations = [...linted.keys()]) {
      for (const location of locations) {
        const file = linted.get(location);
        if (!file) continue;
        await host.turn();
        await publish(file);
      }
    },
    async takeBack(location) {
      // Clients that do not pull hear of the open document under the same name.
      if (published.delete(location) && abilities.pullsDiagnostics) {
        await connection.sendDiagnostics({ uri: location, diagnostics: [] });
      }
    },
  };
}

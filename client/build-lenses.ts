// A CodeLens over each FROM, and over each service that is built.
import { CodeLens, type Disposable, l10n, languages, Range } from 'vscode';
import { type BuildPlacesResult, buildPlacesRequest } from '../server/core/protocol/messages.ts';
import type { Client } from './client.ts';
import { editedDocuments } from './options.ts';

export const provideBuildLenses = (client: Client): Disposable =>
  languages.registerCodeLensProvider(editedDocuments(), {
    async provideCodeLenses({ uri }, token) {
      if (!client.isRunning()) return [];
      const place = client.code2ProtocolConverter.asUri(uri);
      const found = await client.sendRequest<BuildPlacesResult>(buildPlacesRequest, { uri: place }, token);
      return found.map(({ line, ...part }) => {
        const title = part.target === undefined ? l10n.t('Build Image') : l10n.t('Build {0}', part.target);
        const command = { title, command: 'bulkhead.buildImage', arguments: [{ uri: place, ...part }] };
        return new CodeLens(new Range(line, 0, line, 0), command);
      });
    },
  });

// Project: configuration and facts of documents over a file system, remembered until a file changes.
import type { Catalogue } from '../core/engine/catalogue.ts';
import {
  type Answer,
  type FactKind,
  type FactReader,
  type FactRequest,
  factKey,
} from '../core/engine/facts.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import { readContext } from './build-context.ts';
import { type Configuration, findConfiguration, isConfigName, type ProjectLayers } from './configuration.ts';
import type { FileSystem, Location } from './files.ts';

export interface Project {
  configuration(document: Location): Promise<Configuration>;
  /** What is known now; never waits. */
  facts(document: Location): FactReader;
  /** Looks up what a lint of the document missed. */
  fetch(document: Location, requests: readonly FactRequest[]): Promise<void>;
  /** A file or folder was changed, made or removed: what rested on it is looked up again when asked. */
  forget(location: Location): void;
}

interface Fact {
  readonly answer: Answer<FactKind>;
  /** The folder or file it was read from. */
  readonly from: Location;
}

export function createProject(files: FileSystem, catalogue: Catalogue, layers: ProjectLayers = {}): Project {
  const configurations = new Map<Location, Promise<Configuration>>();
  const facts = new Map<string, Fact>();

  const keyOf = (document: Location, request: FactRequest): string => `${document}\n${factKey(request)}`;

  const lookUp = async (document: Location, { kind, path }: FactRequest): Promise<Fact> => {
    const from = files.resolve(files.parent(document) ?? document, path);
    if (kind === 'context') return { from, answer: await readContext(files, from, document) };
    const text = await files.read(from);
    return { from, answer: text === null ? null : parseDockerfile(text) };
  };

  return {
    configuration(document) {
      const remembered = configurations.get(document);
      if (remembered) return remembered;
      const found = findConfiguration(files, catalogue, layers, document);
      configurations.set(document, found);
      return found;
    },
    facts: document => ({
      get<K extends FactKind>(kind: K, path: string) {
        // The key holds the kind, so the answer is of that kind.
        return facts.get(keyOf(document, { kind, path }))?.answer as Answer<K>;
      },
    }),
    async fetch(document, requests) {
      await Promise.all(
        requests.map(async request => facts.set(keyOf(document, request), await lookUp(document, request))),
      );
    },
    forget(location) {
      if (isConfigName(location.slice(location.lastIndexOf('/') + 1))) configurations.clear();
      for (const [key, { from }] of facts) {
        if (files.relative(from, location) !== null) facts.delete(key);
      }
    },
  };
}

// Documents: the text of a file as a value with its variables filled in.
import { parseYamlStream } from '../../yaml/stream.ts';
import { interpolate } from './interpolate.ts';
import { mergedModels } from './merge.ts';
import { nameOf } from './paths.ts';
import { type ReadDocument, readDocument } from './read.ts';
import {
  type Environment,
  entry,
  isNull,
  type MapValue,
  mapIn,
  mapValues,
  Refusal,
  type Source,
  scalar,
  withEntries,
} from './value.ts';

/** Files as the host has them: null where there is none of that path. */
export type ReadFile = (path: string) => string | null;

/** What holds for all the files of a project, or of an include. */
export interface Loading {
  readonly read: ReadFile;
  /** The folder that relative paths start from. */
  readonly folder: string;
  readonly home: string | null;
  readonly environment: Environment;
  readonly warn: (message: string) => void;
  /** What Compose refuses, though the rest of the model is as clear without it: told, or refused as well. */
  readonly object: (message: string) => void;
  /** The files that led here by `include`. */
  readonly included: readonly string[];
}

/** A document of a file with its variables filled in. */
export interface LoadedDocument {
  readonly model: MapValue;
  readonly marks: ReadDocument['marks'];
}

export function readSource({ read }: Loading, path: string): Source {
  const text = read(path);
  if (text === null) throw new Refusal(`${path}: no such file`);
  return { path, text };
}

/** Line and column as people count them. */
export function placeIn({ text }: Source, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

const nothing: ReadDocument = { value: scalar(null), marks: [] };

export function documentsOf(loading: Loading, source: Source): LoadedDocument[] {
  const documents = parseYamlStream(source.text);
  return documents.flatMap(({ root, problems }) => {
    const [problem] = problems;
    if (problem !== undefined) {
      const at = `${nameOf(source.path)}:${placeIn(source, problem.span.start)}`;
      throw new Refusal(`${at}: ${problem.message}`, { source, span: problem.span, node: null });
    }
    const { value, marks } = root === null ? nothing : readDocument(source, root);
    // A file without anything is refused later, if no other one has anything either.
    if (isNull(value) && documents.length === 1) return [];
    if (value.kind !== 'map') throw new Refusal('top-level object must be a mapping', value.from);
    const filled = interpolate(value, loading.environment, name => {
      loading.warn(`The variable ${name} is not set: it counts as empty.`);
    });
    return [{ model: withPromoted(mapIn(filled) ?? value), marks }];
  });
}

/** `x-develop` is how `develop` was written before it was one. */
function withPromoted(model: MapValue): MapValue {
  const services = mapIn(entry(model, 'services'));
  if (services === null) return model;
  const promoted = mapValues(services, service => {
    const early = mapIn(entry(service, 'x-develop'));
    if (service.kind !== 'map' || early === null) return service;
    const develop = mapIn(entry(service, 'develop'));
    const merged = develop === null ? early : mergedModels(early, develop);
    return withEntries(service, { develop: merged, 'x-develop': null });
  });
  return withEntries(model, { services: promoted });
}

// The model of a file within its project: services as the files beside it make them, and what those files declare.
import type { Span } from '../../../text/span.ts';
import type { YamlMap, YamlNode, YamlPair } from '../../yaml/node.ts';
import { isReset, meantBy } from '../effective.ts';
import type { Lookup } from '../interpolation.ts';
import type { ComposeModel, Entry, Service } from '../model.ts';
import { asProjectMakes } from '../parse.ts';
import { readEnvFile } from '../project/environment.ts';
import { folderOf } from '../project/paths.ts';
import { type Environment, Refusal } from '../project/value.ts';
import { entryOf, memoised, type Reading, readingOf, serviceOf } from '../reading.ts';
import { fileIndexOf, isElsewhere } from '../space.ts';
import {
  extendedService,
  type Layer,
  type Layers,
  openLayers,
  type ReadNeighbour,
  sectionPairs,
  withMovedBuild,
} from './layers.ts';
import { envFilesOf, type Folder, nobody, partnersOf, takenBySiblings, templatesIn } from './partners.ts';

/** The files beside a file: null where there is none, undefined where that is not known, or not yet. */
export interface Neighbours {
  readonly folder: Folder | null | undefined;
  readonly compose: ReadNeighbour;
  /** The text of a file of variables. */
  env(path: string): string | null | undefined;
}

export interface ModelInProject {
  readonly model: ComposeModel;
  /** The path of the file that a span lies in; null for this text. */
  fileOf(where: Span): string | null;
  /** The other files, by their paths. */
  paths(): readonly string[];
  /** Those that are read together with it, included ones too: they share their names. */
  shares(): readonly string[];
  /** Services of which other files have a part that tells what they lack. */
  readonly partial: ReadonlySet<string>;
}

function textsIn(node: YamlNode | null): readonly string[] {
  const meant = meantBy(node);
  if (meant?.kind === 'sequence') return meant.items.flatMap(item => textsIn(item));
  return meant?.kind === 'scalar' && meant.value !== null ? [meant.text] : [];
}

/** The files that `include` names, as it names them; one with a variable in its name is not known. */
export function includedNames(root: YamlMap): readonly string[] {
  const include = meantBy(root.pairs.find(({ key }) => key.text === 'include')?.value ?? null);
  const items = include?.kind === 'sequence' ? include.items.map(item => meantBy(item)) : [];
  return items
    .flatMap(item => {
      const path = item.kind === 'map' ? item.pairs.find(({ key }) => key.text === 'path')?.value : item;
      return textsIn(path ?? null);
    })
    .filter(name => !name.includes('$'));
}

/** The files that a layer includes, and those that they include, before the ones that include them. */
const includedBy = (layers: Layers, layer: Layer, seen: Set<Layer>): Layer[] =>
  includedNames(layer.root).flatMap(file => {
    const found = layers.at(`${folderOf(layer.path)}/${file}`);
    if (found === null || seen.has(found)) return [];
    seen.add(found);
    return [...includedBy(layers, found, seen), found];
  });

/** The variables of files that can be read, later files winning; null where there are none. */
function variablesIn(files: readonly string[], env: Neighbours['env']): Lookup | null {
  let found: Environment = new Map();
  for (const path of files) {
    const text = env(path);
    if (!text) continue;
    try {
      found = new Map([...found, ...readEnvFile({ path, text }, found)]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return found.size === 0 ? null : name => found.get(name)?.value;
}

interface Project {
  readonly layers: Layers;
  /** From the one that gives way to all others up to the one that wins. */
  readonly ordered: readonly Layer[];
  /** The folder from which a layer sees what it builds. */
  homeOf(layer: Layer): string;
}

function openProject(
  model: ComposeModel,
  root: YamlMap,
  { folder, compose }: Neighbours,
  variables: Lookup | null,
): Project {
  const layers = openLayers(root, compose);
  const { before, after, home } = folder ? partnersOf(folder, model, compose, variables) : nobody;
  const open = (path: string): Layer[] => {
    const layer = layers.at(path);
    return layer === null ? [] : [layer];
  };
  const files = [...before.flatMap(open), layers.own, ...after.flatMap(open)];
  const seen = new Set(files);
  return {
    layers,
    ordered: files.flatMap(layer => [...includedBy(layers, layer, seen), layer]),
    homeOf: layer => (files.includes(layer) ? home : folderOf(layer.path)),
  };
}

/** What an entry of a section becomes when a later layer has one of its name; null where it is taken out. */
function over(
  { merger }: Layers,
  before: YamlPair | undefined,
  pair: YamlPair,
  value: YamlNode | null,
  section: string,
): YamlPair | null {
  if (isReset(value)) return null;
  const base = meantBy(before?.value ?? null);
  if (before === undefined || base === null || value?.tag === '!override') return { ...pair, value };
  if (value === null) return before;
  const merged =
    base.kind === 'map' && value.kind === 'map'
      ? merger.merged(base, value, [section, pair.key.text])
      : value;
  const place = isElsewhere(pair.span) && !isElsewhere(before.span) ? before : pair;
  return { ...place, value: merged };
}

/** By name, what all the layers make of a section. */
function combined({ layers, ordered, homeOf }: Project, section: string): Map<string, YamlPair> {
  const found = new Map<string, YamlPair>();
  for (const layer of ordered) {
    for (const [name, pair] of sectionPairs(layers, layer, section)) {
      const written = meantBy(pair.value);
      const service = section === 'services' ? extendedService(layers, layer, name) : null;
      const value = service === null ? written : withMovedBuild(layers, layer, service, homeOf(layer));
      const next = over(layers, found.get(name), pair, value, section);
      if (next === null) found.delete(name);
      else found.set(name, next);
    }
  }
  return found;
}

/** A service as it was where nothing came to it: who knows it by its nodes goes on doing so. */
function serviceIn(model: ComposeModel, reading: Reading, pair: YamlPair): Service {
  const own = model.services.find(({ name }) => name === pair.key.text);
  if (own === undefined) return serviceOf(reading, pair);
  if (own.map !== null && own.map === pair.value) return own;
  const key = { ...pair.key, span: own.nameSpan };
  const merged = serviceOf(reading, { key, value: pair.value, span: own.span });
  return Object.create(merged, { map: { value: own.map } });
}

function servicesIn(model: ComposeModel, reading: Reading, project: Project): Service[] {
  const pairs = combined(project, 'services');
  const isOwn = ({ name }: Service): boolean =>
    !isElsewhere(pairs.get(name)?.key.span ?? { start: 0, end: 0 });
  const services = [...pairs.values()].map(pair => serviceIn(model, reading, pair));
  const place = ({ nameSpan }: Service): number => nameSpan.start;
  return services.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || place(a) - place(b));
}

function sectionIn(reading: Reading, project: Project, section: string): Entry[] {
  const entries = [...combined(project, section).values()].map(pair => {
    const owner = section === 'services' ? pair.key.text : `${section}.${pair.key.text}`;
    return entryOf(reading, pair, { owner, key: '' });
  });
  return entries.sort((a, b) => a.keySpan.start - b.keySpan.start);
}

/** Names that a layer before the own one has begun. */
const begunIn = ({ layers, ordered }: Project): string[] =>
  ordered
    .slice(0, ordered.indexOf(layers.own))
    .flatMap(layer => [...sectionPairs(layers, layer, 'services').keys()]);

function derived(model: ComposeModel, root: YamlMap, project: Project, variables: Lookup): ComposeModel {
  const reading = readingOf(model.text, root);
  return asProjectMakes(model, {
    variables,
    services: memoised(() => servicesIn(model, reading, project)),
    section: name => sectionIn(reading, project, name),
  });
}

/** Asks for no more files than those that a file leads to. */
export function inProject(model: ComposeModel, neighbours: Neighbours): ModelInProject {
  const { root } = model;
  const { folder } = neighbours;
  const alone: ModelInProject = {
    model,
    fileOf: () => null,
    paths: () => [],
    shares: () => [],
    partial: new Set(),
  };
  if (root === null) return alone;
  const given = folder ? variablesIn(envFilesOf(folder), neighbours.env) : null;
  const project = openProject(model, root, neighbours, given);
  const { layers, ordered } = project;
  const variables = (model.text.includes('$') ? given : null) ?? model.variables;
  const extendsAny =
    model.text.includes('extends') && model.services.some(service => service.get('extends') !== undefined);
  const taken = folder ? takenBySiblings(folder, neighbours.compose) : [];
  if (ordered.length === 1 && !extendsAny && variables === model.variables) {
    return { ...alone, partial: new Set(taken) };
  }
  return {
    model: derived(model, root, project, variables),
    fileOf: where => layers.others[fileIndexOf(where)]?.path ?? null,
    shares: () => ordered.filter(layer => layer !== layers.own).map(({ path }) => path),
    paths: () => layers.others.map(({ path }) => path),
    partial: new Set([...begunIn(project), ...taken, ...templatesIn(model)]),
  };
}

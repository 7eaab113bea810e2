// Layers: the files that make up a project, each with its services once they are extended.
import { attached } from '../../attached.ts';
import type { YamlMap, YamlNode, YamlPair } from '../../yaml/node.ts';
import { shiftedMap } from '../../yaml/shift.ts';
import { meantBy } from '../effective.ts';
import type { ComposeModel } from '../model.ts';
import { cleanPath, folderOf, isAbsolute } from '../project/paths.ts';
import { fileIndexOf, spaceOf } from '../space.ts';
import { mapOfPairs, NodeMerger, textAt } from './node-merge.ts';

/** Another file beside this one: null where there is none, undefined where that is not known, or not yet. */
export type ReadNeighbour = (path: string) => ComposeModel | null | undefined;

export interface Layer {
  /** Seen from the folder of this text; empty for this text itself. */
  readonly path: string;
  readonly root: YamlMap;
}

/** The other files of a project in the order in which they were asked for. */
export interface Layers {
  readonly own: Layer;
  readonly others: readonly Layer[];
  readonly merger: NodeMerger;
  /** Services that have been extended, by layer and name. */
  readonly extended: Map<string, YamlMap | null>;
  /** Entries of sections, by layer and section. */
  readonly sections: Map<string, ReadonlyMap<string, YamlPair>>;
  at(path: string): Layer | null;
}

const moved = attached<YamlMap, Map<number, YamlMap>>();

function movedRoot({ root, text }: ComposeModel & { readonly root: YamlMap }, index: number): YamlMap {
  const known = moved.get(root) ?? new Map<number, YamlMap>();
  moved.set(root, known);
  const map = known.get(index) ?? shiftedMap(root, text, spaceOf(index));
  known.set(index, map);
  return map;
}

/** More files than a project of people has. */
const maxFiles = 50;

export function openLayers(own: YamlMap, read: ReadNeighbour): Layers {
  const others: Layer[] = [];
  const ownLayer: Layer = { path: '', root: own };
  return {
    own: ownLayer,
    others,
    merger: new NodeMerger(),
    extended: new Map(),
    sections: new Map(),
    at(written) {
      const path = cleanPath(written);
      const known = others.find(layer => layer.path === path);
      if (known !== undefined) return known;
      const model = others.length < maxFiles && !isAbsolute(path) ? read(path) : null;
      if (!model?.root) return null;
      const layer = { path, root: movedRoot({ ...model, root: model.root }, others.length) };
      others.push(layer);
      return layer;
    },
  };
}

/** The layer in which a node stands. */
const layerOf = ({ others, own }: Layers, node: YamlNode): Layer => others[fileIndexOf(node.span)] ?? own;

/** The entries of a section by name. */
export function sectionPairs(
  { merger, sections }: Layers,
  { path, root }: Layer,
  section: string,
): ReadonlyMap<string, YamlPair> {
  const key = `${path} ${section}`;
  const known = sections.get(key);
  if (known !== undefined) return known;
  const node = meantBy(merger.pairsOf(root).get(section)?.value ?? null);
  const pairs = node?.kind === 'map' ? merger.pairsOf(node) : new Map<string, YamlPair>();
  sections.set(key, pairs);
  return pairs;
}

interface Wanted {
  readonly service: string;
  readonly file: string | null;
}

function textIn({ merger }: Layers, map: YamlMap, name: string): string | null {
  const value = meantBy(merger.pairsOf(map).get(name)?.value ?? null);
  return value?.kind === 'scalar' && value.value !== null ? value.text : null;
}

function wantedBy(layers: Layers, service: YamlMap): Wanted | null {
  const node = meantBy(layers.merger.pairsOf(service).get('extends')?.value ?? null);
  if (node?.kind === 'scalar' && node.value !== null) return { service: node.text, file: null };
  const name = node?.kind === 'map' ? textIn(layers, node, 'service') : null;
  return node?.kind === 'map' && name !== null ? { service: name, file: textIn(layers, node, 'file') } : null;
}

const isRemote = (path: string): boolean => /^(?:[/~$]|[a-z+]+:\/\/|git@)|\$/i.test(path);

/** A service of a file that sees what it builds from another folder, its context seen from the folder of this text. */
export function withMovedBuild(layers: Layers, from: Layer, service: YamlMap, folder: string): YamlMap {
  if (folder === '.') return service;
  const { merger } = layers;
  const pairs = merger.pairsOf(service);
  const build = pairs.get('build');
  const node = meantBy(build?.value ?? null);
  const context = node?.kind === 'map' ? merger.pairsOf(node).get('context') : build;
  const path = meantBy(context?.value ?? null);
  if (build === undefined || context === undefined || path?.kind !== 'scalar') return service;
  if (layerOf(layers, path) !== from) return service;
  if (path.value === null || isRemote(path.text)) return service;
  const value = textAt(cleanPath(`${folder}/${path.text}`), path);
  const inner =
    node?.kind === 'map'
      ? mapOfPairs(
          merger
            .pairsOf(node)
            .set('context', { ...context, value })
            .values(),
          node,
        )
      : value;
  return mapOfPairs(pairs.set('build', { ...build, value: inner }).values(), service);
}

/** What a service takes from the one it extends: null where it extends none, or that one cannot be read. */
function baseOf(layers: Layers, layer: Layer, service: YamlMap, trail: readonly string[]): YamlMap | null {
  const wanted = wantedBy(layers, service);
  if (wanted === null) return null;
  const file =
    wanted.file === null || isRemote(wanted.file) ? null : `${folderOf(layer.path)}/${wanted.file}`;
  const from = wanted.file === null ? layer : file === null ? null : layers.at(file);
  const base = from && extendedService(layers, from, wanted.service, trail);
  if (from === null || base === null) return null;
  const pairs = layers.merger.pairsOf(base);
  pairs.delete('extends');
  const own = mapOfPairs(pairs.values(), base);
  return from === layer ? own : withMovedBuild(layers, from, own, folderOf(from.path));
}

/** A chain of people is shorter. */
const maxChain = 50;

/** A service of a layer over the one that it extends; null where the layer has no such map. */
export function extendedService(
  layers: Layers,
  layer: Layer,
  name: string,
  trail: readonly string[] = [],
): YamlMap | null {
  const step = `${layer.path} ${name}`;
  const known = layers.extended.get(step);
  if (known !== undefined) return known;
  const node = meantBy(sectionPairs(layers, layer, 'services').get(name)?.value ?? null);
  const isCircle = trail.includes(step) || trail.length >= maxChain;
  if (node?.kind !== 'map' || isCircle) return null;
  const base = baseOf(layers, layer, node, [...trail, step]);
  const service = base === null ? node : layers.merger.merged(base, node, ['services', name]);
  layers.extended.set(step, service);
  return service;
}

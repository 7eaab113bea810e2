// Edits of a Compose file in its own style, for the repairs of rules. Null means that there is no such edit: the place
// is an alias, others would change with it, or the text there is not finished.
import { type Edit, insert, replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { withinFrame } from '../looking.ts';
import { fillPair, insertItem, insertPair } from '../yaml/insert.ts';
import { entryEnd } from '../yaml/lines.ts';
import type { YamlMap, YamlNode, YamlPair } from '../yaml/node.ts';
import { removeEntries as removeFromYaml } from '../yaml/remove.ts';
import { columnOf } from '../yaml/style.ts';
import { nodesBelow } from '../yaml/walk.ts';
import { blockPair, flowPair, type NewValue } from '../yaml/write.ts';
import { isReset } from './effective.ts';
import type { ComposeModel, Service } from './model.ts';
import { isElsewhere } from './space.ts';

export type { NewValue } from '../yaml/write.ts';

/** Edits of a part need the way to it; what else it holds by anchors counts as seen (`sight.ts`). */
const rootOf = (model: ComposeModel): YamlMap | null => withinFrame(() => model.root);

type Keys = readonly string[];

/** Where a path of keys ends: in a map that lacks the rest of it, or at a pair whose value is no map. */
interface Place {
  readonly map: YamlMap;
  readonly pair: YamlPair | null;
  /** Keys of the path that are not there; those below the pair where there is one. */
  readonly missing: Keys;
}

/** True where an alias stands for one of the nodes: what is written into it, others take too. */
function isTaken(model: ComposeModel, nodes: readonly YamlNode[]): boolean {
  const root = rootOf(model);
  if (root === null || nodes.every(node => node.anchor === null)) return false;
  for (const node of nodesBelow(root)) {
    if (node.kind === 'alias' && node.target !== null && nodes.includes(node.target)) return true;
  }
  return false;
}

/** Follows keys from the root, through what is written there alone; null where all of them lead to a map. */
function follow(model: ComposeModel, path: Keys): Place | null {
  let map = rootOf(model);
  const passed: YamlNode[] = [];
  for (const [index, key] of path.entries()) {
    if (map === null) return null;
    passed.push(map);
    const pair = map.pairs.find(candidate => candidate.key.text === key) ?? null;
    if (pair !== null && isReset(pair.value)) return null;
    if (pair?.value?.kind !== 'map') {
      const inside = pair?.value ? [...passed, pair.value] : passed;
      return isTaken(model, inside)
        ? null
        : { map, pair, missing: path.slice(pair === null ? index : index + 1) };
    }
    map = pair.value;
  }
  return null;
}

/** A value below the keys that lead to it. */
const below = (keys: Keys, value: NewValue): NewValue =>
  keys.reduceRight<NewValue>((inner, key) => ({ map: { [key]: inner } }), value);

/** Writes a value at a place that has none. */
function addAt(
  model: ComposeModel,
  { map, pair, missing }: Place,
  value: NewValue,
  after?: string,
): Edit[] | null {
  if (pair !== null) return map.flow ? null : fillPair(model, pair, below(missing, value));
  const [key, ...rest] = missing;
  return key === undefined ? null : insertPair(model, map, key, below(rest, value), after);
}

/** The place of a path in a service; null where a merge or an alias already leads further than what is written. */
function placeIn(model: ComposeModel, service: Service, path: Keys): Place | null {
  const place = follow(model, ['services', service.name, ...path]);
  if (place === null || place.missing.length > path.length) return null;
  const present = path.length - place.missing.length;
  const merged = place.pair === null ? service.get(...path.slice(0, present + 1))?.node : null;
  return merged ? null : place;
}

/**
 * Adds a key to a service, with the keys above it that are missing: `addKey(model, web, ['healthcheck', 'retries'], 3)`.
 * `after` names the key behind which it goes best. Null also where the key is there already, if by a merge.
 */
export function addKey(
  model: ComposeModel,
  service: Service,
  path: Keys,
  value: NewValue,
  after?: string,
): Edit[] | null {
  const place = placeIn(model, service, path);
  return place && addAt(model, place, value, after);
}

/** Adds a pair to a map inside a service, such as the long form of a mount, or gives its value to one that has none. */
export function addPair(
  model: ComposeModel,
  map: YamlMap,
  key: string,
  value: NewValue,
  after?: string,
): Edit[] | null {
  if (isElsewhere(map.span) || isTaken(model, [map])) return null;
  const pair = map.pairs.find(candidate => candidate.key.text === key);
  if (pair === undefined) return insertPair(model, map, key, value, after);
  return pair.value === null && !map.flow ? fillPair(model, pair, value) : null;
}

/** Puts another key with its value in the place of one that the service itself has. */
export function replaceKey(
  model: ComposeModel,
  { map }: Service,
  key: string,
  [name, value]: readonly [name: string, value: NewValue],
): Edit[] | null {
  const pair = map?.pairs.find(candidate => candidate.key.text === key);
  if (!map || !pair || isElsewhere(map.span) || isTaken(model, pair.value ? [map, pair.value] : [map]))
    return null;
  const { text, style } = model;
  if (map.flow) return [replace(pair.span, flowPair(name, value, { quote: style.quote, quoteAll: false }))];
  const lines = blockPair(name, value, columnOf(text, pair.span.start), style);
  return [replace(pair.span, lines.join(style.eol).trimStart())];
}

/** Adds an item to a list of a service, or a list of that item where there is none. */
export function addItem(model: ComposeModel, service: Service, path: Keys, item: NewValue): Edit[] | null {
  const place = placeIn(model, service, path);
  if (place === null) return null;
  const list = place.missing.length === 0 ? place.pair?.value : null;
  return list?.kind === 'sequence' ? insertItem(model, list, item) : addAt(model, place, { list: [item] });
}

/**
 * Removes pairs and list items with their lines, and the key of what they leave empty; each is named by its own span
 * or that of its key. Null also where a service would go, or an anchor that is needed elsewhere.
 */
export function removeEntries(model: ComposeModel, wanted: readonly Span[]): Edit[] | null {
  const { text } = model;
  const root = rootOf(model);
  if (root === null) return null;
  const services = root.pairs.findIndex(({ key }) => key.text === 'services');
  return removeFromYaml(text, root, wanted, path => path.length > 2 || path[0]?.index !== services);
}

/** Adds an entry to a section such as `secrets`, and the section where it is missing. */
export function addTopLevel(
  model: ComposeModel,
  section: string,
  name: string,
  value: NewValue,
): Edit[] | null {
  const root = rootOf(model);
  if (root === null || model.section(section).some(entry => entry.name === name)) return null;
  const place = follow(model, [section, name]);
  if (place === null) return null;
  const isNew = place.map === root && place.pair === null && !root.flow;
  return isNew ? addSection(model, root, section, { map: { [name]: value } }) : addAt(model, place, value);
}

const blankLine = /\n[ \t]*\r?\n/;
const blankLineAtEnd = /\n[ \t]*\r?\n[ \t]*$/;
const noContent = /^\s*(?:#|$)/;

/** Adds a section at the end of the file, set apart by an empty line where the others are. */
function addSection(
  { text, style }: ComposeModel,
  root: YamlMap,
  section: string,
  value: NewValue,
): Edit[] | null {
  const [last, previous] = [root.pairs.at(-1), root.pairs.at(-2)];
  if (last === undefined) return null;
  const column = columnOf(text, root.pairs[0]?.span.start ?? last.span.start);
  const lines = blockPair(section, value, column, style).join(style.eol);
  const apart = previous === undefined || blankLine.test(text.slice(previous.span.end, last.span.start));
  const end = entryEnd(text, last.span, column);
  if (
    !text
      .slice(end)
      .split('\n')
      .every(line => noContent.test(line))
  ) {
    return [insert(end, style.eol + (apart ? style.eol : '') + lines)];
  }
  const ended = text.endsWith('\n');
  const gap = (ended ? '' : style.eol) + (apart && !blankLineAtEnd.test(text) ? style.eol : '');
  return [insert(text.length, gap + lines + (ended ? style.eol : ''))];
}

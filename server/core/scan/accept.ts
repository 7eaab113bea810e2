// Accepting: an entry for `scan.ignore`, written into the text of a `.bulkhead.yaml`.
import type { ScanIgnore } from '../engine/config/scan.ts';
import { parseYaml } from '../model/yaml/adapter.ts';
import { fillPair, insertItem, insertPair, type Target } from '../model/yaml/insert.ts';
import type { YamlMap } from '../model/yaml/node.ts';
import { styleOf } from '../model/yaml/style.ts';
import type { NewMap, NewValue } from '../model/yaml/write.ts';
import { blockPair } from '../model/yaml/write.ts';
import { type Edit, insert } from '../text/edit.ts';
import { layoutOf } from '../text/layout.ts';

const entryOf = ({ id, package: name, reason, expires }: ScanIgnore): NewMap => ({
  map: {
    id,
    ...(name === null ? {} : { package: name }),
    reason,
    ...(expires === null ? {} : { expires }),
  },
});

const keys = ['scan', 'ignore'] as const;

/** As deep as the file goes already; what is not there is written around the entry. */
function insertAt(target: Target, map: YamlMap, depth: number, entry: NewMap): Edit[] | null {
  const [key = 'scan', ...below] = keys.slice(depth);
  const list: NewValue = { list: [entry] };
  const value: NewValue = below.length > 0 ? { map: { ignore: list } } : list;
  const pair = map.pairs.find(each => each.key.text === key);
  if (pair === undefined) return insertPair(target, map, key, value);
  if (pair.value === null) return fillPair(target, pair, value);
  if (below.length > 0)
    return pair.value.kind === 'map' ? insertAt(target, pair.value, depth + 1, entry) : null;
  return pair.value.kind === 'sequence' ? insertItem(target, pair.value, entry) : null;
}

/** Null where the file is written so that nothing can be put in. */
export function acceptIn(text: string, ignore: ScanIgnore): Edit[] | null {
  const { root } = parseYaml(text);
  const style = styleOf(root, text);
  const entry = entryOf(ignore);
  if (root?.kind === 'map') return insertAt({ text, style }, root, 0, entry);
  if (root !== null && !(root.kind === 'scalar' && root.value === null)) return null;
  const { eol, finalNewline } = layoutOf(text);
  const lines = blockPair('scan', { map: { ignore: { list: [entry] } } }, 0, style);
  return [insert(text.length, `${text === '' || finalNewline ? '' : eol}${lines.join(eol)}${eol}`)];
}

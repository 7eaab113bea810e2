// Shifting: the tree of one file in the coordinates of another, its texts brought along; or further down in its own.
import type { MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import type { YamlMap, YamlNode, YamlPair, YamlScalar } from './node.ts';
import { scalarText } from './scalar-text.ts';

export const shiftedSpan = ({ start, end }: Span, by: number): Span => span(start + by, end + by);

const shiftedText = ({ text, segments }: MappedText, by: number): MappedText => ({
  text,
  segments: segments.map(segment => ({ ...segment, at: segment.at + by })),
});

interface Shift {
  readonly by: number;
  /** The text of another file; null where the nodes stay in theirs. */
  readonly file: string | null;
  /** The nodes with anchors that have been moved, those of other parts of the file too. */
  readonly done: Map<YamlNode, YamlNode>;
}

function shiftedScalar(scalar: YamlScalar, { by, file }: Shift): YamlScalar {
  if (file === null) return { ...scalar, span: shiftedSpan(scalar.span, by) };
  let mapped: MappedText | null = null;
  return {
    ...scalar,
    span: shiftedSpan(scalar.span, by),
    get mapped() {
      mapped ??= shiftedText(scalarText(scalar, file), by);
      return mapped;
    },
  };
}

function shiftedKey(key: YamlScalar, shift: Shift): YamlScalar {
  const made = shiftedScalar(key, shift);
  if (key.anchor !== null) shift.done.set(key, made);
  return made;
}

const shiftedPair = ({ key, value, span: where }: YamlPair, shift: Shift): YamlPair => ({
  key: shiftedKey(key, shift),
  value: value && shifted(value, shift),
  span: shiftedSpan(where, shift.by),
});

function shifted(node: YamlNode, shift: Shift): YamlNode {
  const known = node.anchor === null ? undefined : shift.done.get(node);
  if (known !== undefined) return known;
  const where = shiftedSpan(node.span, shift.by);
  const made = ((): YamlNode => {
    if (node.kind === 'scalar') return shiftedScalar(node, shift);
    if (node.kind === 'map') {
      return { ...node, span: where, pairs: node.pairs.map(pair => shiftedPair(pair, shift)) };
    }
    if (node.kind === 'sequence') {
      return {
        ...node,
        span: where,
        items: node.items.map(item => shifted(item, shift)),
        itemSpans: node.itemSpans.map(item => shiftedSpan(item, shift.by)),
      };
    }
    const target = node.target && shifted(node.target, shift);
    return { ...node, span: where, target: target?.kind === 'alias' ? null : target };
  })();
  if (node.anchor !== null) shift.done.set(node, made);
  return made;
}

/** A map of a file with all its spans moved. */
export function shiftedMap(map: YamlMap, file: string, by: number): YamlMap {
  const moved = shifted(map, { by, file, done: new Map() });
  return moved.kind === 'map' ? moved : map;
}

/** The same pairs elsewhere in their file. Aliases of what is above them lead to what that has become: it is in `done`. */
export const shiftedPairs = (
  pairs: readonly YamlPair[],
  by: number,
  done: Map<YamlNode, YamlNode>,
): YamlPair[] => pairs.map(pair => shiftedPair(pair, { by, file: null, done }));

// Style: how a YAML document is indented and quoted, so that what is written into it looks native.
import { layoutOf } from '../../text/layout.ts';
import type { YamlNode, YamlPair } from './node.ts';
import type { Quote } from './quote.ts';
import { nodesBelow } from './walk.ts';

export interface YamlStyle {
  readonly eol: '\n' | '\r\n';
  /** Columns from a key to the keys below it. */
  readonly step: number;
  /** Columns from a key to the dashes of its list: 0 where lists are not indented. */
  readonly dash: number;
  /** The one that most quoted scalars have. */
  readonly quote: Quote;
}

/** The column of an offset; a byte order mark takes none. */
export function columnOf(text: string, offset: number): number {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return offset - lineStart - (lineStart === 0 && text.startsWith('\uFEFF') ? 1 : 0);
}

/** Columns from a key to the block below it; undefined where there is none. */
function indentBelow({ value, span }: YamlPair, kind: 'map' | 'sequence', text: string): number | undefined {
  if (value?.kind !== kind || value.flow) return undefined;
  const columns = columnOf(text, value.span.start) - columnOf(text, span.start);
  return columns > 0 || kind === 'sequence' ? Math.max(columns, 0) : undefined;
}

/** The measures of the first nested map and the first list, and the majority of quotes. */
export function styleOf(root: YamlNode | null, text: string): YamlStyle {
  let step: number | undefined;
  let dash: number | undefined;
  let singles = 0;
  let doubles = 0;
  for (const node of root === null ? [] : nodesBelow(root)) {
    if (node.kind === 'scalar' && node.style === 'single') singles++;
    if (node.kind === 'scalar' && node.style === 'double') doubles++;
    if (node.kind !== 'map' || node.flow) continue;
    for (const pair of node.pairs) {
      step ??= indentBelow(pair, 'map', text);
      dash ??= indentBelow(pair, 'sequence', text);
    }
  }
  const { eol } = layoutOf(text);
  return { eol, step: step ?? 2, dash: dash ?? step ?? 2, quote: singles > doubles ? "'" : '"' };
}

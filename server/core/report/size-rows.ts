// The size of an image in rows: a row for each instruction that left a layer, the layers of a base together.
import type { Tally } from '../image/account.ts';
import type { SizeReport } from '../image/report.ts';
import type { SizedLayer } from '../image/sized-layer.ts';
import { bytesText } from '../text/bytes.ts';

export interface SizeRow {
  /** One-based, as people count; empty where it is not known. */
  readonly line: string;
  readonly size: number;
  readonly wasted: number;
  readonly layers: readonly SizedLayer[];
  readonly what: string;
}

const tally = (layers: readonly SizedLayer[], key: 'added' | 'changed' | 'rewritten' | 'removed'): Tally => ({
  files: layers.reduce((sum, layer) => sum + layer[key].files, 0),
  bytes: layers.reduce((sum, layer) => sum + layer[key].bytes, 0),
});

/** `812 new, 4 changed, 2 gone`. */
export function filesText({ layers }: Pick<SizeRow, 'layers'>): string {
  const words = [
    ['added', 'new'],
    ['changed', 'changed'],
    ['rewritten', 'rewritten'],
    ['removed', 'gone'],
  ] as const;
  return words
    .map(([key, word]) => ({ word, files: tally(layers, key).files }))
    .filter(({ files }) => files > 0)
    .map(({ word, files }) => `${files} ${word}`)
    .join(', ');
}

export function sizeRows({ layers }: SizeReport, from: string | null): SizeRow[] {
  const groups: SizedLayer[][] = [];
  for (const layer of layers) {
    const last = groups.at(-1);
    if (layer.origin === 'base' && last?.[0]?.origin === 'base') last.push(layer);
    else groups.push([layer]);
  }
  return groups.map(group => {
    const [first] = group;
    const isBase = first?.origin === 'base';
    const count = group.length === 1 ? '' : ` (${group.length} layers)`;
    return {
      line: first?.line == null ? '' : String(first.line + 1),
      size: group.reduce((sum, { size }) => sum + size, 0),
      wasted: group.reduce((sum, { wasted }) => sum + wasted, 0),
      layers: group,
      what: isBase ? `${from ?? 'the base image'}${count}` : first?.step || '(the image does not tell)',
    };
  });
}

/** `412 MB in 7 layers, 389 MB of it in the end`. */
export const totalText = ({ size, layers, final }: SizeReport): string =>
  `${bytesText(size)} in ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}, ${bytesText(final.bytes)} of it in the end`;

// Hints on the size of an image at the lines of its file: a few words each, and more for who asks.
import { bytesText } from '../text/bytes.ts';
import type { SizeReport } from './report.ts';
import { layerName, type SizedLayer } from './sized-layer.ts';

export interface SizeHint {
  /** Zero-based. */
  readonly line: number;
  readonly text: string;
  readonly more: string;
}

/** `, 61 MB of it gone by line 5`. */
function goneText(layers: readonly SizedLayer[], line: readonly SizedLayer[]): string {
  const by = new Map<string, number>();
  for (const { wastedBy, index } of line) {
    for (const { layer, bytes } of wastedBy) {
      const name = layer === index ? 'itself' : layerName(layers, layer);
      by.set(name, (by.get(name) ?? 0) + bytes);
    }
  }
  const size = line.reduce((sum, each) => sum + each.size, 0);
  return [...by]
    .filter(([, bytes]) => bytes * 100 >= size)
    .map(
      ([name, bytes]) =>
        `, ${bytesText(bytes) === bytesText(size) ? 'all' : bytesText(bytes)} of it gone by ${name}`,
    )
    .join('');
}

export function hintsOf({ layers }: SizeReport): SizeHint[] {
  const lines = new Map<number, SizedLayer[]>();
  for (const layer of layers) {
    if (layer.line === null) continue;
    lines.set(layer.line, [...(lines.get(layer.line) ?? []), layer]);
  }
  return [...lines].flatMap(([line, brought]) => {
    const size = brought.reduce((sum, layer) => sum + layer.size, 0);
    const removed = brought.reduce((sum, layer) => sum + layer.removed.bytes, 0);
    if (size === 0 && removed === 0) return [];
    const largest = brought.flatMap(layer => layer.largest).slice(0, 5);
    const stays = removed > 0 ? `Removes ${bytesText(removed)} that stay in the layers below.` : '';
    const files = largest.map(
      file => `${bytesText(file.size)} ${file.path}${file.goneBy === null ? '' : ' (gone later)'}`,
    );
    return {
      line,
      text:
        size === 0
          ? `frees nothing: ${bytesText(removed)} stay`
          : `+${bytesText(size)}${goneText(layers, brought)}`,
      more: [stays, ...files].filter(text => text !== '').join('\n'),
    };
  });
}

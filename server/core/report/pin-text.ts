// The report of pinning for people: what became of each image.
import { lineIndex } from '../text/lines.ts';
import { counted } from './counts.ts';
import { printable } from './drawn-line.ts';
import type { Style } from './style.ts';

export interface PinnedFile {
  readonly path: string;
  /** Before. */
  readonly text: string;
  readonly images: readonly {
    readonly name: string;
    readonly start: number;
    readonly kind: 'pinned' | 'same' | 'left' | 'failed';
    readonly says: string;
  }[];
}

const words = { pinned: 'pinned', same: 'same', left: 'left', failed: 'failed' } as const;

function fileBlock({ path, text, images }: PinnedFile, isDry: boolean, { palette }: Style): string {
  const lines = lineIndex(text);
  const rows = images.map(({ name, start, kind, says }) => {
    const { line, character } = lines.positionAt(start);
    return {
      kind,
      place: `${line + 1}:${character + 1}`,
      shown:
        kind === 'pinned'
          ? `${name} -> ${says}`
          : kind === 'left'
            ? `${name} ${says}`
            : kind === 'failed'
              ? `${name}: ${says}`
              : name,
    };
  });
  const width = Math.max(0, ...rows.map(({ place }) => place.length));
  const paint = { pinned: palette.good, same: palette.dim, left: palette.warning, failed: palette.error };
  return [
    palette.strong(printable(path)),
    ...rows.map(({ kind, place, shown }) => {
      const word = isDry && kind === 'pinned' ? 'would' : words[kind];
      return `  ${paint[kind](word.padEnd('pinned'.length))}  ${place.padEnd(width)}  ${printable(shown).replaceAll('\n', ' ')}`;
    }),
    '',
  ].join('\n');
}

/** The files that pull images, a blank line between them. */
export const pinReport = (files: readonly PinnedFile[], isDry: boolean, style: Style): string =>
  files
    .filter(({ images }) => images.length > 0)
    .map(file => fileBlock(file, isDry, style))
    .join('\n');

export function pinSummary(files: readonly PinnedFile[], isDry: boolean, { palette }: Style): string {
  const images = files.flatMap(file => file.images);
  const count = (kind: keyof typeof words): number => images.filter(image => image.kind === kind).length;
  if (images.length === 0)
    return `${palette.strong('No image to pin')} in ${counted(files.length, 'file')}.\n`;
  const rest = [
    ...(count('same') > 0 ? [`${count('same')} as they were`] : []),
    ...(count('left') > 0 ? [`${count('left')} left`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} not looked up`] : []),
  ];
  const done = `${isDry ? 'Would pin' : 'Pinned'} ${counted(count('pinned'), 'image')} in ${counted(files.length, 'file')}`;
  return `${palette.strong(done)}${rest.map(part => `; ${part}`).join('')}.\n`;
}

// Notices: what of an image need not be there, at the layer that could do without it, with the rule that knows the cure.
import { bytesText } from '../text/bytes.ts';
import { type Accounted, layerName, type SizedLayer } from './sized-layer.ts';

export interface SizeNotice {
  readonly kind: 'left-over' | 'removed-later' | 'rewritten' | 'duplicate';
  /** Whole sentences. */
  readonly message: string;
  readonly bytes: number;
  /** The rule that knows the cure; null where none does. */
  readonly rule: string | null;
  readonly layer: number;
  /** Zero-based; null where it is not known. */
  readonly line: number | null;
}

/** Less than this is not worth a word. */
const noticeable = 1_000_000;

/** The largest first. What the base image brings and keeps is not the file's. */
export function noticesOf(account: Accounted): SizeNotice[] {
  const all = [...leftovers(account), ...removals(account), ...duplicates(account)];
  return all.filter(({ bytes }) => bytes >= noticeable).sort((a, b) => b.bytes - a.bytes);
}

const lineOf = ({ layers }: Accounted, layer: number): number | null => layers[layer]?.line ?? null;

function leftovers(account: Accounted): SizeNotice[] {
  return account.leftovers.flatMap(({ path, place, layers }) =>
    layers
      .filter(({ layer }) => account.layers[layer]?.origin !== 'base')
      .map(({ layer, bytes }) => ({
        kind: 'left-over',
        message: `${bytesText(bytes)} in ${path}: ${place.what}. Nothing needs it when the image runs.`,
        bytes,
        rule: place.rule,
        layer,
        line: lineOf(account, layer),
      })),
  );
}

/** What a layer takes of one below it: the cure is one RUN, a change where the file comes in, or to remove it where it is made. */
export const removalRules = {
  joined: 'consecutive-layers',
  rewritten: 'changed-copy',
  removed: 'removed-too-late',
} as const;

const isRun = ({ step }: SizedLayer): boolean => /^RUN\b/.test(step);

function cureOf(writer: SizedLayer, remover: SizedLayer, isRewriting: boolean): string | null {
  if (writer.origin === 'base') return null;
  const isNext = remover.index === writer.index + 1;
  if (isNext && isRun(writer) && isRun(remover)) return removalRules.joined;
  return isRewriting ? removalRules.rewritten : removalRules.removed;
}

function removals(account: Accounted): SizeNotice[] {
  const { layers } = account;
  return layers.flatMap((writer, at) =>
    writer.wastedBy
      .filter(({ layer }) => layer !== at && layers[layer]?.origin !== 'base')
      .map(({ layer, bytes }): SizeNotice => {
        const remover = layers[layer];
        const isRewriting = (remover?.rewritten.bytes ?? 0) * 2 > bytes;
        const [from, by] = [layerName(layers, at), layerName(layers, layer)];
        const size = bytesText(bytes);
        return {
          kind: isRewriting ? 'rewritten' : 'removed-later',
          message: isRewriting
            ? `${size} of ${from} are stored once more by ${by}, which changes their owner, mode or time alone.`
            : `${size} of ${from} are removed or overwritten by ${by}: they stay in the image, and nobody sees them.`,
          bytes,
          rule: remover ? cureOf(writer, remover, isRewriting) : null,
          layer,
          line: remover?.line ?? null,
        };
      }),
  );
}

function duplicates(account: Accounted): SizeNotice[] {
  return account.duplicates
    .filter(({ layer }) => account.layers[layer]?.origin !== 'base')
    .map(({ paths, surplus, layer }) => ({
      kind: 'duplicate',
      message: `${bytesText(surplus)} are there more than once: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${paths.length - 3} more` : ''}.`,
      bytes: surplus,
      rule: null,
      layer,
      line: lineOf(account, layer),
    }));
}

// The size of an image in words, by who knows it.
import type { LocalImage } from '../model/local-image.ts';
import { bytesText } from '../text/bytes.ts';

/**
 * In brackets, behind the name of the image: what a registry sends (`said`), else what an engine holds. Empty where neither
 * has said so.
 */
export function sizeText(said: string | null | undefined, local: LocalImage | null | undefined): string {
  if (said != null && /^[1-9]\d{0,14}$/.test(said)) return ` (${bytesText(Number(said))} compressed)`;
  return local?.size ? ` (${bytesText(local.size)} unpacked)` : '';
}

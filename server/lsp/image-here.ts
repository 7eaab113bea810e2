// The image that a document names at a place.
import type { Model } from '../core/engine/rule.ts';
import { imageAt } from '../core/language/images/help.ts';
import type { ImageReference } from '../core/model/image-reference.ts';
import { pulledImages } from '../core/repairs/image-pins.ts';
import { contains, emptySpan, type Span } from '../core/text/span.ts';

export interface ImageHere {
  readonly span: Span;
  readonly reference: ImageReference;
  /** Without its digest. */
  readonly name: string;
}

/** Also where it is no base: files are taken from it, or it reads the file. Null where there is none. */
export function imageHere(model: Model | null, offset: number): ImageHere | null {
  if (model === null) return null;
  const found =
    imageAt(model, offset) ??
    pulledImages(model)
      .map(({ at, reference }) => ({ span: at, reference }))
      .find(({ span }) => contains(span, emptySpan(offset)));
  return found ? { ...found, name: found.reference.text.split('@', 1)[0] ?? '' } : null;
}

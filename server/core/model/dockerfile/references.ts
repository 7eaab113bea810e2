// Image references of FROM: what is pulled, and where its parts are written.
import { type ImageReference, parseImageReference } from '../image-reference.ts';
import { type Known, known, unknown } from '../known.ts';
import type { Word } from './model.ts';

/** A part that comes out of a variable has the place of the whole word. */
export function referenceOf(word: Word, image: Known<string>): Known<ImageReference> {
  if (!image.known) return image;
  if (image.value === '') return unknown('variable', word.span);
  const reference = parseImageReference(image.value, word.span.start);
  return known(
    image.value === word.raw && isUnbroken(word) ? reference : placedReference(reference, word),
    word.span,
  );
}

/** No line ends inside of it. */
const isUnbroken = ({ raw, span }: Word): boolean => span.end - span.start === raw.length;

function placedReference(reference: ImageReference, word: Word): ImageReference {
  const whole = word.span;
  const written = isUnbroken(word) && !/["'\\`]/.test(word.raw) ? writtenReference(word) : null;
  return {
    ...reference,
    span: whole,
    nameSpan: written?.nameSpan ?? whole,
    tagSpan: reference.tag === null ? null : (written?.tagSpan ?? whole),
    digestSpan: reference.digest === null ? null : (written?.digestSpan ?? whole),
  };
}

/** The parts as they are written, every variable taken for a letter sequence. */
const writtenReference = ({ raw, span }: Word): ImageReference =>
  parseImageReference(
    raw.replace(/\$(?:\{[^}]*\}|\w+)/g, variable => '_'.repeat(variable.length)),
    span.start,
  );

// What is known about an image and tag without asking a registry: the generated table, and what is written by hand.
import type { ImageFacts, OperatingSystem } from './image-facts.ts';
import { tableName } from './image-names.ts';
import { lookUp } from './image-table.ts';
import { imageTable, imageTableAsOf } from './images.generated.ts';
import { corrected, spelledOut, supplementFor } from './images-supplement.ts';
import { linesByName } from './remember.ts';
import { familyOfTag } from './tag-parts.ts';
import { tagTable } from './tags.generated.ts';

export type { ImageFacts, OperatingSystem } from './image-facts.ts';

/** The day the table was true. */
export const imagesAsOf = imageTableAsOf;

export interface KnownImage extends ImageFacts {
  /** False where they were read for another tag of the same flavour, or hold for the images of that publisher. */
  readonly exact: boolean;
  /** The day for which they are known; null where somebody has seen the image itself. */
  readonly asOf: string | null;
}

/** By the image's familiar name (`node`, `gcr.io/distroless/static`) and tag, null for none. Undefined: not known. */
export function imageFacts(image: string, tag: string | null): KnownImage | undefined {
  const name = tableName(image);
  const written = tag ?? 'latest';
  const match = lookUp(name, spelledOut(name, written));
  const facts = match?.facts ?? supplementFor(name, written);
  return facts && { ...corrected(name, written, facts), exact: match?.exact ?? false, asOf: imagesAsOf };
}

/** The names of all images that the tables know of. */
export const knownImages = (): readonly string[] =>
  [...new Set([...linesByName(tagTable).keys(), ...linesByName(imageTable).keys()])]
    .filter(name => !name.includes('#'))
    .sort();

/** The operating system that a tag names by custom (`1.2-alpine`, `3-bookworm`), of whatever image. */
export function osOfTag(tag: string): OperatingSystem | undefined {
  const family = familyOfTag(tag);
  return family && { family, packageManager: family === 'alpine' ? 'apk' : 'apt' };
}

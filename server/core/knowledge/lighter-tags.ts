// Lighter tags: the slim variant of an image that brings compilers and headers along.
import { tableName } from './image-names.ts';
import { lookUp } from './image-table.ts';
import { flavourOf, tagParts } from './tag-parts.ts';
import { isKnownTag, tagsOf } from './tags.ts';

/** Everything that packages of a language could need to be compiled: gcc, headers, version control. */
const heavy = 'buildpack-deps';

/** The slim tag of the same image; undefined where it has none, or is a light one. Null stands for no tag. */
export function lighterTag(image: string, tag: string | null): string | undefined {
  const written = tag ?? 'latest';
  if (flavourOf(written) !== '' || isKnownTag(image, written) !== true) return undefined;
  if (lookUp(tableName(image), written)?.facts.base.includes(heavy) !== true) return undefined;
  const { version, channels, words, preview } = tagParts(written);
  if (preview) return undefined;
  const wanted = [...channels.filter(name => name !== 'latest'), ...words, 'slim'].sort().join();
  return tagsOf(image)
    ?.flat()
    .find(other => {
      const parts = tagParts(other);
      const isSame = String(parts.version ?? '') === String(version ?? '');
      return isSame && [...parts.channels, ...parts.words].sort().join() === wanted;
    });
}

// Moving to a release that is supported: the tags to choose from, as edits of the text that states the tag.
import type { Fix } from '../engine/finding.ts';
import { supportedTags } from '../knowledge/supported-tags.ts';
import { familiarName, type ImageReference } from '../model/image-reference.ts';
import type { Span } from '../text/span.ts';
import { tagFix } from './pin.ts';

export const supportedFixes = (reference: ImageReference, tagOnly: Span | null): Fix[] =>
  reference.tag === null || reference.digest !== null
    ? []
    : supportedTags(familiarName(reference), reference.tag).map(({ tag, which }, _index, { length }) =>
        tagFix(reference, tagOnly, tag, named => `Move to ${named}${length > 1 ? ` (${which})` : ''}`),
      );
